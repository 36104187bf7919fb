//! What the session of a visitor is told.

use protocol::{CommandId, Context, Correction, Token, VisitorFrame};

/// What happened at the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The connection that was asked for is open.
    Connected,
    /// A frame came in on it.
    Frame(Box<VisitorFrame>),
    /// It ended, with the number of its close frame if there was one.
    Closed(Option<u16>),
    /// Time has passed.
    Wake,
    /// The network changed: it may be there again, or gone.
    NetworkChanged,
    /// The page came into view, or went out of it.
    Visible(bool),
    /// The visitor's draft is this now.
    Typed(String),
    /// The visitor sends a message.
    Say {
        /// Fresh and hard to guess: the message's id for ever.
        id: CommandId,
        /// As [`checked_text`](protocol::checked_text) returned it.
        text: String,
    },
    /// The visitor asks for a person.
    Human {
        /// Fresh and hard to guess.
        id: CommandId,
    },
    /// The visitor asks for a supervisor.
    Supervisor {
        /// Fresh and hard to guess.
        id: CommandId,
    },
    /// The visitor leaves the line.
    Leave {
        /// Fresh and hard to guess.
        id: CommandId,
    },
    /// The visitor goes back to the assistant.
    Assistant {
        /// Fresh and hard to guess.
        id: CommandId,
    },
    /// The visitor ends the conversation.
    End {
        /// Fresh and hard to guess.
        id: CommandId,
    },
    /// The visitor leaves an email address, or takes back what they left.
    Contact {
        /// Fresh and hard to guess.
        id: CommandId,
        /// What was typed; empty to take it back.
        email: String,
    },
    /// The visitor puts right what people are shown of the conversation.
    Correct {
        /// Fresh and hard to guess.
        id: CommandId,
        /// What, as [`checked_correction`](protocol::checked_correction) returned it.
        correction: Correction,
    },
    /// The shop's page says what it knows of the visitor, as [`checked_context`](protocol::checked_context) returned it.
    Context(Context),
    /// The visitor takes a message that was refused for good back into the box.
    TakeBack {
        /// The message's id.
        id: CommandId,
        /// What is in the box now.
        draft: String,
    },
    /// The visitor wants to see what came before the first event.
    Earlier,
    /// Another tab of this browser has begun the conversation of this token.
    TokenFound(Token),
    /// The server has taken this command by another way than the connection: a post of the page's form.
    Posted {
        /// The command's id.
        id: CommandId,
    },
}
