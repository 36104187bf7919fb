//! What the page hands to the session.

use protocol::{AgentFrame, CommandId, ConversationId, Correction, Recipient, Timestamp, TopicId};

use super::List;

/// What happens to the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The connection is open.
    Connected,
    /// The server said something.
    Frame(AgentFrame),
    /// The server said something that this client does not know. It counts as a sign of life.
    Unknown,
    /// The connection ended, with the number of the close frame if there was one.
    Closed(Option<u16>),
    /// It is time: [`AgentSession::wake_at`](super::AgentSession::wake_at) is reached.
    Wake,
    /// The network changed, or the page came back into view.
    Nudged,
    /// The agent signed in again.
    SignedIn,
    /// The agent is not signed in any more: they have signed out, or the answer to [`Output::CheckSignIn`](super::Output::CheckSignIn) is no.
    SignedOut,
    /// Go on or off duty.
    Duty(bool),
    /// Look at a conversation, or at none.
    View(Option<ConversationId>),
    /// Whether the page can be seen.
    InView(bool),
    /// The page has come to this line of a list, counted from 1.
    Shown(List, usize),
    /// Load events before the first one that is loaded.
    Older(ConversationId),
    /// The text in the reply box changed.
    Draft(ConversationId, String),
    /// The answers to suggest with the next reply changed: one on each line.
    Suggest(ConversationId, String),
    /// The text of the note for colleagues changed.
    Note(ConversationId, String),
    /// Put the words that were begun elsewhere before what is in the reply box.
    UseBegun(ConversationId),
    /// The words that were begun elsewhere are not wanted.
    DropBegun(ConversationId),
    /// Choose how many conversations the agent has at the same time.
    Most(u32),
    /// Take what is next.
    TakeNext,
    /// Let an offer go on to somebody else.
    Pass(ConversationId),
    /// Send what is in the reply box, under this id.
    Reply(ConversationId, CommandId),
    /// Send it in a moment, under this id: until then it can be taken back.
    Hold(ConversationId, CommandId),
    /// Take back what is held: it is in the reply box again.
    Undo(ConversationId),
    /// Send at once what is held.
    SendHeld(ConversationId),
    /// Leave the note for colleagues that is in its box, under this id.
    AddNote(ConversationId, CommandId),
    /// Put right what is known of a conversation.
    Correct(ConversationId, Correction),
    /// Say what a conversation is about.
    Topic(ConversationId, Option<TopicId>),
    /// Pass a conversation on, under this id.
    PassOn {
        /// Which.
        conversation: ConversationId,
        /// To whom; none for whoever is next.
        to: Option<Recipient>,
        /// A note for them; empty for none.
        note: String,
        /// The command's id.
        id: CommandId,
    },
    /// Ask a lead to take part, under this id.
    AskLead {
        /// In which.
        conversation: ConversationId,
        /// A note for them; empty for none.
        note: String,
        /// The command's id.
        id: CommandId,
    },
    /// Put a conversation off, under this id.
    Snooze {
        /// Which.
        conversation: ConversationId,
        /// Until when.
        until: Timestamp,
        /// What the visitor is told.
        text: String,
        /// The command's id.
        id: CommandId,
    },
    /// Do something with a conversation, under this id.
    Act(Deed, ConversationId, CommandId),
}

/// What an agent does with a conversation as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Take it out of the queue.
    Take,
    /// Mark it as solved, and ask the visitor whether it is.
    Resolve,
    /// Pass it on.
    Transfer,
    /// Put it off.
    Snooze,
    /// Go on with what was put off.
    Wake,
    /// Ask a lead to take part.
    AskLead,
    /// Ask no lead any more.
    AskNoLead,
}
