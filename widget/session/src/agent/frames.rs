//! What the server says, and what it means for the agent.

use protocol::{
    AgentFrame, AgentWelcome, Author, Case, CommandId, ConversationId, Event, EventKind,
    HistoryPage, Seq,
};

use crate::moment::Moment;
use crate::outbox::Standing;

use super::cases::{Cases, Moved};
use super::{
    AgentSession, Alert, Asked, Deed, Greeting, Notice, Output, Why, conversation_of, deed_of,
};

impl AgentSession {
    pub(super) fn frame(&mut self, frame: AgentFrame, now: Moment) {
        match frame {
            AgentFrame::Welcome(welcome) => self.welcomed(welcome, now),
            AgentFrame::Case(case) => self.hear_case(case, now),
            AgentFrame::Listed {
                id,
                list,
                cases,
                rest,
            } => self.hear_listed(id, (list, rest), cases, now),
            AgentFrame::Counts(counts) => self.cases.count(counts),
            AgentFrame::Event {
                conversation,
                event,
            } => self.hear_event(conversation, event, now),
            AgentFrame::History {
                id,
                conversation,
                page,
            } => self.history(id, conversation, page, now),
            AgentFrame::Draft {
                conversation,
                draft,
            } => self.hear_draft(conversation, draft, now),
            AgentFrame::Context {
                conversation,
                values,
            } => self.talk_mut(conversation).context = values,
            AgentFrame::Card {
                conversation,
                facts,
            } => self.talk_mut(conversation).facts = facts,
            AgentFrame::Known {
                conversation,
                facts,
            } => self.talk_mut(conversation).known = facts,
            AgentFrame::Notes {
                conversation,
                notes,
            } => self.talk_mut(conversation).notes = notes,
            AgentFrame::Note { conversation, note } => {
                if let Some(talk) = self.talks.get_mut(&conversation) {
                    talk.add_note(note);
                }
            }
            AgentFrame::Viewers {
                conversation,
                names,
            } => {
                if self.viewing == Some(conversation) {
                    self.talk_mut(conversation).viewers = names;
                }
            }
            AgentFrame::Staff(staff) => self.staff = staff,
            AgentFrame::Typing {
                conversation,
                typing,
            } => {
                if self.cases.is_mine(conversation) || self.viewing == Some(conversation) {
                    self.talk_mut(conversation).heard.heard(typing, now);
                }
            }
            AgentFrame::Duty { on } => self.duty_is(on),
            AgentFrame::Ack(ack) => self.acked(&ack, now),
            AgentFrame::Refused(refused) => self.refused(&refused, now),
            AgentFrame::Pong { .. } => {}
        }
    }

    fn welcomed(&mut self, mut welcome: AgentWelcome, now: Moment) {
        self.link.greeted(welcome.heartbeat_ms, now);
        self.asked.clear();
        self.absence.heard(now);
        let before = self.greeting.take();
        let away_ms = self.away_ms(before.as_ref(), welcome.now);
        let goes_on = before
            .as_ref()
            .is_some_and(|greeting| greeting.epoch == welcome.epoch);
        if !goes_on {
            for talk in self.talks.values_mut() {
                talk.start_over();
            }
            self.outbox.forget_done();
            self.cases = Cases::default();
        }
        self.settle_duty(
            before.is_some_and(|greeting| greeting.me.on_duty),
            welcome.me.on_duty,
        );
        self.greeting = Some(Greeting {
            epoch: welcome.epoch,
            me: welcome.me.clone(),
            site: std::mem::take(&mut welcome.site),
            clock: (welcome.now, now),
        });
        let lapsed = std::mem::take(&mut welcome.lapsed);
        let viewing = self.viewing;
        let new = self.cases.replace(welcome, |it| viewing == Some(it));
        if goes_on && !new.is_empty() {
            self.alert(Alert::Request);
        }
        self.settle_deeds();
        self.hear_lapses(lapsed, away_ms);
        self.settle_upkeep(now);
        if self.viewing.is_some() {
            self.tell_view(now);
        }
        self.look();
        self.forget_unseen();
    }

    /// What is not this agent's any more is not theirs to write either.
    fn settle_upkeep(&mut self, now: Moment) {
        for (&conversation, talk) in &mut self.talks {
            if self.cases.is_mine(conversation) {
                self.absence.regained(conversation);
                if talk.handover.has_unsaved_note() {
                    talk.handover.note_upkeep.changed(now);
                }
            } else {
                talk.handover.stop();
            }
        }
    }

    /// Says what became of being on duty while the connection was away.
    fn settle_duty(&mut self, was: bool, is: bool) {
        match self.duty_wish.take() {
            Some(wish) if wish == is => self.tell(Notice::Duty(wish)),
            Some(_) => self.tell(Notice::DutyNotChanged(Why::NoConnection)),
            None if was && !is => self.tell(Notice::TakenOffDuty),
            None => {}
        }
    }

