//! After the commit: tells everybody who is to know, and answers.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use desk::{Author, Change, Command, Conversation, DraftStep, Entry, Holder, VisitorAction};
use protocol::{Ack, AgentFrame, AgentId, ConversationId, Event, EventKind, Note, VisitorFrame};

use super::commit::answer;
use super::job::agent_of;
use super::outcome::{Beside, Decided, Outcome, Step};
use super::sequencer::Sequencer;
use super::{Reply, unavailable, wire};
use crate::bus::{Look, LookAt};
use crate::outbox::Outbox;
use crate::store::{Page, SiteId, StoreError, preview};

impl Sequencer {
    /// Tells what was committed, in the order of the commit.
    pub(super) async fn deliver(&mut self, decided: Vec<Decided>) {
        metrics::counter!("human_please_commands_total").increment(decided.len() as u64);
        let mut changed_queues = BTreeSet::new();
        let mut handed_over = Vec::new();
        for Decided { job, outcome } in decided {
            let seq = outcome.seq();
            let Outcome {
                at,
                steps,
                beside,
                receipt,
            } = outcome;
            let site = job.site;
            // The device that it comes from knows what it has begun.
            let from = match &job.reply {
                Reply::Outbox(outbox) => Some(outbox),
                Reply::Caller(_) | Reply::Nobody => None,
            };
            for step in steps {
                let is_in_line = |it: &Conversation| it.holder == Holder::Queue;
                if is_in_line(&step.before) || is_in_line(&step.after) || has_room_again(&step) {
                    changed_queues.extend(queue_moved(&step).then_some(site));
                }
                if let Some(agent) = new_holder(&step) {
                    handed_over.push((site, step.conversation, agent, None));
                }
                self.tell_step(site, at, step);
            }
            for Beside { change, last_seq } in beside {
                match change {
                    Change::Draft { conversation, step } => {
                        if let (
                            DraftStep::Kept {
                                reply: Some(reply), ..
                            },
                            Some(from),
                        ) = (&step, from)
                        {
                            self.tell_known(conversation, reply, from);
                        }
                        let agent = agent_of(&job.command);
                        let from = from.map(Arc::clone);
                        handed_over.extend(agent.map(|agent| (site, conversation, agent, from)));
                        self.announce(site, LookAt::Conversation(conversation));
                    }
                    Change::Noted {
                        conversation,
                        by,
                        id,
                        text,
                    } => {
                        let note = Note {
                            id,
                            after: last_seq,
                            at,
                            name: by.name,
                            text,
                        };
                        self.tell_note(site, conversation, note);
                        self.announce(site, LookAt::Conversation(conversation));
                    }
                    Change::Duty { agent, on } => {
                        let frame = wire::agent_frame(&AgentFrame::Duty { on });
                        self.hub.tell_agent(agent, &frame);
                        self.announce(site, LookAt::Roster);
                        changed_queues.insert(site);
                        self.staff_changed.insert(site);
                    }
                    Change::Most { .. } => {
                        self.announce(site, LookAt::Roster);
                        changed_queues.insert(site);
                        self.staff_changed.insert(site);
                    }
                    Change::Passed {
                        conversation,
                        agent,
                    } => {
                        self.tell_case(site, conversation, agent);
                        self.to_offer.insert(site);
                    }
                    Change::Logged { .. } | Change::Arranged { .. } | Change::Offered { .. } => {}
                }
            }
            if let Some(id) = job.id {
                let asked = matches!(
                    job.command,
                    Command::Visitor {
                        action: VisitorAction::AskForHuman,
                        ..
                    }
                );
                answer(
                    job.reply,
                    Ack {
                        id,
                        seq,
                        at,
                        receipt: receipt.filter(|_| asked),
                    },
                );
            }
        }
        for site in changed_queues {
            self.tell_queue(site);
            self.tell_counts(site);
            self.to_offer.insert(site);
        }
        for (site, conversation, agent, from) in handed_over {
            self.tell_draft(site, conversation, agent, from.as_ref())
                .await;
            // Whoever has just begun something knows what else is here.
            if from.is_none() {
                self.tell_context(site, conversation, agent).await;
                self.want_card(site, conversation);
                self.tell_notes(site, conversation, agent).await;
            }
        }
    }

    pub(super) fn announce(&self, site: SiteId, at: LookAt) {
        self.bus.announce(Look { site, at });
    }

