//! What the agent does: look, write, take, solve, pass on, go on and off duty.

use protocol::{
    AgentCommand, Author, CaseHolder, CommandId, ConversationId, RefusalCode, TextError,
    checked_replies, checked_text,
};

use crate::moment::Moment;
use crate::outbox::Standing;

use super::talk::Talk;
use super::{AgentSession, Asked, Deed, Notice, Output, Why, conversation_of, deed_of};

impl AgentSession {
    pub(super) fn wish_duty(&mut self, on: bool, now: Moment) {
        if !self.link.is_live() {
            self.tell(Notice::DutyNotChanged(Why::NoConnection));
            return;
        }
        self.duty_wish = Some(on);
        self.ask(AgentCommand::Duty { on }, Some(Asked::Duty(on)), now);
    }

    pub(super) fn view(&mut self, conversation: Option<ConversationId>, now: Moment) {
        if self.viewing != conversation {
            self.viewing = conversation;
            self.tell_view(now);
        }
        if self.on_duty() {
            self.absence.forget_but(conversation);
        }
        if let Some(conversation) = conversation {
            // Looking again asks again, whatever the server said before.
            self.talk_mut(conversation).closed = false;
        }
        self.look();
        self.forget_unseen();
    }

    /// What is in view is read.
    pub(super) fn look(&mut self) {
        if self.in_view
            && let Some(conversation) = self.viewing
        {
            self.cases.viewed(conversation);
        }
    }

    pub(super) fn draft(&mut self, conversation: ConversationId, text: String, now: Moment) {
        let holds = self.cases.is_mine(conversation);
        let live = self.link.is_live();
        let talk = self.talk_mut(conversation);
        if talk.draft == text {
            return;
        }
        let empty = text.trim().is_empty();
        talk.draft = text;
        // The visitor of a conversation that waits must not see somebody write who cannot answer.
        let tell = if holds && live {
            talk.sender.typed(empty, now)
        } else {
            None
        };
        if let Some(on) = tell {
            self.tell_typing(conversation, on, now);
        }
        self.keep_reply(conversation, now);
        self.put(Output::Keep);
    }

    pub(super) fn reply(&mut self, conversation: ConversationId, id: CommandId, now: Moment) {
        let talk = self.talk_mut(conversation);
        let text = match checked_text(&talk.draft) {
            Ok(text) => text,
            Err(error) => {
                self.tell(Notice::NotSent(conversation, error));
                return;
            }
        };
        let replies = checked_replies(talk.suggestions.lines());
        let command = AgentCommand::Reply {
            conversation,
            text,
            replies,
        };
        if !self.outbox.push(id, command) {
            // The id is taken: a repeat of the same press.
            return;
        }
        let talk = self.talk_mut(conversation);
        talk.draft.clear();
        talk.suggestions.clear();
        talk.handover.reply_upkeep.stop();
        let stopped = talk.sender.stop();
        if let Some(on) = stopped {
            self.tell_typing(conversation, on, now);
        }
        self.put(Output::Keep);
    }

    pub(super) fn act(
        &mut self,
        deed: Deed,
        conversation: ConversationId,
        id: CommandId,
        now: Moment,
    ) {
        let ask_lead = |on| AgentCommand::AskLead {
            conversation,
            on,
            note: None,
        };
        let command = match deed {
            Deed::Take => AgentCommand::Take { conversation },
            Deed::Resolve => AgentCommand::Resolve {
                conversation,
                ask: true,
            },
            Deed::Transfer => AgentCommand::Transfer {
                conversation,
                to: None,
                note: None,
            },
            Deed::AskLead => ask_lead(true),
            Deed::AskNoLead => ask_lead(false),
            Deed::Wake => AgentCommand::Wake { conversation },
            // Only with a time, and words for the visitor.
            Deed::Snooze => return,
        };
        self.do_with(deed, (conversation, id), command, now);
    }

    /// Tells the server what this page shows, for the others who look at it.
    pub(super) fn tell_view(&mut self, now: Moment) {
        let conversation = self.viewing;
        if let Some(viewed) = conversation {
            self.talk_mut(viewed).viewers.clear();
        }
        if self.link.is_live() {
            self.ask(AgentCommand::View { conversation }, None, now);
        }
    }

    /// Tells the visitor whose conversation is in view that their last message was.
    pub(super) fn tell_seen(&mut self, now: Moment) {
        let mine = |conversation: &ConversationId| self.cases.is_mine(*conversation);
        let Some(conversation) = self.viewing.filter(mine).filter(|_| self.in_view) else {
            return;
        };
        let talk = self.talk_mut(conversation);
        let seq = talk
            .timeline
            .last_message(|author| *author == Author::Visitor {});
        if talk.followed && seq > talk.told_seen {
            talk.told_seen = seq;
            self.ask(AgentCommand::Seen { conversation, seq }, None, now);
        }
    }

