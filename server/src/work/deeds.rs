//! What somebody did in conversations, counted.

use std::collections::HashMap;

use protocol::{ConversationId, Receipt, Seq, Timestamp};

/// Something that somebody did in a conversation: an event of its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Which event it is there.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: DeedKind,
    /// The number of the visitor's request then, if they had made one.
    pub receipt: Option<Receipt>,
}

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeedKind {
    /// Took the conversation.
    Taken,
    /// Sent a reply.
    Reply,
    /// Marked it as solved.
    Resolved,
    /// Passed it on.
    PassedOn,
    /// Lost it, because every connection of theirs was gone for too long.
    Lost,
}

impl DeedKind {
    /// What it is called in a statement.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Reply => "reply",
            Self::Resolved => "resolved",
            Self::PassedOn => "passed on",
            Self::Lost => "lost connection",
        }
    }
}

/// How much of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Conversations taken; one that is taken twice counts twice.
    pub taken: usize,
    /// Replies sent.
    pub replies: usize,
    /// Conversations marked as solved.
    pub resolved: usize,
    /// Conversations passed on.
    pub passed_on: usize,
    /// How long it took from taking a conversation to the first reply in it, in milliseconds: the median of those with a reply.
    /// Of an even number, the middle between the two in the middle.
    pub first_reply_ms: Option<i64>,
    /// How many there were with a reply.
    pub first_replies: usize,
}

impl Totals {
    /// Counts what was done, in any order.
    #[must_use]
    pub fn of(deeds: &[Deed]) -> Self {
        let count = |kind| deeds.iter().filter(|deed| deed.kind == kind).count();
        let mut waits = first_replies(deeds);
        waits.sort_unstable();
        Self {
            taken: count(DeedKind::Taken),
            replies: count(DeedKind::Reply),
            resolved: count(DeedKind::Resolved),
            passed_on: count(DeedKind::PassedOn),
            first_reply_ms: median(&waits),
            first_replies: waits.len(),
        }
    }
}

/// How long each first reply took. A conversation that was taken and given away without one counts for none.
fn first_replies(deeds: &[Deed]) -> Vec<i64> {
    let mut by_conversation: HashMap<ConversationId, Vec<&Deed>> = HashMap::new();
    for deed in deeds {
        by_conversation
            .entry(deed.conversation)
            .or_default()
            .push(deed);
    }
    let mut waits = vec![];
    for deeds in by_conversation.values_mut() {
        deeds.sort_by_key(|deed| deed.seq);
        let mut taken_at = None;
        for deed in deeds {
            match deed.kind {
                DeedKind::Taken => taken_at = Some(deed.at),
                DeedKind::Reply => {
                    // A clock that was turned back makes no negative wait.
                    waits.extend(
                        taken_at
                            .take()
                            .map(|at: Timestamp| (deed.at.0 - at.0).max(0)),
                    );
                }
                DeedKind::Resolved | DeedKind::PassedOn | DeedKind::Lost => taken_at = None,
            }
        }
    }
    waits
}

fn median(sorted: &[i64]) -> Option<i64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(middle.checked_sub(1)?)?;
    Some(lower + (upper - lower) / 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn deed(conversation: u128, seq: u64, at: i64, kind: DeedKind) -> Deed {
        Deed {
            conversation: ConversationId(conversation),
            seq: Seq(seq),
            at: Timestamp(at),
            kind,
            receipt: None,
        }
    }

    #[test]
    fn what_was_done_is_counted_and_the_first_reply_after_each_taking_is_timed() {
        let deeds = [
            deed(1, 2, 100, DeedKind::Taken),
            deed(1, 3, 130, DeedKind::Reply),
            deed(1, 5, 190, DeedKind::Reply),
            deed(1, 6, 200, DeedKind::PassedOn),
            deed(1, 8, 300, DeedKind::Taken),
            deed(1, 9, 310, DeedKind::Reply),
            deed(1, 10, 320, DeedKind::Resolved),
            // Given away without a word.
            deed(2, 4, 100, DeedKind::Taken),
            deed(2, 5, 110, DeedKind::Lost),
            // Taken before the period.
            deed(3, 7, 100, DeedKind::Reply),
        ];
        let totals = Totals::of(&deeds);
        assert_eq!(
            totals,
            Totals {
                taken: 3,
                replies: 4,
                resolved: 1,
                passed_on: 1,
                first_reply_ms: Some(20),
                first_replies: 2,
            }
        );
        assert_eq!(Totals::of(&[]), Totals::default());
    }

    #[test]
    fn the_median_is_the_one_in_the_middle_or_between_two() {
        for (sorted, expected) in [
            (&[][..], None),
            (&[5], Some(5)),
            (&[1, 4], Some(2)),
            (&[1, 4, 100], Some(4)),
            (&[1, 4, 8, 100], Some(6)),
            (&[i64::MAX - 2, i64::MAX], Some(i64::MAX - 1)),
        ] {
            assert_eq!(median(sorted), expected, "{sorted:?}");
        }
    }

    fn any_deeds() -> impl Strategy<Value = Vec<Deed>> {
        let kind = prop_oneof![
            Just(DeedKind::Taken),
            Just(DeedKind::Reply),
            Just(DeedKind::Resolved),
            Just(DeedKind::PassedOn),
            Just(DeedKind::Lost),
        ];
        let one = (0_u128..4, 0_i64..1_000, kind);
        proptest::collection::vec(one, 0..40).prop_map(|deeds| {
            let numbered = deeds.into_iter().zip(1..);
            numbered
                .map(|((conversation, at, kind), seq)| deed(conversation, seq, at, kind))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_of_the_rows_changes_no_figure(deeds in any_deeds(), seed in any::<prop::sample::Index>()) {
            let mut other = deeds.clone();
            if !other.is_empty() {
                let at = seed.index(other.len());
                other.rotate_left(at);
                other.reverse();
            }
            let totals = Totals::of(&deeds);
            prop_assert_eq!(totals, Totals::of(&other));
            prop_assert!(totals.first_replies <= totals.taken.min(totals.replies));
            prop_assert_eq!(totals.first_reply_ms.is_some(), totals.first_replies > 0);
        }
    }
}