    /// Finds out what became of the deeds whose answers were lost with the last connection. They are not sent
    /// again: the agent has not seen what happened meanwhile.
    fn settle_deeds(&mut self) {
        let lost: Vec<_> = self
            .outbox
            .entries()
            .iter()
            .filter_map(|entry| {
                let command = &entry.kept.command;
                Some((entry.kept.id, deed_of(command)?, conversation_of(command)?))
            })
            .collect();
        for (id, deed, conversation) in lost {
            self.outbox.remove(id);
            let is_mine = self.cases.is_mine(conversation);
            let case = self.cases.get(conversation);
            let done = match deed {
                Deed::Take => is_mine,
                Deed::Resolve | Deed::Transfer => !is_mine,
                Deed::Snooze => case.is_some_and(|case| case.snoozed.is_some()),
                Deed::Wake => is_mine && case.is_some_and(|case| case.snoozed.is_none()),
                Deed::AskLead => case.is_some_and(|case| case.help.is_some()),
                Deed::AskNoLead => case.is_none_or(|case| case.help.is_none()),
            };
            if done {
                self.tell(Notice::Done(deed, conversation));
            } else {
                let why = self
                    .held_by_other(conversation)
                    .unwrap_or(Why::NoConnection);
                self.tell(Notice::NotDone {
                    deed,
                    conversation,
                    why,
                });
            }
        }
    }

    fn hear_case(&mut self, case: Case, now: Moment) {
        let conversation = case.conversation;
        let last_seq = case.last_seq;
        let unread = self.cases.unread(conversation);
        let was_offered = self.is_offered(conversation);
        let moved = self.cases.put(case);
        if !was_offered && self.is_offered(conversation) {
            self.alert(Alert::Offer);
        }
        match moved {
            Moved::IntoQueue => self.alert(Alert::Request),
            Moved::Wanted => {
                // The server refused to show it before, perhaps.
                self.talk_mut(conversation).closed = false;
                self.alert(Alert::Request);
            }
            Moved::FromMe => {
                let talk = self.talk_mut(conversation);
                talk.heard.clear();
                talk.sender.disconnected();
                talk.handover.stop();
                // From now on it counts for nobody, and counts again when this agent has taken it again.
                talk.told_seen = Seq(0);
            }
            Moved::ToMe => {
                self.took_next(conversation);
                self.absence.regained(conversation);
                self.begin_upkeep(conversation, now);
            }
            Moved::Nowhere => {}
        }
        if let Some(talk) = self.talks.get_mut(&conversation)
            && talk.followed
        {
            talk.expect(last_seq, now);
        }
        self.alert_unread(conversation, unread);
        self.look();
        self.forget_unseen();
    }

    fn hear_event(&mut self, conversation: ConversationId, event: Event, now: Moment) {
        let unread = self.cases.unread(conversation);
        if let EventKind::Message(message) = &event.kind {
            match message.author {
                Author::Visitor {} => {
                    self.cases
                        .visitor_wrote(conversation, event.seq, &message.text);
                }
                Author::Agent { .. } => self.cases.person_wrote(conversation, event.seq),
                Author::Bot {} => {}
            }
        }
        self.alert_unread(conversation, unread);
        self.look();
        if let Some(talk) = self.talks.get_mut(&conversation) {
            if let EventKind::Message(message) = &event.kind {
                talk.heard.wrote(&message.author);
            }
            if talk.followed {
                talk.add(event, now);
            }
        }
        self.drop_shown(conversation);
    }

    fn history(
        &mut self,
        id: CommandId,
        conversation: ConversationId,
        page: HistoryPage,
        now: Moment,
    ) {
        let asked = self.asked.remove(&id);
        let Some(talk) = self.talks.get_mut(&conversation) else {
            return;
        };
        match asked {
            Some(Asked::Open(_)) => talk.opened(page, now),
            Some(Asked::Older(_)) => talk.older(page),
            Some(_) | None => return,
        }
        self.drop_shown(conversation);
    }

    fn duty_is(&mut self, on: bool) {
        let Some(greeting) = &mut self.greeting else {
            return;
        };
        let was = std::mem::replace(&mut greeting.me.on_duty, on);
        if was && !on && self.duty_wish != Some(false) {
            self.tell(Notice::TakenOffDuty);
        }
    }

    /// Whether a conversation is offered to this agent.
    fn is_offered(&self, conversation: ConversationId) -> bool {
        let case = self.cases.get(conversation);
        case.is_some_and(|case| case.offer.is_some())
    }

    /// Removes the replies whose messages are shown in the log now. What says something to the visitor beside what it does
    /// waits for its answer, which tells the agent that it is done.
    fn drop_shown(&mut self, conversation: ConversationId) {
        let Some(talk) = self.talks.get(&conversation) else {
            return;
        };
        let events = talk.timeline.events();
        let last = talk.timeline.last();
        let shown: Vec<CommandId> = self
            .outbox
            .entries()
            .iter()
            .filter(|entry| conversation_of(&entry.kept.command) == Some(conversation))
            .filter(|entry| deed_of(&entry.kept.command).is_none())
            .filter(|entry| {
                matches!(entry.standing, Standing::Done(seq) if seq <= last)
                    || events.iter().rev().any(|event| {
                        matches!(&event.kind, EventKind::Message(message) if message.id == entry.kept.id)
                    })
            })
            .map(|entry| entry.kept.id)
            .collect();
        if !shown.is_empty() {
            self.put(Output::Keep);
        }
        for id in shown {
            self.outbox.remove(id);
        }
    }

    fn alert_unread(&mut self, conversation: ConversationId, before: u32) {
        let looked_at = self.in_view && self.viewing == Some(conversation);
        let mine = self.cases.is_mine(conversation);
        if mine && !looked_at && self.cases.unread(conversation) > before {
            self.put(Output::Alert(Alert::Message));
        }
    }

    /// Somebody who is off duty is left in peace.
    fn alert(&mut self, alert: Alert) {
        if self.on_duty() {
            self.put(Output::Alert(alert));
        }
    }
}
