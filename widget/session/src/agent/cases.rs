//! What the server has told of conversations: those in the agent's lists, and those that they look at.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    AgentWelcome, Case, CaseHolder, CaseList, ConversationId, Counts, Place, Receipt, Seq,
};

use super::List;
use super::order::{Order, Reader};

/// Everything that the server has told about conversations, whoever holds them.
#[derive(Debug, Default)]
pub(super) struct Cases {
    entries: BTreeMap<ConversationId, Entry>,
    order: Order,
    /// How many stand in the lists, those among them that are not known here.
    counts: Counts,
    /// The highest number of a request that is known.
    newest: Option<Receipt>,
    lead: bool,
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
    /// Whether this agent is a lead.
    pub fn lead(&self) -> bool {
        self.lead
    }

    /// Takes the server's lists after a greeting and returns the conversations that began to wait while the connection was
    /// away. A conversation that the lists leave out is kept with nobody as its holder, so that the agent who looks at it
    /// can be told. Of one that may stand where a list is not told nothing is known any more, but if it is `kept`.
    pub fn replace(
        &mut self,
        welcome: AgentWelcome,
        kept: impl Fn(ConversationId) -> bool,
    ) -> Vec<ConversationId> {
        if self.lead != welcome.me.lead {
            self.lead = welcome.me.lead;
            self.sort();
        }
        let cases = welcome.cases;
        let told: BTreeSet<_> = cases.iter().map(|case| case.conversation).collect();
        let (mut gone, mut untold) = (vec![], vec![]);
        for (conversation, entry) in &self.entries {
            let case = &entry.case;
            let lists = welcome.rest.iter();
            let is_behind = lists
                .filter(|rest| rest.list.has(case))
                .any(|rest| rest.list.place(case) > rest.after);
            match (told.contains(conversation), is_behind) {
                (true, _) => {}
                (false, true) => untold.push(*conversation),
                (false, false) => gone.push(*conversation),
            }
        }
        for conversation in gone {
            self.is_gone(conversation);
        }
        untold.retain(|conversation| !kept(*conversation));
        for conversation in untold {
            self.forget(conversation);
        }
        let new = cases.into_iter().filter_map(|case| {
            let conversation = case.conversation;
            matches!(self.put(case), Moved::IntoQueue | Moved::Wanted).then_some(conversation)
        });
        let new = new.collect();
        // What is new is new to what was known before.
        self.order.know(&welcome.rest);
        self.counts = welcome.counts;
        self.newest = self.newest.max(welcome.newest);
        new
    }

    /// Takes what comes next in a list, which is known up to `rest` from now on, or as a whole.
    pub fn extend(&mut self, list: CaseList, cases: Vec<Case>, rest: Option<Place>) {
        let told: BTreeSet<_> = cases.iter().map(|case| case.conversation).collect();
        let is_between = |case: &Case| {
            let place = list.place(case);
            list.has(case)
                && !self.order.reaches(list, place)
                && rest.is_none_or(|rest| place <= rest)
        };
        let entries = self.entries.iter();
        let gone = entries.filter(|(id, entry)| is_between(&entry.case) && !told.contains(id));
        let gone: Vec<_> = gone.map(|(id, _)| *id).collect();
        for conversation in gone {
            self.is_gone(conversation);
        }
        for case in cases {
            self.put(case);
        }
        self.order.know_more(list, rest);
    }

    /// Takes how many stand in the lists.
    pub fn count(&mut self, counts: Counts) {
        self.counts = counts;
    }

    /// Takes one line.
    pub fn put(&mut self, case: Case) -> Moved {
        let moved = self.moves(&case);
        self.newest = self.newest.max(case.receipt);
        let conversation = case.conversation;
        if !self.entries.contains_key(&conversation) {
            let unread = case.unanswered;
            self.order.enter(self.reader(), &case);
            self.entries.insert(conversation, Entry { case, unread });
            return moved;
        }
        self.change(conversation, |entry| {
            if case.last_seq < entry.case.last_seq {
                // An older line than the events that are here already: they say more.
                entry.case = Case {
                    preview: std::mem::take(&mut entry.case.preview),
                    unanswered: entry.case.unanswered,
                    last_seq: entry.case.last_seq,
                    ..case
                };
            } else {
                let new = case.unanswered.saturating_sub(entry.case.unanswered);
                entry.unread = entry.unread.saturating_add(new).min(case.unanswered);
                entry.case = case;
            }
        });
        moved
    }

