//! Who is asked to take what: each conversation that waits is offered to one agent whom it suits and who has room.
//!
//! The longest wait goes first. Whoever has least to do is asked before the others, and of these whoever has been
//! without something new to do for longest. An offer is a question, not a claim: it lapses and moves on, and anybody on duty
//! with room may take what waits meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{AgentId, ConversationId, Timestamp};

use crate::change::Change;
use crate::conversation::Conversation;
use crate::{Agent, Desk};

/// How long an offer stands, in milliseconds, as it is shown to whoever gets it: long enough to finish a sentence elsewhere,
/// and short enough that six people can be asked within the two minutes that a visitor hardly notices.
pub const OFFER_LASTS_MS: i64 = 20_000;

/// A conversation that is offered to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offer {
    /// To whom.
    pub to: AgentId,
    /// Until when, by the clock that is shown.
    pub until: Timestamp,
}

/// Every offer that stands, and who has let one pass. It is kept in no store: whoever starts again asks again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Offers {
    round: BTreeMap<ConversationId, Round>,
}

/// What became of asking around for one conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Round {
    offer: Option<Offer>,
    /// Who has let it pass.
    passed: BTreeSet<AgentId>,
}

impl Offers {
    fn of(&self, conversation: ConversationId) -> Option<Offer> {
        self.round.get(&conversation)?.offer
    }

    fn has_passed(&self, conversation: ConversationId, agent: AgentId) -> bool {
        let round = self.round.get(&conversation);
        round.is_some_and(|round| round.passed.contains(&agent))
    }

    /// How many offers somebody has to answer.
    fn count(&self, agent: AgentId) -> u32 {
        let offers = self.round.values().filter_map(|round| round.offer);
        let count = offers.filter(|offer| offer.to == agent).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    pub fn make(&mut self, conversation: ConversationId, offer: Offer) {
        let round = self.round.entry(conversation).or_default();
        if round.passed.contains(&offer.to) {
            // Everybody was asked: it begins anew.
            round.passed.clear();
        }
        round.offer = Some(offer);
    }

    pub fn pass(&mut self, conversation: ConversationId, agent: AgentId) {
        let round = self.round.entry(conversation).or_default();
        round.offer = round.offer.filter(|offer| offer.to != agent);
        round.passed.insert(agent);
    }

    /// Takes back what an agent was offered.
    pub fn forget_agent(&mut self, agent: AgentId) {
        for round in self.round.values_mut() {
            round.offer = round.offer.filter(|offer| offer.to != agent);
            round.passed.remove(&agent);
        }
    }

    pub fn withdraw(&mut self, conversation: ConversationId) {
        self.round.remove(&conversation);
    }

    pub fn keep(&mut self, conversation: ConversationId) -> Option<Round> {
        self.round.remove(&conversation)
    }

    pub fn put_back(&mut self, conversation: ConversationId, round: Option<Round>) {
        if let Some(round) = round {
            self.round.insert(conversation, round);
        }
    }
}

impl Desk {
    /// Who is asked to take a conversation now.
    #[must_use]
    pub fn offer(&self, conversation: ConversationId) -> Option<Offer> {
        self.offers.of(conversation)
    }

    /// Every offer that stands.
    pub fn offers(&self) -> impl Iterator<Item = (ConversationId, Offer)> {
        let rounds = self.offers.round.iter();
        rounds.filter_map(|(&id, round)| Some((id, round.offer?)))
    }

    /// What an agent is to have next: what is offered to them, then the longest wait that suits them, then the longest.
    #[must_use]
    pub fn next_for(&self, agent: AgentId) -> Option<ConversationId> {
        let mut line = self.queue.iter();
        let is_offered = |id: &ConversationId| self.offer(*id).is_some_and(|it| it.to == agent);
        let offered = self.queue.iter().find(is_offered);
        let suits = |id: &ConversationId| {
            let conversation = self.conversations.get(id);
            conversation.is_some_and(|it| self.suited(it).any(|(other, _)| other == agent))
        };
        offered
            .or_else(|| self.queue.iter().find(suits))
            .or_else(|| line.next())
    }

