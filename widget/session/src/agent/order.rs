//! The order of an agent's lists, and how far the long ones are known.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{Case, CaseHolder, CaseList, ConversationId, Place, Receipt, Rest, Timestamp, Turn};

use super::List;

/// The agent's lists in order. Each conversation is in those where it belongs, with [`Order::enter`] and [`Order::leave`].
#[derive(Debug, Default)]
pub(super) struct Order {
    queue: BTreeSet<Turn>,
    mine: BTreeSet<Own>,
    others: BTreeSet<Place>,
    /// Up to which place a list is known that is not known as a whole.
    rest: BTreeMap<CaseList, Place>,
}

/// The oldest request first, so that a line does not move when a message comes; then what was put off, by when it is due.
type Own = (
    Option<Timestamp>,
    Option<Timestamp>,
    Option<Receipt>,
    ConversationId,
);

/// What the order depends on, beside the conversation itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    pub is_lead: bool,
}

impl Reader {
    /// Whether a conversation waits for a person, or for this one, whoever has it.
    pub fn sees_waiting(self, case: &Case) -> bool {
        self.turn(case).is_some()
    }

    /// Whether it waits for this one, whoever has it, or nobody.
    pub fn is_wanted_by(self, case: &Case) -> bool {
        self.turn(case).is_some_and(Turn::is_wished)
    }

    fn turn(self, case: &Case) -> Option<Turn> {
        Turn::of(case, self.is_lead)
    }

    fn own(case: &Case) -> Option<Own> {
        let is_mine = matches!(case.holder, CaseHolder::Me {});
        is_mine.then_some((case.snoozed, case.since, case.receipt, case.conversation))
    }

    fn other(self, case: &Case) -> Option<Place> {
        let is_listed = self.is_lead && CaseList::All.has(case);
        is_listed.then(|| CaseList::All.place(case))
    }
}

impl Order {
    /// A conversation stands in the lists as it is now.
    pub fn enter(&mut self, reader: Reader, case: &Case) {
        self.queue.extend(reader.turn(case));
        self.mine.extend(Reader::own(case));
        self.others.extend(reader.other(case));
    }

    /// It stands there no more, as it was when it was entered.
    pub fn leave(&mut self, reader: Reader, case: &Case) {
        if let Some(turn) = reader.turn(case) {
            self.queue.remove(&turn);
        }
        if let Some(own) = Reader::own(case) {
            self.mine.remove(&own);
        }
        if let Some(place) = reader.other(case) {
            self.others.remove(&place);
        }
    }

    /// The lists are known up to these places, and as a whole otherwise.
    pub fn know(&mut self, rest: &[Rest]) {
        self.rest = rest.iter().map(|rest| (rest.list, rest.after)).collect();
    }

    /// One of them is known up to this place now; none for all of it.
    pub fn know_more(&mut self, list: CaseList, rest: Option<Place>) {
        match rest {
            Some(rest) => self.rest.insert(list, rest),
            None => self.rest.remove(&list),
        };
    }

    /// Up to which place a list is known that is not known as a whole.
    pub fn rest(&self, list: CaseList) -> Option<Place> {
        self.rest.get(&list).copied()
    }

    /// Whether a list is known as far as this place.
    pub fn reaches(&self, list: CaseList, place: Place) -> bool {
        self.rest(list).is_none_or(|rest| place <= rest)
    }

    /// The conversations of a list in order, as far as they are known.
    pub fn known(&self, list: List) -> Box<dyn Iterator<Item = ConversationId> + '_> {
        match list {
            List::Queue => Box::new(self.turns().map(|turn| turn.place.conversation)),
            List::Mine => Box::new(self.mine.iter().map(|&(.., conversation)| conversation)),
            List::Others => {
                let known = self.others.iter();
                let known = known.take_while(|place| self.reaches(CaseList::All, **place));
                Box::new(known.map(|place| place.conversation))
            }
        }
    }

    /// Since when somebody has waited longest, of those who are known.
    pub fn longest_wait(&self) -> Option<Timestamp> {
        self.turns().filter_map(|turn| turn.since).min()
    }

    /// Those who wait, the next one first, as far as that is known. Who wants a supervisor is known to every lead.
    fn turns(&self) -> impl Iterator<Item = &Turn> {
        let is_known = |turn: &&Turn| turn.is_wished() || self.reaches(CaseList::Queue, turn.place);
        self.queue.iter().take_while(is_known)
    }

    /// Those who want a supervisor, and go first.
    pub fn wished(&self) -> impl Iterator<Item = ConversationId> {
        let wished = self.queue.iter().take_while(|turn| turn.is_wished());
        wished.map(|turn| turn.place.conversation)
    }
}
