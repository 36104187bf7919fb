//! Who waits for a person, in order; and what people hold, in the same.

use std::collections::BTreeSet;
use std::ops::Bound;

use protocol::{ConversationId, Receipt};

use crate::conversation::HumanRequest;

/// What decides who is next: those with priority, who came back from a person or need particular care, then whose request
/// was made first.
///
/// Receipt numbers are counted in the order of the requests, so they tell who was first even where the clock
/// was turned back in between. Times are shown, and order nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    goes_after_priority: bool,
    receipt: Receipt,
}

impl Rank {
    /// The rank of a request that has priority or not, and this number.
    #[must_use]
    pub fn new(priority: bool, receipt: Receipt) -> Self {
        Self {
            goes_after_priority: !priority,
            receipt,
        }
    }

    /// The rank of a request.
    #[must_use]
    pub fn of(request: &HumanRequest) -> Self {
        Self::new(request.priority, request.receipt)
    }
}

/// A line: who waits, or what people hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Queue {
    // With the conversation in the key, two that were given one number by mistake still both wait.
    line: BTreeSet<(Rank, ConversationId)>,
}

impl Queue {
    /// How many stand in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.line.len()
    }

    /// Whether nobody does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// The conversations in it, the next one first.
    pub fn iter(&self) -> impl Iterator<Item = ConversationId> {
        self.line.iter().map(|&(_, id)| id)
    }

    /// The conversations behind a place, the next one first, whether somebody still stands there or not; all of them behind
    /// none.
    pub fn behind(
        &self,
        place: Option<(Rank, ConversationId)>,
    ) -> impl Iterator<Item = ConversationId> {
        let behind = place.map_or(Bound::Unbounded, Bound::Excluded);
        let line = self.line.range((behind, Bound::Unbounded));
        line.map(|&(_, id)| id)
    }

    /// The place in line, 1 for the next one. Walks the line up to that place.
    #[must_use]
    pub fn position(&self, request: &HumanRequest) -> usize {
        let first_of_rank = (Rank::of(request), ConversationId(0));
        self.line.range(..first_of_rank).count() + 1
    }

    pub(crate) fn insert(&mut self, rank: Rank, id: ConversationId) {
        self.line.insert((rank, id));
    }

    pub(crate) fn remove(&mut self, rank: Rank, id: ConversationId) {
        self.line.remove(&(rank, id));
    }
}