    /// Offers what waits, as far as there is anybody to offer it to.
    pub(crate) fn new_offers(&self, now: Timestamp) -> Vec<Change> {
        let mut free: BTreeMap<AgentId, u32> = self
            .roster
            .longest_idle()
            .map(|(id, agent)| {
                let taken = agent.load.saturating_add(self.offers.count(id));
                (id, agent.most.saturating_sub(taken))
            })
            .filter(|(_, room)| *room > 0)
            .collect();
        let until = Timestamp(now.0.saturating_add(OFFER_LASTS_MS));
        let mut changes = Vec::new();
        for id in self.queue.iter() {
            if free.is_empty() {
                break;
            }
            let conversation = self
                .conversations
                .get(&id)
                .filter(|_| self.offer(id).is_none());
            let Some(to) = conversation.and_then(|it| self.whom_to_ask(id, it, &free)) else {
                continue;
            };
            changes.push(Change::Offered {
                conversation: id,
                offer: Offer { to, until },
            });
            let room = free.get_mut(&to).expect("only who has room is asked");
            *room -= 1;
            if *room == 0 {
                free.remove(&to);
            }
        }
        changes
    }

    /// Who is to be asked to take a conversation, of those who have room for so many more.
    fn whom_to_ask(
        &self,
        id: ConversationId,
        conversation: &Conversation,
        free: &BTreeMap<AgentId, u32>,
    ) -> Option<AgentId> {
        let wanted = conversation.arranged.wanted;
        if let Some(agent) = wanted.filter(|agent| free.contains_key(agent))
            && !self.offers.has_passed(id, agent)
        {
            return Some(agent);
        }
        let load = |(id, agent): &(AgentId, &Agent)| agent.most - free[id];
        let has_room = |(id, _): &(AgentId, &Agent)| free.contains_key(id);
        let passed = |agent: AgentId| self.offers.has_passed(id, agent);
        // Nobody who is better is left to ask once all of them have let it pass; then others are, and then all again. While
        // one of them has not been asked because they have no room, they are waited for: anybody may take it all the same.
        let suited = || self.suited(conversation);
        if suited().any(|(id, _)| !passed(id)) {
            let left = suited().filter(has_room).filter(|(id, _)| !passed(*id));
            return left.min_by_key(load).map(|(id, _)| id);
        }
        let others = || self.roster.longest_idle().filter(has_room);
        let left = others().filter(|(id, _)| !passed(*id)).min_by_key(load);
        left.or_else(|| suited().filter(has_room).min_by_key(load))
            .map(|(id, _)| id)
    }

    /// The agents on duty whom a conversation suits best: of its team, who speak its language, who know its topic. What
    /// nobody on duty has is not asked for, for somebody is to come.
    fn suited(&self, conversation: &Conversation) -> impl Iterator<Item = (AgentId, &Agent)> {
        let arranged = &conversation.arranged;
        let mut suited: Vec<(AgentId, &Agent)> = self.roster.longest_idle().collect();
        if let Some(team) = arranged.team {
            narrow(&mut suited, |agent| agent.teams.contains(&team));
        }
        if let Some(language) = arranged.language {
            narrow(&mut suited, |agent| {
                agent.languages.is_empty() || agent.languages.contains(&language)
            });
        }
        if let Some(topic) = arranged.topic {
            narrow(&mut suited, |agent| agent.skills.contains(&topic));
        }
        suited.into_iter()
    }
}

/// Leaves those of whom something is true, if it is true of any.
fn narrow(agents: &mut Vec<(AgentId, &Agent)>, is_so: impl Fn(&Agent) -> bool) {
    if agents.iter().any(|(_, agent)| is_so(agent)) {
        agents.retain(|(_, agent)| is_so(agent));
    }
}
