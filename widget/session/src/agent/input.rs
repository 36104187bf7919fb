//! What the page hands to the session.

use protocol::{AgentFrame, CommandId, ConversationId};

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
    /// Send what is in the reply box, under this id.
    Reply(ConversationId, CommandId),
    /// Do something with a conversation, under this id.
    Act(Deed, ConversationId, CommandId),
}

/// What an agent does with a conversation as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Take it out of the queue.
    Take,
    /// Mark it as solved.
    Resolve,
    /// Give it back to the queue.
    Transfer,
}
