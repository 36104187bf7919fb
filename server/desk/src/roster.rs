//! Who answers: the agents of a site, whether they are on duty, what they are good at, and how much they hold.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{AgentId, Language, Role, TeamId, TopicId, USUAL_LOAD};

/// A person who answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Agent {
    /// The name that visitors see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they take conversations now.
    pub on_duty: bool,
    /// How many conversations they have chosen to have at the same time, at most.
    pub most: u32,
    /// The teams that they belong to.
    pub teams: BTreeSet<TeamId>,
    /// The languages that they answer in; none for whoever has named none, who is asked in any.
    pub languages: BTreeSet<Language>,
    /// The topics that they know well.
    pub skills: BTreeSet<TopicId>,
    /// How many conversations keep them busy. The desk counts that.
    pub load: u32,
}

impl Agent {
    /// An agent off duty of whom nothing but the name and the role is known.
    #[must_use]
    pub fn new(name: impl Into<String>, role: Role) -> Self {
        Self {
            name: name.into(),
            role,
            on_duty: false,
            most: USUAL_LOAD,
            teams: BTreeSet::new(),
            languages: BTreeSet::new(),
            skills: BTreeSet::new(),
            load: 0,
        }
    }

    /// Whether they have fewer conversations than they have chosen.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.load < self.most
    }

    /// Whether they may get one more now.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.on_duty && self.has_room()
    }
}

/// The agents of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Roster {
    agents: BTreeMap<AgentId, Agent>,
    /// Everybody, whoever has been without something new to do for longest first.
    idle: Vec<AgentId>,
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

    /// The agents who are on duty, whoever has been without something new to do for longest first.
    pub(crate) fn longest_idle(&self) -> impl Iterator<Item = (AgentId, &Agent)> {
        self.idle
            .iter()
            .filter_map(|&id| Some((id, self.agents.get(&id)?)))
            .filter(|(_, agent)| agent.on_duty)
    }

    pub(crate) fn employ(&mut self, id: AgentId, agent: Agent) {
        if self.agents.insert(id, agent).is_none() {
            self.idle.push(id);
        }
    }

    pub(crate) fn dismiss(&mut self, id: AgentId) {
        self.agents.remove(&id);
        self.idle.retain(|&other| other != id);
    }

    pub(crate) fn set_on_duty(&mut self, id: AgentId, on_duty: bool) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.on_duty = on_duty;
            if on_duty {
                self.goes_last(id);
            }
        }
    }

    pub(crate) fn set_most(&mut self, id: AgentId, most: u32) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.most = most;
        }
    }

    pub(crate) fn add_load(&mut self, id: AgentId) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.load += 1;
            self.goes_last(id);
        }
    }

    pub(crate) fn remove_load(&mut self, id: AgentId) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.load = agent.load.saturating_sub(1);
            self.goes_last(id);
        }
    }

    /// Somebody has just got something to do, or has just done it: whoever has waited for something for longer goes first.
    fn goes_last(&mut self, id: AgentId) {
        if self.idle.last() != Some(&id) {
            self.idle.retain(|&other| other != id);
            self.idle.push(id);
        }
    }
}
