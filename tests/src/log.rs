//! A conversation's log as a client keeps it: what is heard twice, late or never fails the story at once.

use protocol::{Author, CommandId, Event, EventKind, HistoryPage, Seq};

/// The events that a client has, from the first one that it was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    events: Vec<Event>,
}

impl Log {
    /// Adds an event that was heard.
    ///
    /// # Panics
    ///
    /// If it is not the one after the last (R2).
    pub fn hear(&mut self, event: Event) {
        if let Some(last) = self.events.last() {
            let next = last.seq.next();
            assert_eq!(
                event.seq, next,
                "heard out of order, twice, or with a gap: {event:?}"
            );
        }
        self.events.push(event);
    }

    /// Adds what a page of history has and the log has not.
    ///
    /// # Panics
    ///
    /// If the page has gaps, or tells an event otherwise than before.
    pub fn read(&mut self, page: HistoryPage) {
        for pair in page.events.windows(2) {
            assert_eq!(
                pair[1].seq,
                pair[0].seq.next(),
                "a page of history has a gap"
            );
        }
        let mut earlier = vec![];
        for event in page.events {
            match (self.at(event.seq), self.first()) {
                (Some(known), _) => assert_eq!(*known, event, "an event was told in two ways"),
                (None, Some(first)) if event.seq < first => earlier.push(event),
                (None, _) => self.hear(event),
            }
        }
        if let (Some(last), Some(first)) = (earlier.last(), self.first()) {
            assert_eq!(
                last.seq.next(),
                first,
                "the older page does not meet the newer one"
            );
        }
        self.events.splice(0..0, earlier);
    }

    /// The events.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The place of the newest event; 0 if there is none.
    #[must_use]
    pub fn last(&self) -> Seq {
        self.events.last().map_or(Seq(0), |event| event.seq)
    }

    /// The messages: who wrote, as one word or a name, and what.
    #[must_use]
    pub fn messages(&self) -> Vec<(&str, &str)> {
        let messages = self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Message(message) => Some(message),
            _ => None,
        });
        messages
            .map(|message| (author(&message.author), message.text.as_str()))
            .collect()
    }

    /// How often a command's message is in it.
    #[must_use]
    pub fn count(&self, id: CommandId) -> usize {
        let is_it =
            |event: &&Event| matches!(&event.kind, EventKind::Message(message) if message.id == id);
        self.events.iter().filter(is_it).count()
    }

    fn first(&self) -> Option<Seq> {
        self.events.first().map(|event| event.seq)
    }

    fn at(&self, seq: Seq) -> Option<&Event> {
        let index = seq.0.checked_sub(self.first()?.0)?;
        self.events
            .get(usize::try_from(index).expect("a log fits in memory"))
    }
}

fn author(author: &Author) -> &str {
    match author {
        Author::Visitor {} => "visitor",
        Author::Bot {} => "bot",
        Author::Agent { name } => name,
    }
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    fn event(seq: u64) -> Event {
        Event {
            seq: Seq(seq),
            at: Timestamp(0),
            kind: EventKind::BotFailed {},
        }
    }

    fn page(seqs: std::ops::RangeInclusive<u64>) -> HistoryPage {
        HistoryPage {
            earlier: *seqs.start() > 1,
            events: seqs.map(event).collect(),
        }
    }

    #[test]
    fn pages_and_events_become_one_log() {
        let mut log = Log::default();
        log.read(page(4..=6));
        log.hear(event(7));
        log.read(page(5..=7));
        log.read(page(1..=3));
        let seqs: Vec<u64> = log.events().iter().map(|event| event.seq.0).collect();
        assert_eq!(seqs, [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    #[should_panic = "heard out of order, twice, or with a gap"]
    fn an_event_heard_twice_fails_the_story() {
        let mut log = Log::default();
        log.hear(event(1));
        log.hear(event(1));
    }

    #[test]
    #[should_panic = "heard out of order, twice, or with a gap"]
    fn a_gap_fails_the_story() {
        let mut log = Log::default();
        log.hear(event(1));
        log.hear(event(3));
    }

    #[test]
    #[should_panic = "the older page does not meet the newer one"]
    fn a_gap_between_pages_fails_the_story() {
        let mut log = Log::default();
        log.read(page(4..=6));
        log.read(page(1..=2));
    }
}
