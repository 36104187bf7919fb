//! Who comes and goes: greetings, seats, and the leases of agents who do not come back.

use std::sync::Arc;

use desk::{Command, Holder};
use protocol::{AgentId, CaseHolder, ConversationId, Lapse, RefusalCode, Seq};
use tokio::time::Instant;

use super::Service;
use super::job::{Job, Readable};
use super::sequencer::Sequencer;
use super::{
    AgentGreeting, Beside, CommandJob, Reply, VisitorGreeting, context, unavailable, wire,
};
use crate::outbox::Outbox;
use crate::store::SiteId;

impl Service {
    /// Says that an agent acts before their page runs, and is about to come.
    pub async fn expect_agent(&self, site: SiteId, agent: AgentId) {
        let _stopping = self.jobs.send(Job::ExpectAgent { site, agent }).await;
    }
}

impl Sequencer {
    pub(super) async fn greet_visitor(
        &mut self,
        site: SiteId,
        id: ConversationId,
        outbox: Option<Arc<Outbox>>,
    ) -> Result<VisitorGreeting, RefusalCode> {
        self.fetch(site, id, true).await?;
        self.heed_here(site, id);
        let desk = self
            .desks
            .get(&site)
            .expect("the conversation was just put on it");
        let conversation = desk.conversation(id).expect("it was just put there");
        let greeting = VisitorGreeting {
            state: self.state(site, id).expect("it was just put there"),
            last_seq: conversation.last_seq,
        };
        let waits_for_bot = conversation.holder == Holder::Bot && conversation.last_seq > Seq(0);
        match outbox {
            Some(outbox) => {
                let state = greeting.state.clone();
                let heard = Arc::clone(&outbox);
                self.hub.seat_visitor(id, heard, greeting.last_seq, state);
                self.show_typing_to_visitor(site, id, &outbox);
                self.show_card(site, id, &outbox);
                if waits_for_bot {
                    // The server may have stopped before the assistant had answered.
                    self.assistants
                        .ask_if_unanswered(site, id, greeting.last_seq);
                }
            }
            None => self.forget_if_idle(site, id),
        }
        Ok(greeting)
    }

    pub(super) async fn greet_agent(
        &mut self,
        site: SiteId,
        agent_id: AgentId,
        outbox: Option<Arc<Outbox>>,
    ) -> Result<AgentGreeting, RefusalCode> {
        self.reload_roster(site)
            .await
            .map_err(|error| unavailable(&error))?;
        let lapses = self
            .store
            .lapses(site, agent_id)
            .await
            .map_err(|error| unavailable(&error))?;
        let desk = self
            .desks
            .get(&site)
            .ok_or(RefusalCode::NoSuchConversation)?;
        let agent = desk
            .roster()
            .agent(agent_id)
            .ok_or(RefusalCode::NoSuchConversation)?;
        if let Some(outbox) = &outbox {
            self.gone.remove(&(site, agent_id));
            self.hub.seat_agent(site, agent_id, Arc::clone(outbox));
        }
        let lists = self.beginning(desk, agent_id);
        let lapsed = lapses
            .into_iter()
            .map(|(conversation, at)| Lapse {
                conversation,
                at,
                // Everything that waits or that somebody holds is on the desk.
                holder: desk
                    .conversation(conversation)
                    .map_or(CaseHolder::Nobody {}, |standing| {
                        wire::holder_of(desk, standing, agent_id)
                    }),
            })
            .filter(|lapse| lapse.holder != CaseHolder::Me {})
            .collect();
        if let Some(outbox) = &outbox {
            self.show_typing_to_agent(site, agent_id, outbox);
            if let Some(frame) = self.staff_frame(site) {
                outbox.push(frame);
            }
        }
        Ok(AgentGreeting {
            name: agent.name.clone(),
            on_duty: agent.on_duty,
            load: agent.load,
            role: agent.role,
            most: agent.most,
            lists,
            lapsed,
        })
    }

    /// Lets an agent read a conversation, which may be on the desk or in the store alone: with an outbox, that connection
    /// hears what follows, and what stands beside its log is told too.
    pub(super) async fn watch(
        &mut self,
        site: SiteId,
        agent: AgentId,
        id: ConversationId,
        outbox: Option<Arc<Outbox>>,
    ) -> Result<Readable, RefusalCode> {
        self.fetch(site, id, false).await?;
        let hears = outbox.is_some();
        let readable = self.read(site, agent, id, outbox).await;
        if hears && readable.is_ok() {
            self.want_card(site, id);
        }
        self.forget_if_idle(site, id);
        readable
    }

