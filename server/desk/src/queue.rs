//! Who waits for a person, in order.

use std::collections::BTreeMap;

use protocol::{ConversationId, Receipt, Timestamp};

use crate::conversation::HumanRequest;

/// What decides who is next: those who came back from a vanished agent, then the first request's time. The
/// receipt number breaks ties and makes a rank unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    goes_after_priority: bool,
    requested_at: Timestamp,
    receipt: Receipt,
}

impl Rank {
    /// The rank of a request.
    #[must_use]
    pub fn of(request: &HumanRequest) -> Self {
        Self {
            goes_after_priority: !request.priority,
            requested_at: request.requested_at,
            receipt: request.receipt,
        }
    }
}

/// The line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Queue {
    line: BTreeMap<Rank, ConversationId>,
}

impl Queue {
    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.line.len()
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// The conversations that wait, the next one first.
    pub fn iter(&self) -> impl Iterator<Item = ConversationId> {
        self.line.values().copied()
    }

    /// The place in line, 1 for the next one. Walks the line up to that place.
    #[must_use]
    pub fn position(&self, request: &HumanRequest) -> usize {
        self.line.range(..Rank::of(request)).count() + 1
    }

    pub(crate) fn insert(&mut self, rank: Rank, id: ConversationId) {
        self.line.insert(rank, id);
    }

    pub(crate) fn remove(&mut self, rank: Rank) {
        self.line.remove(&rank);
    }
}
