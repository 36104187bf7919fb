//! What an agent lost while they were gone, and for how long they were.

use std::collections::BTreeMap;

use protocol::{CaseHolder, ConversationId, Lapse, Timestamp};

use crate::moment::Moment;

use super::{AgentSession, Greeting, Notice};

/// A page that is woken this much later than it wished, in milliseconds, was asleep: a busy one is not so late.
const ASLEEP_MS: u64 = 5_000;

/// A connection whose loss is found out within this time after waking, in milliseconds, was lost in the sleep.
const FOUND_OUT_MS: u64 = 15_000;

/// What an agent lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// When it went back to the queue.
    pub at: Timestamp,
    /// For how long the agent was gone, in milliseconds; none if this page was not there before.
    pub away_ms: Option<u64>,
}

/// How long the page has heard nothing, and what that has cost.
#[derive(Debug, Default)]
pub(super) struct Absence {
    lost: BTreeMap<ConversationId, Lost>,
    /// When something last happened here.
    awake_at: Moment,
    /// When a frame last came over a connection that was greeted.
    heard_at: Moment,
    /// The last sleep: from, until.
    slept: Option<(Moment, Moment)>,
    /// Since when the connection was of no use.
    since: Option<Moment>,
}

impl Absence {
    /// Something happens, and `wished` is when the page wanted to be woken.
    pub fn awake(&mut self, wished: Option<Moment>, now: Moment) {
        if wished.is_some_and(|wished| now.since_ms(wished) > ASLEEP_MS) {
            self.slept = Some((self.awake_at, now));
        }
        self.awake_at = now;
    }

    pub fn heard(&mut self, now: Moment) {
        self.heard_at = now;
    }

    /// The connection is lost. What came of it while the page slept waited for it to wake up.
    pub fn disconnected(&mut self, now: Moment) {
        let slept = self
            .slept
            .filter(|(_, until)| now.since_ms(*until) <= FOUND_OUT_MS);
        let since = slept.map_or(self.heard_at, |(from, _)| from.min(self.heard_at));
        self.since.get_or_insert(since);
    }

    pub fn lost(&self, conversation: ConversationId) -> Option<Lost> {
        self.lost.get(&conversation).copied()
    }

    /// It is the agent's again.
    pub fn regained(&mut self, conversation: ConversationId) {
        self.lost.remove(&conversation);
    }

    /// What is looked at keeps its explanation; the rest is past for somebody who is back at work.
    pub fn forget_but(&mut self, viewing: Option<ConversationId>) {
        self.lost
            .retain(|&conversation, _| viewing == Some(conversation));
    }
}

impl AgentSession {
    /// How long this page was without the server, by the server's own clock: a page's steady one may stop in a sleep.
    pub(super) fn away_ms(
        &mut self,
        before: Option<&Greeting>,
        server_now: Timestamp,
    ) -> Option<u64> {
        let since = self.absence.since.take()?;
        let (server, at) = before?.clock;
        let passed = i64::try_from(since.since_ms(at)).unwrap_or(i64::MAX);
        Some(server_now.since_ms(Timestamp(server.0.saturating_add(passed))))
    }

    /// Takes from the greeting what went back to the queue meanwhile, and says so once.
    pub(super) fn hear_lapses(&mut self, lapsed: Vec<Lapse>, away_ms: Option<u64>) {
        let mut new = 0;
        for Lapse {
            conversation,
            at,
            holder,
        } in lapsed
        {
            let known = self.absence.lost(conversation);
            if known.is_none_or(|known| known.at != at) {
                self.absence.lost.insert(conversation, Lost { at, away_ms });
                new += 1;
            }
            // The list of cases leaves out what is somebody else's.
            if !matches!(holder, CaseHolder::Queue {} | CaseHolder::Me {}) {
                self.cases.moved(conversation, holder);
            }
        }
        if new > 0 {
            self.tell(Notice::Lost {
                count: new,
                away_ms,
            });
        }
    }

    /// What became of a conversation that this agent held until they were gone for too long.
    #[must_use]
    pub fn lost_of(&self, conversation: ConversationId) -> Option<Lost> {
        self.absence.lost(conversation)
    }
}
