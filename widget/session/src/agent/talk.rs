//! One conversation as the agent's page knows it: its log as far as it is loaded, who writes, and the draft.

use protocol::{CardFact, CommandId, Event, HistoryPage, Note, Seq, Unverified};

use crate::moment::Moment;
use crate::timeline::{Added, Timeline};
use crate::typing::{TypingHeard, TypingSender};

use super::handover::Handover;

/// How long an event that the server has told of may take to arrive, in milliseconds, before it is asked for.
const PATIENCE_MS: u64 = 2_000;

/// One conversation.
#[derive(Debug, Default)]
pub(super) struct Talk {
    pub timeline: Timeline,
    pub heard: TypingHeard,
    pub sender: TypingSender,
    pub draft: String,
    /// Answers to suggest with the next reply, one on each line.
    pub suggestions: String,
    pub handover: Handover,
    /// What the shop's page says of the visitor.
    pub context: Vec<Unverified>,
    /// What is known of the conversation.
    pub facts: Vec<CardFact>,
    /// What of that the reply that is begun asks for.
    pub known: Vec<CardFact>,
    /// Notes for colleagues, the oldest first.
    pub notes: Vec<Note>,
    /// The names of the other agents who look at it.
    pub viewers: Vec<String>,
    /// The log was loaded on this connection, and the server tells what follows.
    pub followed: bool,
    /// The command that asked for events and has no answer yet.
    pub asked: Option<CommandId>,
    /// The server refused to show it: somebody else has it, or nobody.
    pub closed: bool,
    /// The visitor's last message that the server was told on this connection to have been in view.
    pub told_seen: Seq,
    /// The newest event that the server has told of, here or not.
    told: Seq,
    catch_up_at: Option<Moment>,
}

impl Talk {
    /// Takes an event. True if what is shown changed.
    pub fn add(&mut self, event: Event, now: Moment) -> bool {
        self.told = self.told.max(event.seq);
        match self.timeline.add(event) {
            Added::Grown => true,
            Added::Known => false,
            Added::Gap => {
                self.catch_up_at.get_or_insert(now);
                false
            }
        }
    }

    /// Takes a note. One that is here already is not here twice.
    pub fn add_note(&mut self, note: Note) {
        if self.notes.iter().all(|other| other.id != note.id) {
            self.notes.push(note);
        }
    }

    /// Takes the answer to `open`.
    pub fn opened(&mut self, page: HistoryPage, now: Moment) {
        self.timeline.resume(page);
        self.followed = true;
        self.closed = false;
        self.asked = None;
        self.catch_up_at = None;
        // An event may have overtaken the page, and the page replaces what was beyond a gap.
        self.expect(self.told, now);
    }

    /// Takes the answer to `history`.
    pub fn older(&mut self, page: HistoryPage) {
        self.timeline.merge(page);
        self.asked = None;
    }

    /// The server's newest event is `last`: if it is not here in a while, it is asked for.
    pub fn expect(&mut self, last: Seq, now: Moment) {
        self.told = self.told.max(last);
        if last > self.timeline.last() {
            self.catch_up_at.get_or_insert(now.after_ms(PATIENCE_MS));
        } else if self.timeline.gap().is_none() {
            self.catch_up_at = None;
        }
    }

    /// The server does not show it to this agent (any more), and tells nothing of it either: asking again at once would be
    /// answered alike.
    pub fn close(&mut self) {
        self.followed = false;
        self.closed = true;
        self.asked = None;
        self.catch_up_at = None;
    }

    /// Puts off asking: the server said that it is too soon.
    pub fn put_off(&mut self, at: Moment) {
        self.asked = None;
        self.catch_up_at = Some(at);
    }

    /// Whether the log is not here, and was not asked for either.
    pub fn is_unloaded(&self) -> bool {
        !self.followed && !self.closed && self.asked.is_none() && self.catch_up_at.is_none()
    }

    /// Whether the log is to be asked for now.
    pub fn is_behind(&self, now: Moment) -> bool {
        self.asked.is_none() && self.catch_up_at.is_some_and(|at| at <= now)
    }

    /// Puts text that the server would not take before what is being written, so that it can be read, changed
    /// and sent again.
    pub fn hand_back(&mut self, text: &str) {
        self.draft = if self.draft.trim().is_empty() {
            text.to_owned()
        } else {
            [text, "\n\n", &self.draft].concat()
        };
    }

    /// The connection is lost.
    pub fn disconnected(&mut self) {
        self.followed = false;
        self.asked = None;
        self.catch_up_at = None;
        self.heard.clear();
        self.viewers.clear();
        self.sender.disconnected();
        // The server may not have kept what it was told.
        self.told_seen = Seq(0);
    }

    /// The server's history is another one now: what is loaded is not part of it.
    pub fn start_over(&mut self) {
        self.timeline.clear();
        self.told = Seq(0);
        self.disconnected();
    }

    /// When to look again whether the log is behind.
    pub fn catch_up_at(&self) -> Option<Moment> {
        // While an answer is awaited, it comes or the connection is taken for dead.
        self.catch_up_at.filter(|_| self.asked.is_none())
    }
}
