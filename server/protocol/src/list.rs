//! Lists of conversations that are too long to be told as a whole: which, in what order, and how far they are told.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseHolder};
use crate::id::{ConversationId, Receipt, Timestamp};

/// A list of which an agent's client may ask for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseList {
    /// Those who wait, the next one first.
    Queue,
    /// What other people hold, the oldest request first; for leads. Nobody else has any of it.
    All,
}

impl CaseList {
    /// Both.
    pub const EACH: [Self; 2] = [Self::Queue, Self::All];

    /// Whether a conversation stands in it.
    #[must_use]
    pub fn has(self, case: &Case) -> bool {
        match self {
            Self::Queue => matches!(case.holder, CaseHolder::Queue {}),
            Self::All => matches!(case.holder, CaseHolder::Other { .. }),
        }
    }

    /// Where it stands there, if it does.
    #[must_use]
    pub fn place(self, case: &Case) -> Place {
        Place {
            // What is held already is not waited for.
            priority: case.priority && self == Self::Queue,
            receipt: case.receipt,
            conversation: case.conversation,
        }
    }
}

/// Where a conversation stands in the queue as somebody sees it: for a lead, those who wish for one come before all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    is_not_wished: bool,
    wished_at: Option<Timestamp>,
    /// The place among those who wait.
    pub place: Place,
    /// Since when they wait, which orders nothing: no two have one place.
    pub since: Option<Timestamp>,
}

impl Turn {
    /// The turn of a conversation that waits for a person or, where `is_lead`, for this one, whoever has it; none for one that
    /// does not wait.
    #[must_use]
    pub fn of(case: &Case, is_lead: bool) -> Option<Self> {
        let wished_at = case.wish().filter(|_| is_lead);
        let waits = CaseList::Queue.has(case) || wished_at.is_some();
        waits.then(|| Self {
            is_not_wished: wished_at.is_none(),
            wished_at,
            place: CaseList::Queue.place(case),
            since: case.waits_since(),
        })
    }

    /// Whether the visitor wants a supervisor, or the holder asks for a lead.
    #[must_use]
    pub fn is_wished(self) -> bool {
        !self.is_not_wished
    }
}

/// A place in a list. Those with priority come first, then those with lower numbers, for a clock may be turned back between
/// two requests; whose number is not known comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// It goes before the others.
    #[serde(default)]
    pub priority: bool,
    /// The number of the open request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Which conversation, where two have the same number by mistake.
    pub conversation: ConversationId,
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |it: &Self| {
            (
                !it.priority,
                it.receipt.is_none(),
                it.receipt,
                it.conversation,
            )
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What of a list is not told by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// Of which list.
    pub list: CaseList,
    /// What comes after this place.
    pub after: Place,
}

/// How many conversations stand in the lists, whether they were told of or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Those who wait.
    pub waiting: u32,
    /// What people hold, this agent among them; 0 for those who are no lead.
    pub held: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(priority: bool, receipt: Option<u64>, conversation: u128) -> Place {
        Place {
            priority,
            receipt: receipt.map(Receipt),
            conversation: ConversationId(conversation),
        }
    }

    #[test]
    fn priority_goes_before_numbers_and_numbers_before_none() {
        let in_order = [
            place(true, Some(9), 1),
            place(false, Some(2), 7),
            place(false, Some(3), 1),
            place(false, Some(3), 2),
            place(false, None, 1),
        ];
        let mut sorted = in_order;
        sorted.reverse();
        sorted.sort_unstable();
        assert_eq!(sorted, in_order);
    }
}