    /// Asks for older events, once at a time.
    pub(super) fn ask_older(&mut self, conversation: ConversationId, now: Moment) {
        let live = self.link.is_live();
        let talk = self.talk_mut(conversation);
        if talk.asked.is_some() || !talk.timeline.earlier() {
            return;
        }
        if !live {
            self.tell(Notice::NotLoaded(conversation));
            return;
        }
        let before = talk.timeline.first();
        let command = AgentCommand::History {
            conversation,
            before,
        };
        let id = self.ask(command, Some(Asked::Older(conversation)), now);
        self.talk_mut(conversation).asked = Some(id);
    }

    /// Asks for the log of the conversation that is looked at, if it is not here or is behind.
    pub(super) fn load_viewed(&mut self, now: Moment) {
        let Some(conversation) = self.viewing else {
            return;
        };
        // What somebody else has is not this agent's to read. What is in no list was found again: the server knows whose it was.
        let is_anothers = matches!(
            self.cases.holder(conversation),
            Some(CaseHolder::Other { .. } | CaseHolder::Bot {})
        );
        let may_open = !is_anothers || self.cases.waits(conversation) || self.cases.lead();
        let talk = self.talk_mut(conversation);
        let wanted = (may_open && talk.is_unloaded()) || talk.is_behind(now);
        if !wanted {
            return;
        }
        let after = talk.timeline.last();
        let command = AgentCommand::Open {
            conversation,
            after,
        };
        let id = self.ask(command, Some(Asked::Open(conversation)), now);
        self.talk_mut(conversation).asked = Some(id);
    }

    pub(super) fn tell_typing(&mut self, conversation: ConversationId, on: bool, now: Moment) {
        if self.link.is_live() && self.cases.is_mine(conversation) {
            self.ask(AgentCommand::Typing { conversation, on }, None, now);
        }
    }

    /// Puts the replies of a conversation that the server will not take back into its reply box, in the order
    /// in which they were written, and drops what was to be done after them.
    pub(super) fn hand_back(&mut self, conversation: ConversationId) {
        let mut texts = Vec::new();
        let mut notes = Vec::new();
        let mut gone = Vec::new();
        for entry in self.outbox.entries() {
            if conversation_of(&entry.kept.command) != Some(conversation) {
                continue;
            }
            if let AgentCommand::Reply { text, .. } = &entry.kept.command {
                if matches!(entry.standing, Standing::Done(_)) {
                    continue;
                }
                texts.push(text.clone());
            }
            if let AgentCommand::Note { text, .. } = &entry.kept.command {
                notes.push(text.clone());
            }
            gone.push((entry.kept.id, deed_of(&entry.kept.command)));
        }
        for &(id, _) in &gone {
            self.outbox.remove(id);
        }
        if !texts.is_empty() {
            self.talk_mut(conversation).hand_back(&texts.join("\n\n"));
        }
        if !notes.is_empty() {
            self.hand_back_note(conversation, &notes.join("\n\n"));
        }
        for deed in gone.into_iter().filter_map(|(_, deed)| deed) {
            self.tell(Notice::NotDone {
                deed,
                conversation,
                why: Why::Refused(RefusalCode::NotYours),
            });
        }
        self.put(Output::Keep);
    }

    /// What is being done with a conversation and has no answer yet.
    #[must_use]
    pub fn deed(&self, conversation: ConversationId) -> Option<Deed> {
        self.outbox
            .entries()
            .iter()
            .filter(|entry| conversation_of(&entry.kept.command) == Some(conversation))
            .find_map(|entry| deed_of(&entry.kept.command))
    }

    /// Whether the reply box of a conversation holds nothing that could be sent, and why.
    #[must_use]
    pub fn draft_error(&self, conversation: ConversationId) -> Option<TextError> {
        checked_text(self.draft_of(conversation)).err()
    }

    pub(super) fn talk_mut(&mut self, conversation: ConversationId) -> &mut Talk {
        self.talks.entry(conversation).or_default()
    }

    /// Forgets the logs of conversations that this agent neither holds nor looks at. What they wrote stays.
    pub(super) fn forget_unseen(&mut self) {
        let (cases, viewing) = (&self.cases, self.viewing);
        self.talks.retain(|&conversation, talk| {
            if cases.is_mine(conversation) || viewing == Some(conversation) {
                return true;
            }
            talk.start_over();
            !talk.draft.trim().is_empty() || talk.handover.has_unsaved_note()
        });
        let concerned: Vec<ConversationId> = self
            .outbox
            .entries()
            .iter()
            .filter_map(|entry| conversation_of(&entry.kept.command))
            .chain(viewing)
            .collect();
        self.cases
            .forget_others(|conversation| concerned.contains(&conversation));
        let unseen: Vec<CommandId> = self
            .outbox
            .entries()
            .iter()
            .filter(|entry| matches!(entry.standing, Standing::Done(_)))
            .filter(|entry| {
                conversation_of(&entry.kept.command)
                    .is_none_or(|conversation| !self.talks.contains_key(&conversation))
            })
            .map(|entry| entry.kept.id)
            .collect();
        for id in unseen {
            self.outbox.remove(id);
        }
    }
}
