//! Which conversations an agent's lists begin with, where there are more than a page can show or a frame can carry.
//!
//! The line's front is always known to everybody: whoever comes is told as much as fits, and what moves up to the front later
//! is told then. What is behind it is found by a search, and nobody needs to see it in order to be given what is next.

use std::collections::{BTreeSet, HashMap};

use desk::{Desk, Holder};
use protocol::{AgentId, Case, ConversationId};

use super::job::AgentGreeting;
use super::sequencer::Sequencer;
use crate::store::SiteId;

/// How many of those who wait everybody knows. In the largest frame there is room for these however long what is told of each
/// is.
const FRONT: usize = 300;

/// How many conversations are put into order for one agent, at most: more have never fitted.
const MOST: usize = 2_500;

/// The most bytes of them in one frame: with the rest of a welcome less than a connection may be sent at once.
const MOST_BYTES: usize = 512 * 1024;

/// What an agent's lists begin with, in this order: what they hold, whose visitors wait for a supervisor, the line, and what
/// others hold.
pub fn listed_for(desk: &Desk, agent: AgentId) -> Vec<ConversationId> {
    let places: HashMap<ConversationId, usize> = desk.queue().iter().zip(1..).collect();
    let listed = desk.conversations();
    let listed = listed.filter(|(id, _)| desk.listed_for(agent, *id).is_some());
    let mut listed: Vec<_> = listed
        .map(|(id, conversation)| {
            let rank = match conversation.holder {
                Holder::Agent(holder) if holder == agent => 0,
                _ if conversation.wants_lead() => 1,
                Holder::Queue => 2,
                Holder::Agent(_) | Holder::Bot | Holder::Nobody => 3,
            };
            (rank, places.get(&id).copied().unwrap_or(0), id)
        })
        .collect();
    listed.sort_unstable();
    listed.truncate(MOST);
    listed.into_iter().map(|(_, _, id)| id).collect()
}

impl AgentGreeting {
    /// Leaves out what one frame does not carry.
    pub fn cut(&mut self) {
        if self.cases.len() <= FRONT {
            return;
        }
        let mut bytes = 0;
        let fits = |case: &Case| {
            let written = serde_json::to_vec(case).expect("a case has only plain values");
            bytes += written.len() + 1;
            bytes <= MOST_BYTES
        };
        let count = self.cases.iter().map(fits).take_while(|fits| *fits).count();
        self.cases.truncate(count);
    }
}

impl Sequencer {
    /// Tells everybody who has moved up to the front of the line. Where the line is short they know it all.
    pub(super) fn tell_front(&mut self, site: SiteId) {
        let Some(desk) = self.desks.get(&site) else {
            return;
        };
        let was_long = self.fronts.contains_key(&site);
        let is_long = desk.queue().len() > FRONT;
        if !was_long && !is_long {
            return;
        }
        let front: BTreeSet<ConversationId> = desk.queue().iter().take(FRONT).collect();
        if let Some(before) = self.fronts.get(&site) {
            for id in front.difference(before) {
                self.tell_cases(site, *id);
            }
        }
        if is_long {
            self.fronts.insert(site, front);
        } else {
            self.fronts.remove(&site);
        }
    }
}