    /// Tells an agent's connections but one what was begun in a conversation, if it is theirs to read.
    async fn tell_draft(
        &self,
        site: SiteId,
        conversation: ConversationId,
        agent: AgentId,
        but: Option<&Arc<Outbox>>,
    ) {
        // A later command of the same commit may have given it to somebody else.
        let desk = self.desks.get(&site);
        let may_read = desk.is_some_and(|desk| desk.readable_by(agent, conversation).is_some());
        if !may_read || !self.hub.has_other(agent, but) {
            return;
        }
        match self.store.draft(site, conversation).await {
            Ok(stored) => {
                let draft = wire::draft_of(stored, agent);
                let frame = wire::agent_frame(&AgentFrame::Draft {
                    conversation,
                    draft,
                });
                self.hub.tell_others(agent, but, &frame);
            }
            // It is kept, and told again whenever the conversation is opened.
            Err(error) => {
                unavailable(&error);
            }
        }
    }

    fn tell_step(&mut self, site: SiteId, at: protocol::Timestamp, step: Step) {
        self.learn(site, at, &step);
        let is_moved = queue_moved(&step);
        let Step {
            conversation: id,
            before,
            after,
            entries,
            ..
        } = step;
        self.heed_wish(site, id, after.supervisor);
        let holders = [before.holder.agent(), after.holder.agent()];
        let mut seq = before.last_seq;
        let mut visitor_spoke = false;
        let mut person_spoke = false;
        let mut knows_more = false;
        let begins_to_wait = before.holder != Holder::Queue && after.holder == Holder::Queue;
        let is_unsorted = after.arranged.language.is_none() || after.arranged.topic.is_none();
        if after.holder == Holder::Queue && is_unsorted && (begins_to_wait || !entries.is_empty()) {
            self.unsorted.insert((site, id));
        }
        for entry in entries {
            seq = seq.next();
            if let Entry::Message(message) = &entry {
                self.stop_typing(id, Some(&message.author));
                person_spoke |= matches!(message.author, Author::Agent(_));
                if message.author == Author::Visitor {
                    visitor_spoke = true;
                    self.particulars.entry(id).or_default().preview = preview(&message.text);
                }
            }
            let event = Event {
                seq,
                at,
                kind: wire::event_kind(entry),
            };
            let (visitor_frame, agent_frame) = wire::event_frames(id, &event);
            self.hub
                .tell_event(id, seq, holders, (&visitor_frame, &agent_frame));
            knows_more |= self.cards.hear(id, &event);
        }
        if knows_more || (begins_to_wait && self.hub.has_visitors(id)) {
            self.want_card(site, id);
        }
        if before.holder != after.holder {
            self.stop_typing(id, None);
        }
        if before.busies() != after.busies() {
            self.staff_changed.insert(site);
        }
        self.heed_snooze(site, id, after.arranged.snoozed);
        if is_moved || before.supervisor != after.supervisor || before.arranged != after.arranged {
            self.tell_standing(site, id);
        } else if after.holder == Holder::Queue
            || after.supervisor.is_some()
            || before.vulnerable != after.vulnerable
        {
            self.tell_cases(site, id);
        }
        let was_read = before.holder == Holder::Queue || before.supervisor.is_some();
        // Whoever had it once may read it until somebody has it again.
        let begins_again = before.holder == Holder::Nobody && after.holder.agent().is_some();
        // What the assistant is told is none of the person's who had it before.
        if after.holder == Holder::Bot
            || begins_again
            || (was_read && after.holder != Holder::Queue)
        {
            self.unwatch(site, id);
        }
        if visitor_spoke {
            self.heed_here(site, id);
        } else if person_spoke {
            self.heed_gone(site, id);
        }
        if visitor_spoke && after.holder == Holder::Bot {
            self.assistants.ask(site, id, seq);
        }
        self.announce(site, LookAt::Conversation(id));
        self.forget_if_idle(site, id);
    }

    /// Tells a conversation's visitors and the site's agents who has it now.
    pub(super) fn tell_standing(&self, site: SiteId, id: ConversationId) {
        self.tell_cases(site, id);
        self.tell_state(site, id);
    }

    /// Tells the site's agents how a conversation stands.
    pub(super) fn tell_cases(&self, site: SiteId, id: ConversationId) {
        if let Some(frame) = self.case_frames(site, id) {
            self.hub.tell_agents(site, frame);
        }
    }

    /// Tells one of them.
    pub(super) fn tell_case(&self, site: SiteId, id: ConversationId, agent: AgentId) {
        if let Some(frame) = self.case_frames(site, id) {
            self.hub.tell_agent(agent, &frame(agent));
        }
    }

