//! Who works for a site and what they have set up: read from the store, and told to its agents.

use std::collections::BTreeSet;

use axum::extract::ws::Utf8Bytes;
use desk::Desk;
use protocol::{
    AgentFrame, AgentId, Colleague, PreparedReply, RefusalCode, StaffList, TeamFace, TeamId,
    TopicFace,
};

use super::job::Job;
use super::sequencer::Sequencer;
use super::{Service, unavailable, wire};
use crate::store::{CannedReply, SiteId, Store, StoreError, Team, Topic};

/// What the people of a site have set up.
#[derive(Default)]
pub struct SetUp {
    teams: Vec<Team>,
    pub topics: Vec<Topic>,
    replies: Vec<CannedReply>,
}

impl SetUp {
    /// Reads it from the store.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be read.
    pub async fn load(store: &dyn Store, site: SiteId) -> Result<Self, StoreError> {
        let staff = store.staff();
        Ok(Self {
            teams: staff.teams(site).await?,
            topics: staff.topics(site).await?,
            replies: staff.canned_replies(site).await?,
        })
    }

    /// The teams that there are.
    pub fn team_ids(&self) -> BTreeSet<TeamId> {
        self.teams.iter().map(|team| team.id).collect()
    }

    fn list(&self, desk: &Desk) -> StaffList {
        let people = desk.roster().agents().map(|(id, agent)| Colleague {
            id,
            name: agent.name.clone(),
            role: agent.role,
            on_duty: agent.on_duty,
            load: agent.load,
            most: agent.most,
            teams: agent.teams.iter().copied().collect(),
        });
        let mut people: Vec<Colleague> = people.collect();
        people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        let teams = self.teams.iter().map(|team| TeamFace {
            id: team.id,
            name: team.name.clone(),
        });
        let topics = self.topics.iter().map(|topic| TopicFace {
            id: topic.id,
            name: topic.plan.name.clone(),
        });
        let replies = self
            .replies
            .iter()
            .map(|CannedReply { reply, .. }| PreparedReply {
                shortcut: reply.shortcut.clone(),
                language: reply.language,
                text: reply.text.clone(),
            });
        StaffList {
            people,
            teams: teams.collect(),
            topics: topics.collect(),
            replies: replies.collect(),
        }
    }
}

impl Service {
    /// Who works for a site and how busy each is, after every change that was made known before.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::Unavailable`] while the server stops, or if the site is not open.
    pub async fn staff_list(&self, site: SiteId) -> Result<StaffList, RefusalCode> {
        self.ask(|reply| Job::StaffList { site, reply }).await
    }
}

impl Sequencer {
    /// Who works for a site and what they have set up.
    pub(super) fn staff_list(&self, site: SiteId) -> Result<StaffList, RefusalCode> {
        let desk = self.desks.get(&site).ok_or(RefusalCode::Unavailable)?;
        let set_up = self.set_ups.get(&site).ok_or(RefusalCode::Unavailable)?;
        Ok(set_up.list(desk))
    }

    /// The frame that tells agents who works for their site.
    pub(super) fn staff_frame(&self, site: SiteId) -> Option<Utf8Bytes> {
        let list = self.staff_list(site).ok()?;
        Some(wire::agent_frame(&AgentFrame::Staff(list)))
    }

    /// Tells the agents of the sites where it has changed who works there: who is on duty and how busy, above all.
    pub(super) fn tell_staff(&mut self) {
        for site in std::mem::take(&mut self.staff_changed) {
            if let Some(frame) = self.staff_frame(site) {
                self.hub.tell_agents(site, |_| frame.clone());
            }
        }
    }

    /// Takes from the store again who works for a site and what they have set up.
    pub(super) async fn reload_staff(&mut self, site: SiteId) -> Result<(), StoreError> {
        let set_up = SetUp::load(&*self.store, site).await?;
        if let Some(desk) = self.desks.get_mut(&site) {
            desk.set_teams(set_up.team_ids());
        }
        self.set_ups.insert(site, set_up);
        self.reload_roster(site).await?;
        self.staff_changed.insert(site);
        self.to_offer.insert(site);
        Ok(())
    }

    /// Heeds that it was changed on this server.
    pub(super) async fn heed_staff(&mut self, site: SiteId) {
        if let Err(error) = self.reload_staff(site).await {
            unavailable(&error);
        }
        self.tell_staff();
        self.announce(site, crate::bus::LookAt::Roster);
    }

    /// Takes the agents from the store again: some may be new, others gone, and another server's may have gone on duty.
    pub(super) async fn reload_roster(&mut self, site: SiteId) -> Result<(), StoreError> {
        let agents = self.store.agents(site).await?;
        let Some(desk) = self.desks.get_mut(&site) else {
            return Ok(());
        };
        let on_duty = desk.roster().on_duty();
        let there: BTreeSet<AgentId> = agents.iter().map(|agent| agent.id).collect();
        let known: Vec<AgentId> = desk.roster().agents().map(|(id, _)| id).collect();
        let mut is_changed = known.len() != there.len();
        for gone in known.into_iter().filter(|id| !there.contains(id)) {
            desk.dismiss(gone);
            is_changed = true;
        }
        for agent in agents {
            let id = agent.id;
            let before = desk.roster().agent(id).cloned();
            desk.employ(id, agent.on_desk());
            is_changed |= before.as_ref() != desk.roster().agent(id);
        }
        let is_queue_changed = desk.roster().on_duty() != on_duty;
        if is_changed {
            self.staff_changed.insert(site);
            self.to_offer.insert(site);
        }
        if is_queue_changed {
            self.tell_queue(site);
        }
        Ok(())
    }
}