    /// How a line tells that its conversation has come to be where it is now.
    fn moves(&self, case: &Case) -> Moved {
        let reader = self.reader();
        let known = self.get(case.conversation);
        let was_wanted = known.is_some_and(|known| reader.is_wanted_by(known));
        let is_wanted = reader.is_wanted_by(case);
        // It may have waited for long where the list is not known.
        let is_news = known.is_some()
            || case.receipt > self.newest
            || self
                .order
                .reaches(CaseList::Queue, CaseList::Queue.place(case));
        let moved = match (known.map(|known| &known.holder), &case.holder) {
            (Some(CaseHolder::Me {}), CaseHolder::Me {})
            | (Some(CaseHolder::Queue {}), CaseHolder::Queue {}) => Moved::Nowhere,
            (Some(CaseHolder::Me {}), _) => Moved::FromMe,
            (_, CaseHolder::Me {}) => Moved::ToMe,
            (_, CaseHolder::Queue {}) if is_news => Moved::IntoQueue,
            _ => Moved::Nowhere,
        };
        match moved {
            Moved::Nowhere if is_wanted && !was_wanted => Moved::Wanted,
            moved => moved,
        }
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
        self.change(conversation, |entry| entry.case.holder = holder);
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
            .is_some_and(|case| self.reader().sees_waiting(case))
    }

    /// The visitor's messages that the agent has not looked at.
    pub fn unread(&self, conversation: ConversationId) -> u32 {
        self.entries
            .get(&conversation)
            .map_or(0, |entry| entry.unread)
    }

    /// The agent's lists in order, as far as they are known.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// How many wait, whether they are known here or not.
    pub fn waiting(&self) -> usize {
        let known = self.order.known(List::Queue).count();
        if self.order.rest(CaseList::Queue).is_none() {
            return known;
        }
        let is_elsewhere =
            |id: &ConversationId| !self.get(*id).is_some_and(|it| CaseList::Queue.has(it));
        let elsewhere = self.order.wished().filter(is_elsewhere).count();
        known.max(self.counts.waiting as usize + elsewhere)
    }

    /// How many other people hold, whether they are known here or not.
    pub fn held_by_others(&self) -> usize {
        let known = self.order.known(List::Others).count();
        if self.order.rest(CaseList::All).is_none() {
            return known;
        }
        let mine = self.order.known(List::Mine).count();
        known.max((self.counts.held as usize).saturating_sub(mine))
    }

    /// The agent lets an offer go on: it is offered to somebody else before the server says so.
    pub fn passed(&mut self, conversation: ConversationId) {
        if let Some(entry) = self.entries.get_mut(&conversation) {
            entry.case.offer = None;
        }
    }

    /// Forgets the lines that are in none of the agent's lists, but for those that are `kept`.
    pub fn forget_others(&mut self, kept: impl Fn(ConversationId) -> bool) {
        let reader = self.reader();
        self.entries.retain(|&conversation, entry| {
            let case = &entry.case;
            reader.sees_waiting(case)
                || matches!(case.holder, CaseHolder::Me {})
                || (reader.is_lead && CaseList::All.has(case))
                || kept(conversation)
        });
    }

    /// It is in nobody's hands, as far as this agent may know.
    fn is_gone(&mut self, conversation: ConversationId) {
        self.change(conversation, |entry| {
            entry.case.holder = CaseHolder::Nobody {};
            entry.case.supervisor = None;
        });
    }

    fn forget(&mut self, conversation: ConversationId) {
        if let Some(entry) = self.entries.remove(&conversation) {
            self.order.leave(self.reader(), &entry.case);
        }
    }

    /// Changes what decides where a conversation stands.
    fn change(&mut self, conversation: ConversationId, change: impl FnOnce(&mut Entry)) {
        let reader = self.reader();
        if let Some(entry) = self.entries.get_mut(&conversation) {
            self.order.leave(reader, &entry.case);
            change(entry);
            self.order.enter(reader, &entry.case);
        }
    }

    /// Puts everything in its place anew.
    fn sort(&mut self) {
        let reader = self.reader();
        self.order = Order::default();
        for entry in self.entries.values() {
            self.order.enter(reader, &entry.case);
        }
    }

    fn reader(&self) -> Reader {
        Reader { is_lead: self.lead }
    }
}

/// As long as the server's own [`Case::preview`].
const PREVIEW_CHARS: usize = 140;
