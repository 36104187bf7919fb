//! Visitors who want a supervisor: how long they wait for one before they are promised that one contacts them.

use std::time::Duration;

use desk::{Command, SupervisorRequest};
use protocol::{ConversationId, Timestamp};
use tokio::time::Instant;

use super::sequencer::Sequencer;
use super::{CommandJob, Reply};
use crate::hours::contact_by;
use crate::store::SiteId;

/// How long a visitor waits for a supervisor before one is promised for the same working day. Ley 10/2025, art. 8.3,
/// wants the customer transferred in the same conversation or contacted on that day and names no minutes; these three are
/// those within which art. 8.2 wants a person there.
pub const SUPERVISOR_WITHIN: Duration = Duration::from_secs(3 * 60);

impl Sequencer {
    /// Heeds how a visitor's wish for a supervisor stands now.
    ///
    /// The time that has passed here is counted by a clock that nobody turns. Only what passed before this server knew
    /// of the wish is read off the other one, and it is never less than nothing.
    pub(super) fn heed_wish(
        &mut self,
        site: SiteId,
        id: ConversationId,
        wish: Option<SupervisorRequest>,
    ) {
        let Some(wish) = wish.filter(|wish| wish.due.is_none()) else {
            self.wishes.remove(&(site, id));
            return;
        };
        let rest = rest_of(self.supervisor_within, wish.asked_at, (self.clock)());
        self.wishes
            .entry((site, id))
            .or_insert_with(|| Instant::now() + rest);
    }

    /// Promises a call-back to those who have waited for a supervisor for long enough.
    pub(super) async fn promise_callbacks(&mut self) {
        let now = Instant::now();
        let late: Vec<(SiteId, ConversationId)> = self
            .wishes
            .iter()
            .filter(|(_, late_at)| **late_at <= now)
            .map(|(&wish, _)| wish)
            .collect();
        for (site, conversation) in late {
            let standing = self.conversation(site, conversation);
            let Some(wish) = standing.and_then(|standing| standing.supervisor) else {
                self.wishes.remove(&(site, conversation));
                continue;
            };
            let hours = self.outsides.get(&site).and_then(|outside| outside.hours());
            let by = contact_by(hours, wish.asked_at, (self.clock)());
            let job = CommandJob {
                site,
                id: None,
                opened_by: None,
                command: Command::SupervisorLate { conversation, by },
                reply: Reply::Nobody,
            };
            // If it cannot be stored now, the next tick tries again.
            if self.commit_own(job).await {
                self.wishes.remove(&(site, conversation));
            }
        }
    }
}

/// What is left of the time that a visitor waits for a supervisor, by the clock of the day: never more than all of it.
fn rest_of(within: Duration, asked_at: Timestamp, now: Timestamp) -> Duration {
    within.saturating_sub(Duration::from_millis(now.since_ms(asked_at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// L5, R10: a clock that was turned while nobody looked makes nobody wait for longer than three minutes.
    #[test]
    fn what_is_left_of_a_wait_is_between_nothing_and_all_of_it() {
        let (minute, hour) = (60_000, 3_600_000);
        let asked_at = Timestamp(100 * hour);
        for (passed, rest) in [
            (0, 180),
            (minute, 120),
            (3 * minute, 0),
            (hour, 0),
            (24 * hour, 0),
            (-1, 180),
            (-hour, 180),
            (-24 * hour, 180),
        ] {
            let now = Timestamp(asked_at.0 + passed);
            let found = rest_of(SUPERVISOR_WITHIN, asked_at, now);
            assert_eq!(found, Duration::from_secs(rest), "{passed} ms");
        }
    }
}
