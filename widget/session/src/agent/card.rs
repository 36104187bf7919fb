//! The case card: what an agent needs to know before the first word, each fact with the event it comes from.

use protocol::{
    Author, Case, CaseHolder, Event, EventKind, Message, Receipt, RequestVia, Seq, Source,
    SupervisorWish, Timestamp,
};

/// What a conversation is about so far. Every fact names its event, so that it can be looked up in the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseCard {
    /// The number of the request for a person.
    pub receipt: Option<Receipt>,
    /// When that request was first made.
    pub asked_at: Option<Timestamp>,
    /// The event of the request, if it is among those that are loaded.
    pub asked_in: Option<Seq>,
    /// How the person was asked for, if the event is loaded.
    pub via: Option<RequestVia>,
    /// When a person first took it after that request; none while it waits.
    pub taken_at: Option<Timestamp>,
    /// How often it came back to the queue since the request.
    pub returned: u32,
    /// Where the visitor may be written to, which nobody has verified.
    pub contact: Option<String>,
    /// They want a supervisor, and none has answered them yet.
    pub supervisor: Option<SupervisorWish>,
    /// The message in which they say that they need particular care.
    pub vulnerable: Option<Seq>,
    /// The visitor's first words.
    pub first_words: Option<Fact>,
    /// What the assistant answered before the request, oldest first.
    pub answers: Vec<Answer>,
    /// Older events exist that the card does not know yet.
    pub earlier: bool,
}

/// Something that was said, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The event.
    pub seq: Seq,
    /// Its words, at most [`FACT_CHARS`] characters of them.
    pub text: String,
}

/// An answer of the assistant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it said.
    pub said: Fact,
    /// The articles it is taken from.
    pub sources: Vec<Source>,
}

/// The most characters of a message on the card; the whole message is one press away.
pub const FACT_CHARS: usize = 140;

impl CaseCard {
    /// Reads the card off the loaded events, oldest first. `earlier` says that older ones exist.
    #[must_use]
    pub fn read(case: Option<&Case>, events: &[Event], earlier: bool) -> Self {
        let mut card = Self {
            earlier,
            ..Self::default()
        };
        for event in events {
            card.add(event);
        }
        if let Some(case) = case {
            // The server knows the open request even where its event is not loaded.
            if case.receipt.is_some() && case.receipt != card.receipt {
                card.asked_in = None;
                card.via = None;
            }
            card.receipt = case.receipt.or(card.receipt);
            card.asked_at = case.since.or(card.asked_at);
            card.contact.clone_from(&case.contact);
            card.supervisor = case.supervisor;
            card.vulnerable = case.vulnerable;
            if matches!(case.holder, CaseHolder::Queue {}) {
                card.taken_at = None;
            }
        }
        card
    }

    /// How long the visitor waited for the person who took it, or has waited until `now`, in milliseconds.
    #[must_use]
    pub fn waited_ms(&self, now: Timestamp) -> Option<u64> {
        self.asked_at
            .map(|asked| self.taken_at.unwrap_or(now).since_ms(asked))
    }

    fn add(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Message(message) => self.add_message(event.seq, message),
            EventKind::HumanRequested { receipt, via } => {
                self.receipt = Some(*receipt);
                self.asked_at = Some(event.at);
                self.asked_in = Some(event.seq);
                self.via = Some(*via);
                self.taken_at = None;
                self.returned = 0;
            }
            EventKind::Taken { .. } => self.taken_at = Some(event.at),
            EventKind::Returned { .. } => {
                self.taken_at = None;
                self.returned += 1;
            }
            EventKind::Resolved { .. }
            | EventKind::Reopened { .. }
            | EventKind::LeftQueue {}
            | EventKind::BotFailed {}
            | EventKind::AssistantChosen {}
            | EventKind::Ended {}
            | EventKind::SupervisorRequested {}
            | EventKind::CallbackPromised { .. }
            | EventKind::Unknown {} => {}
        }
    }

    fn add_message(&mut self, seq: Seq, message: &Message) {
        let said = Fact {
            seq,
            text: shortened(&message.text),
        };
        match message.author {
            Author::Visitor {} if self.first_words.is_none() && !self.earlier => {
                self.first_words = Some(said);
            }
            Author::Bot {} => self.answers.push(Answer {
                said,
                sources: message.sources.clone(),
            }),
            Author::Visitor {} | Author::Agent { .. } => {}
        }
    }
}

/// One line of at most [`FACT_CHARS`] characters, cut at a word where there is one.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(FACT_CHARS) else {
        return line;
    };
    let kept = &line[..cut];
    let kept = kept
        .rfind(' ')
        .filter(|&space| space > cut / 2)
        .map_or(kept, |space| &kept[..space]);
    [kept, "…"].concat()
}
