//! The agent's two lists: who waits, in the order they are to be taken, and what this agent holds. For a lead, whoever wants
//! a supervisor waits too, and goes first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use protocol::{Case, CaseHolder, ConversationId, Receipt, Seq};

/// Everything that the server has told about conversations, whoever holds them.
#[derive(Debug, Default)]
pub(super) struct Cases {
    entries: BTreeMap<ConversationId, Entry>,
    /// Whether this agent is a lead.
    pub lead: bool,
}

#[derive(Debug)]
struct Entry {
    case: Case,
    /// The visitor's messages that the agent has not looked at.
    unread: u32,
}

/// How a conversation came to be where it is now; told by [`Cases::put`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// It waits, and did not before.
    IntoQueue,
    /// It is this agent's, and was not before.
    ToMe,
    /// It was this agent's, and is not any more.
    FromMe,
    /// It wants a supervisor, who this agent may be, and did not before. It may be in the queue already.
    Wanted,
    /// It is where it was, or where it concerns nobody here.
    Nowhere,
}

impl Cases {
    /// Takes the server's whole list after a greeting and returns the conversations that began to wait while
    /// the connection was away. A conversation that the list leaves out is kept with nobody as its holder, so
    /// that the agent who looks at it can be told.
    pub fn replace(&mut self, cases: Vec<Case>) -> Vec<ConversationId> {
        for entry in self.entries.values_mut() {
            if !cases
                .iter()
                .any(|case| case.conversation == entry.case.conversation)
            {
                entry.case.holder = CaseHolder::Nobody {};
                entry.case.supervisor = None;
            }
        }
        cases
            .into_iter()
            .filter_map(|case| {
                let conversation = case.conversation;
                matches!(self.put(case), Moved::IntoQueue | Moved::Wanted).then_some(conversation)
            })
            .collect()
    }

    /// Takes one line.
    pub fn put(&mut self, case: Case) -> Moved {
        let was = self.holder(case.conversation).cloned();
        let was_wanted = self
            .get(case.conversation)
            .is_some_and(|case| self.is_wanted(case));
        let is_wanted = self.is_wanted(&case);
        let moved = match (&was, &case.holder) {
            (Some(CaseHolder::Me {}), CaseHolder::Me {})
            | (Some(CaseHolder::Queue {}), CaseHolder::Queue {}) => Moved::Nowhere,
            (Some(CaseHolder::Me {}), _) => Moved::FromMe,
            (_, CaseHolder::Me {}) => Moved::ToMe,
            (_, CaseHolder::Queue {}) => Moved::IntoQueue,
            _ => Moved::Nowhere,
        };
        let moved = match moved {
            Moved::Nowhere if is_wanted && !was_wanted => Moved::Wanted,
            moved => moved,
        };
        match self.entries.get_mut(&case.conversation) {
            None => {
                let unread = case.unanswered;
                self.entries
                    .insert(case.conversation, Entry { case, unread });
            }
            // An older line than the events that are here already: they say more.
            Some(entry) if case.last_seq < entry.case.last_seq => {
                entry.case = Case {
                    preview: std::mem::take(&mut entry.case.preview),
                    unanswered: entry.case.unanswered,
                    last_seq: entry.case.last_seq,
                    ..case
                };
            }
            Some(entry) => {
                let new = case.unanswered.saturating_sub(entry.case.unanswered);
                entry.unread = entry.unread.saturating_add(new).min(case.unanswered);
                entry.case = case;
            }
        }
        moved
    }

    /// Counts a message of the visitor, unless a line has counted it already.
    pub fn visitor_wrote(&mut self, conversation: ConversationId, seq: Seq, text: &str) {
        if let Some(entry) = self.older_than(conversation, seq) {
            entry.case.preview = text.chars().take(PREVIEW_CHARS).collect();
            entry.case.unanswered = entry.case.unanswered.saturating_add(1);
            entry.unread = entry.unread.saturating_add(1);
        }
    }

    /// A person answered: nothing of the visitor's is unanswered.
    pub fn person_wrote(&mut self, conversation: ConversationId, seq: Seq) {
        if let Some(entry) = self.older_than(conversation, seq) {
            entry.case.unanswered = 0;
            entry.unread = 0;
        }
    }

    /// The line, if it does not know the event at `seq` yet. It does from now on.
    fn older_than(&mut self, conversation: ConversationId, seq: Seq) -> Option<&mut Entry> {
        let entry = self.entries.get_mut(&conversation)?;
        if seq <= entry.case.last_seq {
            return None;
        }
        entry.case.last_seq = seq;
        Some(entry)
    }

