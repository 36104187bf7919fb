//! Who answers: the agents of a site, whether they are on duty, and how much they hold.

use std::collections::BTreeMap;

use protocol::AgentId;

/// A person who answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Agent {
    /// The name that visitors see.
    pub name: String,
    /// Whether they are a supervisor.
    pub lead: bool,
    /// Whether they take conversations now.
    pub on_duty: bool,
    /// How many conversations they hold.
    pub load: u32,
}

/// The agents of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Roster {
    agents: BTreeMap<AgentId, Agent>,
}

impl Roster {
    /// The agent, if they belong to the site.
    #[must_use]
    pub fn agent(&self, id: AgentId) -> Option<&Agent> {
        self.agents.get(&id)
    }

    /// Every agent of the site.
    pub fn agents(&self) -> impl Iterator<Item = (AgentId, &Agent)> {
        self.agents.iter().map(|(&id, agent)| (id, agent))
    }

    /// How many agents are on duty.
    #[must_use]
    pub fn on_duty(&self) -> usize {
        self.agents.values().filter(|agent| agent.on_duty).count()
    }

    pub(crate) fn employ(&mut self, id: AgentId, agent: Agent) {
        self.agents.insert(id, agent);
    }

    pub(crate) fn set_on_duty(&mut self, id: AgentId, on_duty: bool) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.on_duty = on_duty;
        }
    }

    pub(crate) fn add_load(&mut self, id: AgentId) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.load += 1;
        }
    }

    pub(crate) fn remove_load(&mut self, id: AgentId) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.load = agent.load.saturating_sub(1);
        }
    }
}