    async fn read(
        &self,
        site: SiteId,
        agent: AgentId,
        id: ConversationId,
        outbox: Option<Arc<Outbox>>,
    ) -> Result<Readable, RefusalCode> {
        let (desk, standing) = self
            .desks
            .get(&site)
            .and_then(|desk| Some((desk, desk.conversation(id)?)))
            .ok_or(RefusalCode::NoSuchConversation)?;
        let is_on_desk = desk.readable_by(agent, id).is_some();
        if !is_on_desk && !self.may_look_back(site, agent, id).await? {
            return Err(RefusalCode::NoSuchConversation);
        }
        let last_seq = standing.last_seq;
        let mut readable = Readable {
            last_seq,
            beside: None,
        };
        if let Some(outbox) = outbox {
            // Here, where nobody else can take it meanwhile: what they begin is not this agent's to read.
            let stored = self.store.draft(site, id).await;
            let stored = stored.map_err(|error| unavailable(&error))?;
            let context = self.store.context(site, id).await;
            let context = context.map_err(|error| unavailable(&error))?;
            let particulars = self.particulars(id);
            readable.beside = Some(Beside {
                case: wire::case_for(desk, id, standing, particulars, (agent, true)),
                draft: wire::draft_of(stored, agent),
                context: context::as_text(context),
                notes: self
                    .notes(site, id)
                    .await
                    .map_err(|error| unavailable(&error))?,
            });
            self.hub.watch(id, outbox, last_seq);
        }
        Ok(readable)
    }

    /// Whether an agent may read a conversation because it was theirs: they have had it, and nobody has it now. What its
    /// visitor tells a colleague or the assistant later is none of theirs.
    async fn may_look_back(
        &self,
        site: SiteId,
        agent: AgentId,
        id: ConversationId,
    ) -> Result<bool, RefusalCode> {
        let is_over = self
            .conversation(site, id)
            .is_some_and(|it| it.holder == Holder::Nobody);
        let is_ours = self
            .desks
            .get(&site)
            .is_some_and(|desk| desk.roster().agent(agent).is_some());
        if !is_over || !is_ours {
            return Ok(false);
        }
        let had = self.store.search().had(site, agent, id).await;
        had.map_err(|error| unavailable(&error))
    }

    /// An agent's connection has ended: what it alone had open is forgotten, unless it is open on the desk.
    pub(super) fn leave_agent(
        &mut self,
        site: SiteId,
        agent: AgentId,
        outbox: &Arc<Outbox>,
        heard_at: Instant,
    ) {
        self.view(site, agent, None, outbox);
        let watched = self.hub.watched_by(outbox);
        if let Some(heard_at) = self.hub.unseat_agent(agent, outbox, heard_at) {
            self.gone.insert((site, agent), heard_at);
        }
        for id in watched {
            self.forget_if_idle(site, id);
        }
    }

    /// Somebody acts whose page does not run yet: they have as long to come as others have to come back.
    pub(super) fn expect(&mut self, site: SiteId, agent: AgentId) {
        let now = Instant::now();
        if self.hub.is_seated(agent) {
            // By a connection that may be dead, and nobody has noticed.
            self.hub.hear_agent(agent, now);
        } else {
            self.gone.insert((site, agent), now);
        }
    }

    /// Ends the watching of a conversation by those who may not read it any more.
    pub(super) fn unwatch(&self, site: SiteId, id: ConversationId) {
        let desk = self.desks.get(&site);
        let may_read =
            |agent: AgentId| desk.is_some_and(|desk| desk.readable_by(agent, id).is_some());
        self.hub.unwatch_unless(id, may_read);
    }

    pub(super) async fn end_leases(&mut self) {
        let lease = self.lease;
        let ended: Vec<(SiteId, AgentId)> = self
            .gone
            .iter()
            .filter(|(_, since)| since.elapsed() >= lease)
            .map(|(&agent, _)| agent)
            .collect();
        for (site, agent) in ended {
            let job = CommandJob {
                site,
                id: None,
                opened_by: None,
                command: Command::Vanished { agent },
                reply: Reply::Nobody,
            };
            // If it cannot be stored now, the next tick tries again.
            let here_or_stored = self.commit_own(job).await;
            if here_or_stored {
                self.gone.remove(&(site, agent));
            }
        }
    }
}
