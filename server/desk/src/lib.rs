//! The rules of the support desk, and nothing else: no clock, no randomness, no input or output.
//!
//! [`Desk`] is what is true for one site now. [`decide`] says what a command would change, or refuses it;
//! [`apply`] makes a change true. What was decided is stored between the two, so that the same changes in the
//! same order always give the same desk.
//!
//! The invariants that these rules keep (their tests name them):
//!
//! - **G1** A visitor's request for a person is never refused, in any state.
//! - **G3** A conversation has exactly one holder; of two agents who take it, one wins.
//! - **G4** A request keeps its number and its first time until a person has solved it or the visitor leaves the
//!   line, goes back to the assistant or ends the conversation; no rule here looks at how long anything took.
//! - **G5** After a person took part, new messages go to that person or to the queue, not to the assistant,
//!   until the visitor says so: by leaving the line for it, or by choosing it.
//! - Nobody gets more conversations than they have chosen to have at the same time.
//! - **A12** Who says that they need particular care is presumed to, and goes before the others.

mod audience;
mod change;
mod command;
mod conversation;
mod decide;
mod estimate;
mod queue;
mod roster;
mod routing;
#[cfg(test)]
mod tests;
mod vulnerable;

pub use change::{Author, Change, DraftStep, Entry, Message, Person, apply};
pub use command::{AgentAction, BotAction, Command, Recipient, SolvedQuestion, VisitorAction};
pub use conversation::{Arranged, Conversation, Holder, HumanRequest, SupervisorRequest};
pub use decide::{Refusal, decide};
pub use estimate::{Estimate, RecentWaits, Wait};
pub use queue::{Queue, Rank};
pub use roster::{Agent, Roster};
pub use routing::{OFFER_LASTS_MS, Offer};

use std::collections::{BTreeMap, BTreeSet};

use protocol::{AgentId, ConversationId, Receipt, TeamId};

/// Everything that is true for one site now.
///
/// Conversations that wait, that an agent holds, or whose visitor wants a supervisor must be here. Others may be
/// forgotten when nobody is connected, and put back with [`Desk::remember`] before the next command for them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Desk {
    /// Whether an assistant answers first.
    pub has_bot: bool,
    conversations: BTreeMap<ConversationId, Conversation>,
    queue: Queue,
    held: Queue,
    roster: Roster,
    teams: BTreeSet<TeamId>,
    offers: routing::Offers,
    next_receipt: Receipt,
}

impl Desk {
    /// An empty desk whose first request gets the number `next_receipt`.
    #[must_use]
    pub fn new(has_bot: bool, next_receipt: Receipt) -> Self {
        Self {
            has_bot,
            conversations: BTreeMap::new(),
            queue: Queue::default(),
            held: Queue::default(),
            roster: Roster::default(),
            teams: BTreeSet::new(),
            offers: routing::Offers::default(),
            next_receipt,
        }
    }

    /// The conversation, if it is here.
    #[must_use]
    pub fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(&id)
    }

    /// Every conversation that is here.
    pub fn conversations(&self) -> impl Iterator<Item = (ConversationId, &Conversation)> {
        self.conversations
            .iter()
            .map(|(&id, conversation)| (id, conversation))
    }

    /// Who waits, in order.
    #[must_use]
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// What people hold, the oldest request first.
    #[must_use]
    pub fn held(&self) -> &Queue {
        &self.held
    }

    /// Who answers.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The number that the next request will get.
    #[must_use]
    pub fn next_receipt(&self) -> Receipt {
        self.next_receipt
    }

    /// Sets the number that the next request will get: a newer one that the store has told, or an earlier one to
    /// take back what was decided and could not be stored. The numbers order the line, so none that is stored may
    /// be given again.
    pub fn set_next_receipt(&mut self, next_receipt: Receipt) {
        self.next_receipt = next_receipt;
    }

    /// A conversation that has no event yet.
    #[must_use]
    pub fn blank(&self) -> Conversation {
        Conversation::blank(self.has_bot)
    }

    /// Puts a conversation here as the store knows it, in place of what was here.
    pub fn remember(&mut self, id: ConversationId, conversation: Conversation) {
        // Whoever is being asked to take it is asked still, if it waits still.
        let offer = self.offers.keep(id);
        self.forget(id);
        if let Some(agent) = conversation.busies() {
            self.roster.add_load(agent);
        }
        if conversation.holder == Holder::Queue {
            self.offers.put_back(id, offer);
        }
        if let Some((line, rank)) = self.line_of(&conversation) {
            line.insert(rank, id);
        }
        self.conversations.insert(id, conversation);
    }

    /// Removes a conversation from here. The store still has it.
    pub fn forget(&mut self, id: ConversationId) {
        let Some(conversation) = self.conversations.remove(&id) else {
            return;
        };
        self.offers.withdraw(id);
        if let Some(agent) = conversation.busies() {
            self.roster.remove_load(agent);
        }
        if let Some((line, rank)) = self.line_of(&conversation) {
            line.remove(rank, id);
        }
    }

    /// Where a conversation stands in line; none if it neither waits nor is with a person.
    fn line_of(&mut self, conversation: &Conversation) -> Option<(&mut Queue, Rank)> {
        match (conversation.holder, &conversation.request) {
            (Holder::Queue, Some(request)) => Some((&mut self.queue, Rank::of(request))),
            // What is held already goes before nothing.
            (Holder::Agent(_), request) => {
                let receipt = request.map_or(Receipt(u64::MAX), |request| request.receipt);
                Some((&mut self.held, Rank::new(false, receipt)))
            }
            (Holder::Queue, None) | (Holder::Bot | Holder::Nobody, _) => None,
        }
    }

    /// Adds an agent, or replaces what was known of them. How much they hold is counted here, whatever `agent` says, so
    /// agents and conversations can be told in any order.
    pub fn employ(&mut self, id: AgentId, agent: Agent) {
        let busies = |conversation: &&Conversation| conversation.busies() == Some(id);
        let load = self.conversations.values().filter(busies).count();
        let load = u32::try_from(load).unwrap_or(u32::MAX);
        self.roster.employ(id, Agent { load, ..agent });
    }

    /// Removes an agent. What they hold stays theirs until they have vanished.
    pub fn dismiss(&mut self, id: AgentId) {
        self.roster.dismiss(id);
        self.offers.forget_agent(id);
    }

    /// The teams that a conversation can be passed on to.
    pub fn set_teams(&mut self, teams: BTreeSet<TeamId>) {
        self.teams = teams;
    }

    /// Whether the site has a team.
    #[must_use]
    pub fn has_team(&self, team: TeamId) -> bool {
        self.teams.contains(&team)
    }
}
