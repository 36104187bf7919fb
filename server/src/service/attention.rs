//! What each end has seen, and who writes: told at once, and found by whoever comes later.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use desk::Holder;
use protocol::{
    AgentFrame, AgentId, Author, ConversationId, Seq, TYPING_LASTS_MS, Typing, VisitorFrame,
};
use tokio::time::Instant;

use super::sequencer::Sequencer;
use super::{End, unavailable, wire};
use crate::bus::{Look, LookAt};
use crate::outbox::Outbox;
use crate::store::{Particulars, Seen, SiteId};

/// How long somebody is believed to write.
const TYPING_LASTS: Duration = Duration::from_millis(TYPING_LASTS_MS);

/// What is known of the attention that both ends pay, beside what the store has.
#[derive(Default)]
pub struct Attention {
    /// What was seen further than the store says.
    unsaved: HashMap<ConversationId, (SiteId, Seen)>,
    /// Who writes, where, since when.
    writing: HashMap<ConversationId, Writing>,
}

/// Who writes in a conversation that a person holds: the moment when they last said so.
#[derive(Default)]
struct Writing {
    visitor: Option<Instant>,
    /// Whoever holds it.
    agent: Option<Instant>,
}

/// Whether somebody who said then that they write is still believed.
fn lasts(since: Instant) -> bool {
    since.elapsed() < TYPING_LASTS
}

impl Sequencer {
    /// Keeps in mind what the store says is shown beside a conversation, and what it does not say yet.
    pub(super) fn remember_particulars(&mut self, id: ConversationId, particulars: Particulars) {
        let unsaved = self.attention.unsaved.get(&id);
        let seen = unsaved.map_or_else(Seen::default, |&(_, seen)| seen);
        let particulars = Particulars {
            seen: particulars.seen.max(seen),
            ..particulars
        };
        self.particulars.insert(id, particulars);
    }

    /// One end has seen a conversation up to an event: tells the other, and keeps it at the next tick.
    pub(super) fn note_seen(&mut self, site: SiteId, id: ConversationId, by: End, seq: Seq) {
        let Some(conversation) = self.conversation(site, id) else {
            return;
        };
        let holder = conversation.holder;
        let seq = seq.min(conversation.last_seq);
        let known = self.particulars(id).seen;
        let mut seen = known;
        let furthest = match by {
            End::Visitor => &mut seen.visitor,
            End::Agent(agent) if holder == Holder::Agent(agent) => &mut seen.person,
            // Whoever only looks has promised nothing.
            End::Agent(_) => return,
        };
        *furthest = seq.max(*furthest);
        if seen == known {
            return;
        }
        self.particulars.entry(id).or_default().seen = seen;
        self.attention.unsaved.insert(id, (site, seen));
        match (by, holder) {
            (End::Agent(_), _) => self.tell_state(site, id),
            (End::Visitor, Holder::Agent(agent)) => self.tell_case(site, id, agent),
            (End::Visitor, Holder::Queue) => self.tell_cases(site, id),
            (End::Visitor, Holder::Bot | Holder::Nobody) => {}
        }
    }

    /// Makes durable what was seen since the last time. What is lost with the server before that, clients say again.
    pub(super) async fn save_seen(&mut self) {
        if self.attention.unsaved.is_empty() {
            return;
        }
        let seen: Vec<(ConversationId, Seen)> = self
            .attention
            .unsaved
            .iter()
            .map(|(&id, &(_, seen))| (id, seen))
            .collect();
        match self.store.put_seen(&seen).await {
            Ok(()) => {
                for (id, (site, _)) in std::mem::take(&mut self.attention.unsaved) {
                    self.bus.announce(Look {
                        site,
                        at: LookAt::Conversation(id),
                    });
                }
            }
            // The next tick tries again.
            Err(error) => {
                unavailable(&error);
            }
        }
    }

    /// Somebody writes, or has stopped: tells the other end.
    pub(super) fn note_typing(&mut self, site: SiteId, id: ConversationId, by: End, on: bool) {
        let Some(Holder::Agent(holder)) = self.conversation(site, id).map(|it| it.holder) else {
            // Nobody is there who would answer.
            return;
        };
        let since = on.then(Instant::now);
        let writing = self.attention.writing.entry(id).or_default();
        match by {
            End::Visitor => {
                writing.visitor = since;
                let frame = wire::agent_frame(&visitor_writes(id, on));
                self.hub.tell_agent(holder, &frame);
            }
            End::Agent(agent) if agent == holder => {
                writing.agent = since;
                if let Some(frame) = self.agent_writes(site, agent, on) {
                    self.hub.tell_visitors(id, &wire::visitor_frame(&frame));
                }
            }
            End::Agent(_) => {}
        }
    }

    /// Whoever has written something has stopped writing, and whoever has it no longer does not write there.
    pub(super) fn stop_typing(&mut self, id: ConversationId, author: Option<&desk::Author>) {
        let Some(writing) = self.attention.writing.get_mut(&id) else {
            return;
        };
        match author {
            Some(desk::Author::Visitor) => writing.visitor = None,
            Some(desk::Author::Agent(_)) => writing.agent = None,
            Some(desk::Author::Bot) => {}
            None => {
                self.attention.writing.remove(&id);
            }
        }
    }

    /// Forgets those who never said that they have stopped.
    pub(super) fn forget_typing(&mut self) {
        let writing = &mut self.attention.writing;
        writing.retain(|_, writing| {
            [writing.visitor, writing.agent]
                .into_iter()
                .flatten()
                .any(lasts)
        });
    }

    /// Tells a visitor's new connection who writes at this moment.
    pub(super) fn show_typing_to_visitor(
        &self,
        site: SiteId,
        id: ConversationId,
        outbox: &Arc<Outbox>,
    ) {
        self.assistants.show_typing(id, outbox);
        let writing = self.attention.writing.get(&id);
        if writing.and_then(|writing| writing.agent).is_some_and(lasts)
            && let Some(Holder::Agent(agent)) = self.conversation(site, id).map(|it| it.holder)
            && let Some(frame) = self.agent_writes(site, agent, true)
        {
            outbox.push(wire::visitor_frame(&frame));
        }
    }

    /// Tells an agent's new connection which of their visitors write at this moment.
    pub(super) fn show_typing_to_agent(&self, site: SiteId, agent: AgentId, outbox: &Arc<Outbox>) {
        for (&id, writing) in &self.attention.writing {
            let holder = self.conversation(site, id).map(|it| it.holder);
            if holder == Some(Holder::Agent(agent)) && writing.visitor.is_some_and(lasts) {
                outbox.push(wire::agent_frame(&visitor_writes(id, true)));
            }
        }
    }

    fn agent_writes(&self, site: SiteId, agent: AgentId, on: bool) -> Option<VisitorFrame> {
        let agent = self.desks.get(&site)?.roster().agent(agent)?;
        let author = Author::Agent {
            name: agent.name.clone(),
        };
        Some(VisitorFrame::Typing(Typing { author, on }))
    }
}

fn visitor_writes(conversation: ConversationId, on: bool) -> AgentFrame {
    AgentFrame::Typing {
        conversation,
        typing: Typing {
            author: Author::Visitor {},
            on,
        },
    }
}
