//! A conversation's log as this client has it: a run of events without gaps, and what came too early.

use protocol::{Author, Event, EventKind, HistoryPage, Seq};

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It, and perhaps others that had waited for it, are the new end of the run.
    Grown,
    /// It was there already.
    Known,
    /// Events before it are missing: ask for the history before [`Timeline::gap`].
    Gap,
}

/// A run of events in the order of `seq` without gaps, ending at the newest one that can be shown.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    events: Vec<Event>,
    /// Events beyond a gap, in order.
    ahead: Vec<Event>,
    earlier: bool,
}

impl Timeline {
    /// The events that can be shown, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Older events exist on the server before the first one here.
    #[must_use]
    pub fn earlier(&self) -> bool {
        self.earlier
    }

    /// The first event here; 0 for none.
    #[must_use]
    pub fn first(&self) -> Seq {
        self.events.first().map_or(Seq(0), |event| event.seq)
    }

    /// The last event that can be shown; 0 for none. This is what `hello` names.
    #[must_use]
    pub fn last(&self) -> Seq {
        self.events.last().map_or(Seq(0), |event| event.seq)
    }

    /// The last message that can be shown of one of these authors; 0 for none.
    #[must_use]
    pub fn last_message(&self, by: impl Fn(&Author) -> bool) -> Seq {
        let is_theirs = |event: &&Event| match &event.kind {
            EventKind::Message(message) => by(&message.author),
            _ => false,
        };
        let last = self.events.iter().rfind(is_theirs);
        last.map_or(Seq(0), |event| event.seq)
    }

    /// The first event after a gap, if there is a gap: the history before it is missing.
    #[must_use]
    pub fn gap(&self) -> Option<Seq> {
        self.ahead.first().map(|event| event.seq)
    }

    /// Takes one event that the server sent by itself.
    pub fn add(&mut self, event: Event) -> Added {
        if event.seq <= self.last() {
            return Added::Known;
        }
        if event.seq == self.last().next() {
            self.events.push(event);
            self.join_ahead();
            return Added::Grown;
        }
        match self
            .ahead
            .binary_search_by_key(&event.seq, |other| other.seq)
        {
            Ok(_) => Added::Known,
            Err(place) => {
                self.ahead.insert(place, event);
                Added::Gap
            }
        }
    }

    /// Takes a page that was asked for: what is missing in a gap, or what came before the first event.
    pub fn merge(&mut self, page: HistoryPage) {
        let page = newest_run(page);
        let first = self.first();
        let mut older = Vec::new();
        for event in page.events {
            if first > event.seq {
                older.push(event);
            } else {
                self.add(event);
            }
        }
        let joins = older
            .last()
            .is_some_and(|event: &Event| event.seq.next() == first);
        if joins {
            older.append(&mut self.events);
            self.events = older;
            self.earlier = page.earlier;
        }
    }

