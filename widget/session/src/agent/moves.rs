//! What the agent does with conversations as a whole: takes what is next, passes on, puts off, asks for help, notes.

use protocol::{
    AgentCommand, CommandId, ConversationId, Correction, Recipient, Timestamp, TopicId,
    checked_text,
};

use crate::moment::Moment;

use super::{AgentSession, Asked, Deed, Notice, Output, Why};

/// Which conversation, and under which id.
type About = (ConversationId, CommandId);

impl AgentSession {
    /// Chooses how many conversations the agent has at the same time.
    pub(super) fn wish_most(&mut self, most: u32, now: Moment) {
        if !self.link.is_live() {
            self.tell(Notice::MostNotChanged(Why::NoConnection));
            return;
        }
        self.ask(AgentCommand::Most { most }, Some(Asked::Most(most)), now);
    }

    /// Takes what is next; its line says which it was.
    pub(super) fn take_next(&mut self, now: Moment) {
        if !self.link.is_live() {
            self.tell(Notice::NextNotTaken(Why::NoConnection));
            return;
        }
        if !self.takes_next() {
            self.ask(AgentCommand::TakeNext {}, Some(Asked::Next), now);
        }
    }

    /// Whether what is next is being taken.
    #[must_use]
    pub fn takes_next(&self) -> bool {
        self.asked
            .values()
            .any(|asked| matches!(asked, Asked::Next))
    }

    /// Lets an offer go on.
    pub(super) fn pass(&mut self, conversation: ConversationId, now: Moment) {
        self.cases.passed(conversation);
        if self.link.is_live() {
            let command = AgentCommand::Pass { conversation };
            self.ask(command, Some(Asked::Pass), now);
        }
    }

    pub(super) fn pass_on(
        &mut self,
        about: About,
        to: Option<Recipient>,
        note: String,
        now: Moment,
    ) {
        let (conversation, _) = about;
        let note = checked_text(&note).ok();
        let command = AgentCommand::Transfer {
            conversation,
            to,
            note,
        };
        self.do_with(Deed::Transfer, about, command, now);
    }

    pub(super) fn ask_lead(&mut self, about: About, note: String, now: Moment) {
        let (conversation, _) = about;
        let note = checked_text(&note).ok();
        let command = AgentCommand::AskLead {
            conversation,
            on: true,
            note,
        };
        self.do_with(Deed::AskLead, about, command, now);
    }

    pub(super) fn snooze(&mut self, about: About, until: Timestamp, text: String, now: Moment) {
        let (conversation, _) = about;
        match checked_text(&text) {
            Ok(text) => {
                let command = AgentCommand::Snooze {
                    conversation,
                    until,
                    text,
                };
                self.do_with(Deed::Snooze, about, command, now);
            }
            Err(error) => self.tell(Notice::NotSent(conversation, error)),
        }
    }

    /// Does something with a conversation as a whole, after all that was written before.
    pub(super) fn do_with(
        &mut self,
        deed: Deed,
        (conversation, id): About,
        command: AgentCommand,
        now: Moment,
    ) {
        if !self.link.is_live() {
            // Done later, it would be done to a conversation that the agent has not seen.
            let why = Why::NoConnection;
            self.tell(Notice::NotDone {
                deed,
                conversation,
                why,
            });
            return;
        }
        if self.deed(conversation).is_some() {
            return;
        }
        self.send_held(Some(conversation), now);
        // With the claim ends the right to keep anything here.
        self.keep_drafts_at_once(Some(conversation), now);
        self.outbox.push(id, command);
    }

    /// Leaves the note that is in its box.
    pub(super) fn add_note(&mut self, conversation: ConversationId, id: CommandId, now: Moment) {
        let text = match checked_text(self.note_of(conversation)) {
            Ok(text) => text,
            Err(error) => {
                self.tell(Notice::NoteNotAdded(conversation, error));
                return;
            }
        };
        let command = AgentCommand::Note { conversation, text };
        if self.outbox.push(id, command) {
            self.write_note(conversation, String::new(), now);
            self.put(Output::Keep);
        }
    }

    pub(super) fn correct(
        &mut self,
        conversation: ConversationId,
        correction: Correction,
        now: Moment,
    ) {
        if !self.link.is_live() {
            self.tell(Notice::NotCorrected(conversation, Why::NoConnection));
            return;
        }
        let command = AgentCommand::Correct {
            conversation,
            correction,
        };
        self.ask(command, Some(Asked::Correct(conversation)), now);
    }

    pub(super) fn choose_topic(
        &mut self,
        conversation: ConversationId,
        topic: Option<TopicId>,
        now: Moment,
    ) {
        if !self.link.is_live() {
            self.tell(Notice::TopicNotChanged(conversation, Why::NoConnection));
            return;
        }
        let command = AgentCommand::Topic {
            conversation,
            topic,
        };
        self.ask(command, Some(Asked::Topic(conversation)), now);
    }
}