    /// What each agent is told of how a conversation stands; none if it is not on its desk.
    fn case_frames(
        &self,
        site: SiteId,
        id: ConversationId,
    ) -> Option<impl Fn(AgentId) -> Utf8Bytes> {
        let desk = self.desks.get(&site)?;
        let conversation = desk.conversation(id)?;
        let particulars = self.particulars(id);
        Some(move |agent| {
            let case = wire::case_of(desk, id, conversation, particulars, agent);
            wire::agent_frame(&AgentFrame::Case(case))
        })
    }

    pub(super) fn tell_state(&self, site: SiteId, id: ConversationId) {
        if self.hub.has_visitors(id)
            && let Some(state) = self.state(site, id)
        {
            self.hub.tell_state(id, state, |state| {
                wire::visitor_frame(&VisitorFrame::State(state.clone()))
            });
        }
    }

    /// Tells everybody in line their place, where it is another one than they were told.
    pub(super) fn tell_queue(&self, site: SiteId) {
        let Some(desk) = self.desks.get(&site) else {
            return;
        };
        metrics::gauge!("human_please_waiting").set(desk.queue().len() as f64);
        for (index, id) in desk.queue().iter().enumerate() {
            if self.hub.has_visitors(id)
                && let Some(state) = self.state_at(site, id, index + 1)
            {
                self.hub.tell_state(id, state, |state| {
                    wire::visitor_frame(&VisitorFrame::State(state.clone()))
                });
            }
        }
    }

    /// Takes a conversation that another server changed from the store again, and tells what was missed here.
    pub(super) async fn catch_up(
        &mut self,
        site: SiteId,
        id: ConversationId,
    ) -> Result<(), StoreError> {
        let stored = self.store.conversation(site, id).await?;
        let next_receipt = self.store.next_receipt(site).await?;
        let Some(desk) = self.desks.get_mut(&site) else {
            return Ok(());
        };
        // A conversation that has not begun must not be given a number that another server has given.
        desk.set_next_receipt(next_receipt);
        let Some(stored) = stored else {
            return Ok(());
        };
        let known = desk.conversation(id).cloned();
        let standing = stored.standing;
        desk.remember(id, standing.clone());
        self.remember_particulars(id, stored.particulars);
        self.heed_wish(site, id, standing.supervisor);
        self.heed_snooze(site, id, standing.arranged.snoozed);
        let before = known.as_ref().map(|conversation| conversation.holder);
        if before != Some(standing.holder) {
            self.stop_typing(id, None);
        }
        if let Some(known) = known {
            let holders = [known.holder.agent(), standing.holder.agent()];
            let mut knows_more = false;
            let page = self.store.history(id, Page::After(known.last_seq)).await?;
            // What has come since then is told with the standing that it led to, at the next look.
            let missed = page.events.into_iter();
            for event in missed.filter(|event| event.seq <= standing.last_seq) {
                let (visitor_frame, agent_frame) = wire::event_frames(id, &event);
                self.hub
                    .tell_event(id, event.seq, holders, (&visitor_frame, &agent_frame));
                knows_more |= self.cards.hear(id, &event);
                if matches!(
                    event.kind,
                    EventKind::Taken { .. }
                        | EventKind::LeftQueue {}
                        | EventKind::AssistantChosen {}
                        | EventKind::Ended {}
                        | EventKind::Reopened { .. }
                ) {
                    self.unwatch(site, id);
                }
            }
            if knows_more {
                self.tell_card(site, id);
            }
            self.reload_corrections(site, id).await;
        }
        self.tell_standing(site, id);
        if before != Some(standing.holder)
            && (before == Some(Holder::Queue) || standing.holder == Holder::Queue)
        {
            self.tell_queue(site);
            self.tell_counts(site);
        }
        self.forget_if_idle(site, id);
        Ok(())
    }
}

/// Who holds the conversation after a step and did not before.
fn new_holder(step: &Step) -> Option<AgentId> {
    let after = step.after.holder.agent();
    after.filter(|_| step.before.holder != step.after.holder)
}

/// Whether a step gives somebody room for what waits.
fn has_room_again(step: &Step) -> bool {
    step.before.busies().is_some() && step.before.busies() != step.after.busies()
}

/// Whether a step moves anybody in the line: words in the queue do not.
fn queue_moved(step: &Step) -> bool {
    step.before.holder != step.after.holder
        || step.before.request != step.after.request
        || step.before.busies() != step.after.busies()
}
