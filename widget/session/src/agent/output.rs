//! What the session wants from the page.

use protocol::{AgentCommand, ClientFrame, ConversationId, RefusalCode, TextError};

use super::input::Deed;

/// What the page is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Open a connection.
    Connect,
    /// Close the connection and report nothing of it any more.
    Close,
    /// Send this.
    Send(ClientFrame<AgentCommand>),
    /// A connection could not be made. A browser does not say why: ask the server whether the agent is still
    /// signed in, and report [`Input::SignedOut`](super::Input::SignedOut) if not.
    CheckSignIn,
    /// [`AgentSession::kept`](super::AgentSession::kept) has changed: put it away.
    Keep,
    /// Something that is shown may have changed.
    Changed,
    /// Draw the agent's attention.
    Alert(Alert),
    /// Tell the agent, in words.
    Told(Notice),
}

/// What deserves a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// Somebody began to wait for a person.
    Request,
    /// Something that waits is offered to this agent.
    Offer,
    /// A visitor wrote where this agent is not looking.
    Message,
}

/// Something that the agent must be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It is done.
    Done(Deed, ConversationId),
    /// It is not done.
    NotDone {
        /// What.
        deed: Deed,
        /// To which conversation.
        conversation: ConversationId,
        /// Why.
        why: Why,
    },
    /// A reply cannot be sent as it is. It stays in the reply box.
    NotSent(ConversationId, TextError),
    /// A reply was refused for good. Its text is back in the reply box.
    HandedBack(ConversationId, RefusalCode),
    /// The agent is on or off duty as they wished.
    Duty(bool),
    /// The agent is still as they were, and why.
    DutyNotChanged(Why),
    /// The agent is off duty and did not ask for that on this page.
    TakenOffDuty,
    /// Conversations of the agent's went back to the queue while they were gone, and they are off duty.
    Lost {
        /// How many.
        count: usize,
        /// For how long they were gone, in milliseconds; none if this page was not there before.
        away_ms: Option<u64>,
    },
    /// The older events could not be loaded now.
    NotLoaded(ConversationId),
    /// How many conversations the agent has at the same time is not what they chose, and why.
    MostNotChanged(Why),
    /// What is next was not taken, and why.
    NextNotTaken(Why),
    /// A note cannot be left as it is. It stays in its box.
    NoteNotAdded(ConversationId, TextError),
    /// A note was refused for good. Its text is back in its box.
    NoteHandedBack(ConversationId, RefusalCode),
    /// The topic is not what the agent chose, and why.
    TopicNotChanged(ConversationId, Why),
    /// What is known of a conversation could not be put right.
    NotCorrected(ConversationId, Why),
}

/// Why something is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is no connection, or it was lost before the answer came.
    NoConnection,
    /// Another person has the conversation, by this name.
    Other(String),
    /// The server said so.
    Refused(RefusalCode),
}
