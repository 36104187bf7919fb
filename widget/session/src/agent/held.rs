//! Replies that are sent in a moment: until then their author can take them back.

use protocol::{AgentCommand, CommandId, ConversationId, checked_replies, checked_text};

use crate::moment::Moment;
use crate::outbox::Kept;

use super::{AgentSession, Notice, Output};

/// How long a reply can be taken back, in milliseconds, before it is sent. Once the server has it, it is the visitor's to
/// read and stays.
pub const UNDO_MS: u64 = 3_000;

/// A reply that is sent in a moment.
#[derive(Debug)]
pub(super) struct Held {
    pub id: CommandId,
    pub conversation: ConversationId,
    pub text: String,
    replies: Vec<String>,
    due: Moment,
}

impl Held {
    fn command(&self) -> AgentCommand {
        AgentCommand::Reply {
            conversation: self.conversation,
            text: self.text.clone(),
            replies: self.replies.clone(),
        }
    }
}

impl AgentSession {
    /// Sends what is in the reply box in a moment. What was held before goes at once: it was meant.
    pub(super) fn hold(&mut self, conversation: ConversationId, id: CommandId, now: Moment) {
        let is_repeat = self.held.iter().any(|held| held.id == id) || self.outbox.get(id).is_some();
        if is_repeat {
            return;
        }
        let talk = self.talk_mut(conversation);
        let text = match checked_text(&talk.draft) {
            Ok(text) => text,
            Err(error) => {
                self.tell(Notice::NotSent(conversation, error));
                return;
            }
        };
        self.send_held(Some(conversation), now);
        // Whoever has it next has it from there if this page is gone within the moment.
        self.keep_drafts_at_once(Some(conversation), now);
        let talk = self.talk_mut(conversation);
        let replies = checked_replies(talk.suggestions.lines());
        let stopped = talk.sender.stop();
        talk.draft.clear();
        talk.suggestions.clear();
        talk.handover.reply_upkeep.stop();
        self.held.push(Held {
            id,
            conversation,
            text,
            replies,
            due: now.after_ms(UNDO_MS),
        });
        if let Some(on) = stopped {
            self.tell_typing(conversation, on, now);
        }
        self.put(Output::Keep);
    }

    /// Takes back what is held in a conversation.
    pub(super) fn undo(&mut self, conversation: ConversationId, now: Moment) {
        let is_its = |held: &Held| held.conversation == conversation;
        let Some(place) = self.held.iter().position(is_its) else {
            return;
        };
        let held = self.held.remove(place);
        let talk = self.talk_mut(conversation);
        talk.hand_back(&held.text);
        talk.suggestions = held.replies.join("\n");
        self.keep_reply(conversation, now);
        self.put(Output::Keep);
    }

    /// Sends at once what is held, in one conversation or in all.
    pub(super) fn send_held(&mut self, only: Option<ConversationId>, now: Moment) {
        let is_meant = |held: &Held| only.is_none_or(|only| only == held.conversation);
        self.send_held_if(is_meant, now);
    }

    /// Sends what cannot be taken back any more.
    pub(super) fn send_what_was_held(&mut self, now: Moment) {
        self.send_held_if(|held| held.due <= now, now);
    }

    fn send_held_if(&mut self, is_meant: impl Fn(&Held) -> bool, now: Moment) {
        let (sent, held) = std::mem::take(&mut self.held)
            .into_iter()
            .partition(is_meant);
        self.held = held;
        let sent: Vec<Held> = sent;
        for held in sent {
            self.outbox.push(held.id, held.command());
            self.talk_mut(held.conversation).known.clear();
            // What was begun after it is to be kept after it.
            self.begin_upkeep(held.conversation, now);
            self.put(Output::Keep);
        }
    }

    /// What is held, as it outlives the page: it was to be sent.
    pub(super) fn held_to_keep(&self) -> impl Iterator<Item = Kept<AgentCommand>> {
        let next = self.outbox.next_order();
        let places = next..;
        self.held.iter().zip(places).map(|(held, order)| Kept {
            id: held.id,
            order,
            command: held.command(),
            refused: None,
        })
    }

    /// When the next of them is sent.
    pub(super) fn held_wake_at(&self) -> Option<Moment> {
        self.held.iter().map(|held| held.due).min()
    }

    /// The reply that can still be taken back in a conversation, and until when.
    #[must_use]
    pub fn held_reply(&self, conversation: ConversationId) -> Option<(&str, Moment)> {
        let held = self
            .held
            .iter()
            .find(|it| it.conversation == conversation)?;
        Some((&held.text, held.due))
    }
}
