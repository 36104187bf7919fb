//! What the server answers to what the agent asked for: done, or not done, and why.

use protocol::{
    Ack, AgentCommand, CaseHolder, CloseCode, CommandId, ConversationId, Note, RefusalCode,
    Refused, Seq,
};

use crate::moment::Moment;

use super::{AGAIN_MS, AgentSession, Asked, Deed, Notice, Output, Why, conversation_of, deed_of};

impl AgentSession {
    pub(super) fn acked(&mut self, ack: &Ack, now: Moment) {
        if let Some(asked) = self.asked.remove(&ack.id) {
            match asked {
                Asked::Duty(on) => {
                    self.duty_wish = None;
                    if let Some(greeting) = &mut self.greeting {
                        greeting.me.on_duty = on;
                    }
                    self.tell(Notice::Duty(on));
                }
                Asked::Keep(conversation, part) => {
                    self.kept_part(conversation, part, (ack.id, ack.at));
                }
                Asked::Most(most) => {
                    if let Some(greeting) = &mut self.greeting {
                        greeting.me.most = most;
                    }
                }
                // Its line has come before, or comes.
                Asked::Next => {}
                Asked::Hello
                | Asked::Open(_)
                | Asked::Older(_)
                | Asked::List(_)
                | Asked::Pass
                | Asked::Topic(_)
                | Asked::Correct(_) => {}
            }
            return;
        }
        let Some(command) = self.command(ack.id) else {
            return;
        };
        let Some(conversation) = conversation_of(&command) else {
            return;
        };
        if matches!(command, AgentCommand::Note { .. }) {
            self.outbox.remove(ack.id);
            self.note_kept(conversation, &command, ack);
            self.put(Output::Keep);
            return;
        }
        let Some(deed) = deed_of(&command) else {
            let last = self.last_shown(conversation);
            self.outbox.acked(ack, last);
            self.replied(conversation, now);
            self.put(Output::Keep);
            return;
        };
        self.outbox.acked(ack, Seq(u64::MAX));
        // The line that says so follows; until then the page must not offer the same again.
        let holder = match deed {
            Deed::Take => Some(CaseHolder::Me {}),
            Deed::Resolve => Some(CaseHolder::Nobody {}),
            Deed::Transfer => Some(CaseHolder::Queue {}),
            Deed::Snooze | Deed::Wake | Deed::AskLead | Deed::AskNoLead => None,
        };
        let goes_on = holder.is_none();
        if let Some(holder) = holder {
            self.cases.moved(conversation, holder);
        }
        if deed == Deed::Take {
            self.absence.regained(conversation);
            self.begin_upkeep(conversation, now);
        } else if !goes_on {
            self.talk_mut(conversation).handover.stop();
        }
        self.tell(Notice::Done(deed, conversation));
        self.look();
    }

    pub(super) fn refused(&mut self, refused: &Refused, now: Moment) {
        let Some(id) = refused.id else {
            return;
        };
        if let Some(asked) = self.asked.remove(&id) {
            self.question_refused(id, asked, refused, now);
            return;
        }
        let Some(command) = self.command(id) else {
            return;
        };
        self.outbox.refused(refused, now, &mut self.random);
        self.put(Output::Keep);
        let Some(conversation) = conversation_of(&command).filter(|_| !refused.retry) else {
            return;
        };
        match deed_of(&command) {
            None if matches!(command, AgentCommand::Note { .. }) => {
                self.outbox.remove(id);
                if let AgentCommand::Note { text, .. } = &command {
                    self.hand_back_note(conversation, text);
                }
                self.tell(Notice::NoteHandedBack(conversation, refused.code));
            }
            None => {
                self.hand_back(conversation);
                if self.cases.is_mine(conversation) {
                    self.begin_upkeep(conversation, now);
                }
                self.tell(Notice::HandedBack(conversation, refused.code));
            }
            Some(deed) => {
                self.outbox.remove(id);
                let why = self
                    .held_by_other(conversation)
                    .unwrap_or(Why::Refused(refused.code));
                self.tell(Notice::NotDone {
                    deed,
                    conversation,
                    why,
                });
            }
        }
    }

    fn question_refused(&mut self, id: CommandId, asked: Asked, refused: &Refused, now: Moment) {
        match asked {
            Asked::Keep(conversation, part) => {
                let again = refused.retry.then_some(now);
                self.part_refused(conversation, part, id, again);
            }
            Asked::Hello => {
                let step = match refused.code {
                    RefusalCode::WrongVersion => self.link.stop(CloseCode::WrongVersion),
                    _ => self.link.give_up(now, &mut self.random),
                };
                self.take_step(Some(step), now);
            }
            Asked::Most(_) => self.tell(Notice::MostNotChanged(Why::Refused(refused.code))),
            Asked::Next => self.tell(Notice::NextNotTaken(Why::Refused(refused.code))),
            // It is somebody else's already.
            Asked::Pass => {}
            Asked::List(_) => self.list_refused(now),
            Asked::Correct(conversation) => {
                let why = Why::Refused(refused.code);
                self.tell(Notice::NotCorrected(conversation, why));
            }
            Asked::Topic(conversation) => {
                let why = Why::Refused(refused.code);
                self.tell(Notice::TopicNotChanged(conversation, why));
            }
            Asked::Duty(_) => {
                self.duty_wish = None;
                self.tell(Notice::DutyNotChanged(Why::Refused(refused.code)));
            }
            Asked::Open(conversation) => {
                let talk = self.talk_mut(conversation);
                if refused.retry {
                    talk.put_off(now.after_ms(AGAIN_MS));
                } else {
                    talk.close();
                }
            }
            Asked::Older(conversation) => {
                self.talk_mut(conversation).asked = None;
                self.tell(Notice::NotLoaded(conversation));
            }
        }
    }

    /// A conversation has become this agent's who asked for what is next: that is what it was.
    pub(super) fn took_next(&mut self, conversation: ConversationId) {
        let next = self
            .asked
            .iter()
            .find(|(_, asked)| matches!(asked, Asked::Next));
        if let Some(id) = next.map(|(&id, _)| id) {
            self.asked.remove(&id);
            self.tell(Notice::Done(Deed::Take, conversation));
        }
    }

    /// The server has a note of this agent's: it is shown before its frame comes, for that may have come before the log was
    /// opened here.
    fn note_kept(&mut self, conversation: ConversationId, command: &AgentCommand, ack: &Ack) {
        let AgentCommand::Note { text, .. } = command else {
            return;
        };
        let name = self.name().to_owned();
        let last = self.cases.get(conversation).map(|case| case.last_seq);
        let talk = self.talk_mut(conversation);
        let after = talk.timeline.last().max(last.unwrap_or(Seq(0)));
        talk.add_note(Note {
            id: ack.id,
            after,
            at: ack.at,
            name,
            text: text.clone(),
        });
    }

    pub(super) fn held_by_other(&self, conversation: ConversationId) -> Option<Why> {
        match self.cases.holder(conversation) {
            Some(CaseHolder::Other { name }) => Some(Why::Other(name.clone())),
            _ => None,
        }
    }

    fn command(&self, id: CommandId) -> Option<AgentCommand> {
        self.outbox.get(id).map(|entry| entry.kept.command.clone())
    }

    /// The event after which a reply of this agent will be seen in the log. Where the log is not followed, it
    /// will not be seen, and need not be waited for.
    fn last_shown(&self, conversation: ConversationId) -> Seq {
        self.talks
            .get(&conversation)
            .filter(|talk| talk.followed)
            .map_or(Seq(u64::MAX), |talk| talk.timeline.last())
    }
}