    /// Moves a conversation at once after the server has said that it did so; its own line follows.
    pub fn moved(&mut self, conversation: ConversationId, holder: CaseHolder) {
        if let Some(entry) = self.entries.get_mut(&conversation) {
            entry.case.holder = holder;
        }
    }

    /// The agent has looked at all there is.
    pub fn viewed(&mut self, conversation: ConversationId) {
        if let Some(entry) = self.entries.get_mut(&conversation) {
            entry.unread = 0;
        }
    }

    /// The line of a conversation, if the server has told of it.
    pub fn get(&self, conversation: ConversationId) -> Option<&Case> {
        self.entries.get(&conversation).map(|entry| &entry.case)
    }

    /// Who has a conversation, if the server has told.
    pub fn holder(&self, conversation: ConversationId) -> Option<&CaseHolder> {
        self.get(conversation).map(|case| &case.holder)
    }

    /// Whether this agent holds it.
    pub fn is_mine(&self, conversation: ConversationId) -> bool {
        matches!(self.holder(conversation), Some(CaseHolder::Me {}))
    }

    /// Whether it waits for a person, or for this one, whoever has it.
    pub fn waits(&self, conversation: ConversationId) -> bool {
        self.get(conversation)
            .is_some_and(|case| self.waits_here(case))
    }

    fn waits_here(&self, case: &Case) -> bool {
        matches!(case.holder, CaseHolder::Queue {}) || self.is_wanted(case)
    }

    /// Whether its visitor wants a supervisor, or its holder asks for a lead, who this agent is, and somebody else has it, or nobody.
    fn is_wanted(&self, case: &Case) -> bool {
        let is_mine = matches!(case.holder, CaseHolder::Me {});
        self.lead && (case.supervisor.is_some() || case.help.is_some()) && !is_mine
    }

    /// The visitor's messages that the agent has not looked at.
    pub fn unread(&self, conversation: ConversationId) -> u32 {
        self.entries
            .get(&conversation)
            .map_or(0, |entry| entry.unread)
    }

    /// Those who wait, the next one first: for a lead who wants a supervisor, by how long; then who came back from a
    /// person, then the oldest request.
    pub fn queue(&self) -> Vec<&Case> {
        let mut queue: Vec<_> = self
            .entries
            .values()
            .map(|entry| &entry.case)
            .filter(|case| self.waits_here(case))
            .collect();
        queue.sort_by_key(|case| {
            let wish = case.supervisor.map(|wish| wish.since).or(case.help);
            let wished_at = wish.filter(|_| self.is_wanted(case));
            (wished_at.is_none(), wished_at, place(case))
        });
        queue
    }

    /// What this agent holds, the oldest request first, so that a line does not move when a message comes; then what they
    /// have put off, by when it is due.
    pub fn mine(&self) -> Vec<&Case> {
        let mut mine: Vec<_> = self
            .entries
            .values()
            .map(|entry| &entry.case)
            .filter(|case| matches!(case.holder, CaseHolder::Me {}))
            .collect();
        mine.sort_by_key(|case| (case.snoozed, case.since, case.receipt, case.conversation));
        mine
    }

    /// What other people hold, the oldest request first; a lead is told of all of it.
    pub fn others(&self) -> Vec<&Case> {
        let cases = self.entries.values().map(|entry| &entry.case);
        let mut others: Vec<_> = cases
            .filter(|case| self.lead && matches!(case.holder, CaseHolder::Other { .. }))
            .collect();
        others.sort_by_key(|case| (case.since, case.receipt, case.conversation));
        others
    }

    /// The agent lets an offer go on: it is offered to somebody else before the server says so.
    pub fn passed(&mut self, conversation: ConversationId) {
        if let Some(entry) = self.entries.get_mut(&conversation) {
            entry.case.offer = None;
        }
    }

    /// Forgets the lines that neither wait nor are this agent's nor are `kept`.
    pub fn forget_others(&mut self, kept: impl Fn(ConversationId) -> bool) {
        let lead = self.lead;
        self.entries.retain(|&conversation, entry| {
            matches!(entry.case.holder, CaseHolder::Queue {} | CaseHolder::Me {})
                || (lead && entry.case.supervisor.is_some())
                || (lead && matches!(entry.case.holder, CaseHolder::Other { .. }))
                || kept(conversation)
        });
    }
}

/// As long as the server's own [`Case::preview`].
const PREVIEW_CHARS: usize = 140;

type Place = (Reverse<bool>, bool, Option<Receipt>, ConversationId);

/// As the server ranks them: by receipt, for a clock may be turned back between two requests.
fn place(case: &Case) -> Place {
    (
        Reverse(case.priority),
        // Whose number is not known cannot go before those who are known to wait.
        case.receipt.is_none(),
        case.receipt,
        case.conversation,
    )
}