    /// Takes the history of a `welcome`: what came after the last event here or, if it does not follow on it,
    /// the newest page, which replaces everything.
    pub fn resume(&mut self, page: HistoryPage) {
        let page = newest_run(page);
        // What was ahead of a gap is on the page too, or the server would not have sent it.
        self.ahead.clear();
        let follows = page
            .events
            .first()
            .is_none_or(|event| event.seq <= self.last().next());
        if !follows {
            self.events.clear();
        }
        if self.events.is_empty() {
            self.earlier = page.earlier;
            self.events = page.events;
        } else {
            for event in page.events {
                self.add(event);
            }
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn join_ahead(&mut self) {
        let mut last = self.last();
        let joined = self
            .ahead
            .iter()
            .take_while(|event| {
                // Compared with what the run will end in, so that several can join at once.
                let joins = event.seq <= last.next();
                last = last.max(event.seq);
                joins
            })
            .count();
        for event in self.ahead.drain(..joined) {
            if event.seq > self.events.last().map_or(Seq(0), |last| last.seq) {
                self.events.push(event);
            }
        }
    }
}

/// A page as far as it is one: its newest events without gaps. The rest can be asked for again.
fn newest_run(mut page: HistoryPage) -> HistoryPage {
    let events = &page.events;
    let begin = (1..events.len())
        .rev()
        .find(|&index| events[index].seq != events[index - 1].seq.next());
    if let Some(begin) = begin {
        page.events.drain(..begin);
        page.earlier = true;
    }
    page
}

#[cfg(test)]
mod tests {
    use protocol::{EventKind, Timestamp};

    use super::*;

    fn event(seq: u64) -> Event {
        Event {
            seq: Seq(seq),
            at: Timestamp(0),
            kind: EventKind::LeftQueue {},
        }
    }

    fn page(seqs: impl IntoIterator<Item = u64>, earlier: bool) -> HistoryPage {
        HistoryPage {
            events: seqs.into_iter().map(event).collect(),
            earlier,
        }
    }

    fn timeline(seqs: impl IntoIterator<Item = u64>, earlier: bool) -> Timeline {
        let mut timeline = Timeline::default();
        timeline.resume(page(seqs, earlier));
        timeline
    }

    #[track_caller]
    fn check(timeline: &Timeline, seqs: impl IntoIterator<Item = u64>, gap: Option<u64>) {
        let shown: Vec<u64> = timeline.events().iter().map(|event| event.seq.0).collect();
        assert_eq!(shown, seqs.into_iter().collect::<Vec<_>>());
        assert_eq!(timeline.gap(), gap.map(Seq));
    }

    #[test]
    fn the_next_event_is_shown_and_a_repeat_is_not_shown_twice() {
        let mut timeline = Timeline::default();
        assert_eq!(timeline.add(event(1)), Added::Grown);
        assert_eq!(timeline.add(event(2)), Added::Grown);
        assert_eq!(timeline.add(event(1)), Added::Known);
        check(&timeline, [1, 2], None);
    }

    #[test]
    fn an_event_beyond_a_gap_waits_until_the_gap_is_filled() {
        let mut timeline = timeline([1, 2], false);
        assert_eq!(timeline.add(event(5)), Added::Gap);
        assert_eq!(timeline.add(event(6)), Added::Gap);
        assert_eq!(timeline.add(event(5)), Added::Known);
        check(&timeline, [1, 2], Some(5));
        timeline.merge(page([2, 3, 4], true));
        check(&timeline, [1, 2, 3, 4, 5, 6], None);
        assert!(!timeline.earlier(), "the page said nothing about the start");
    }

    #[test]
    fn a_gap_longer_than_a_page_is_filled_from_its_end() {
        let mut timeline = timeline([1], false);
        timeline.add(event(6));
        timeline.merge(page([4, 5], true));
        check(&timeline, [1], Some(4));
        timeline.merge(page([2, 3], true));
        check(&timeline, [1, 2, 3, 4, 5, 6], None);
    }

    #[test]
    fn earlier_events_go_before_the_first_one() {
        let mut timeline = timeline([8, 9], true);
        timeline.merge(page([5, 6, 7], true));
        check(&timeline, [5, 6, 7, 8, 9], None);
        assert!(timeline.earlier());
        timeline.merge(page([1, 2], true));
        check(&timeline, [5, 6, 7, 8, 9], None);
        timeline.merge(page([1, 2, 3, 4], false));
        check(&timeline, [1, 2, 3, 4, 5, 6, 7, 8, 9], None);
        assert!(!timeline.earlier());
    }

    #[test]
    fn a_welcome_adds_what_was_missed() {
        let mut timeline = timeline([1, 2], false);
        timeline.add(event(5));
        timeline.resume(page([3, 4, 5, 6], false));
        check(&timeline, [1, 2, 3, 4, 5, 6], None);
        timeline.resume(page([], false));
        check(&timeline, [1, 2, 3, 4, 5, 6], None);
    }

    /// Found by the fuzzer: the log was shown with a gap, and out of order.
    #[test]
    fn a_page_with_gaps_is_believed_from_its_last_gap_on() {
        let mut timeline = timeline([1, 2, 4, 3, 8, 9], false);
        check(&timeline, [8, 9], None);
        assert!(timeline.earlier());
        timeline.merge(page([5, 7], true));
        check(&timeline, [7, 8, 9], None);
        timeline.merge(page([6, 5, 6], true));
        check(&timeline, [5, 6, 7, 8, 9], None);
        timeline.resume(page([10, 12], false));
        check(&timeline, [12], None);
    }

    #[test]
    fn a_welcome_after_a_long_absence_replaces_what_is_shown() {
        let mut timeline = timeline([1, 2], false);
        timeline.resume(page([250, 251], true));
        check(&timeline, [250, 251], None);
        assert!(timeline.earlier());
    }
}
