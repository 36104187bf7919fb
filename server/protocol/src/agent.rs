//! What an agent's client and the server say to each other.

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::frame::{Ack, HistoryPage, Typing};
use crate::id::{AgentId, CommandId, ConversationId, EpochId, Receipt, Seq, Timestamp};
use crate::refusal::Refused;

/// What an agent's client may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentCommand {
    /// The first command of a connection. Answered by `welcome`.
    Hello {
        /// [`VERSION`](crate::VERSION).
        version: u32,
    },
    /// Goes on or off duty.
    Duty {
        /// On duty from now on.
        on: bool,
    },
    /// Takes a conversation out of the queue. One agent wins.
    Take {
        /// Which.
        conversation: ConversationId,
    },
    /// Writes to the visitor of a conversation that the agent holds.
    Reply {
        /// Which.
        conversation: ConversationId,
        /// 1 to 8,000 characters after trimming.
        text: String,
    },
    /// Marks a conversation that the agent holds as solved.
    Resolve {
        /// Which.
        conversation: ConversationId,
    },
    /// Gives a conversation that the agent holds back to the queue, with its first request's time.
    Transfer {
        /// Which.
        conversation: ConversationId,
    },
    /// Says that the agent is writing, or has stopped. Not answered.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Whether they are writing now.
        on: bool,
    },
    /// Asks to see a conversation that waits or that the agent holds, and to hear its events from now on on this
    /// connection. Answered by `history`.
    Open {
        /// Which.
        conversation: ConversationId,
        /// The last event that the client has; 0 for none.
        #[serde(default)]
        after: Seq,
    },
    /// Asks for the page of events before one. Answered by `history`.
    History {
        /// Which.
        conversation: ConversationId,
        /// The first event that the client has.
        before: Seq,
    },
    /// Shows that the client is there. Answered by `pong`.
    Ping {},
}

/// What the server says to an agent's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentFrame {
    /// Answers `hello`.
    Welcome(AgentWelcome),
    /// How a conversation stands now. In the queue or held by this agent: show it; otherwise remove it.
    Case(Case),
    /// Something happened in a conversation that this agent holds or has open.
    Event {
        /// Where.
        conversation: ConversationId,
        /// What.
        event: Event,
    },
    /// Answers `open` and `history`.
    History {
        /// The command's id.
        id: CommandId,
        /// Where.
        conversation: ConversationId,
        /// The events.
        page: HistoryPage,
    },
    /// The visitor or the assistant is writing.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Who.
        typing: Typing,
    },
    /// The agent went on or off duty, on this device or another, or was taken off duty when they vanished.
    Duty {
        /// On duty now.
        on: bool,
    },
    /// A command is done.
    Ack(Ack),
    /// A command is not done.
    Refused(Refused),
    /// Answers `ping`.
    Pong {
        /// The ping's id.
        id: CommandId,
    },
}

/// The server's half of the greeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentWelcome {
    /// The server's [`VERSION`](crate::VERSION).
    pub version: u32,
    /// The store's history; a new one means: start over.
    pub epoch: EpochId,
    /// The server's clock now, for waits that tick.
    pub now: Timestamp,
    /// The longest silence, in milliseconds.
    pub heartbeat_ms: u32,
    /// Who signed in.
    pub me: AgentFace,
    /// The site they answer for.
    pub site: String,
    /// Everything that waits, and everything that this agent holds.
    pub cases: Vec<Case>,
}

/// What an agent is shown of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentFace {
    /// Their id.
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
    /// On duty now.
    pub on_duty: bool,
    /// How many conversations they hold.
    pub load: u32,
}

/// How a conversation stands: one line of the queue or of *My conversations*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Which.
    pub conversation: ConversationId,
    /// Who has it.
    pub holder: CaseHolder,
    /// The number of the open request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// When the open request was first made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Came back from a person who vanished, and goes before the others.
    #[serde(default)]
    pub priority: bool,
    /// The visitor's newest words, at most 140 characters of them.
    pub preview: String,
    /// Where the visitor may be written to if they have gone: an email address, which nobody has verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Messages of the visitor since they asked for a person or, after that, since a person last wrote.
    pub unanswered: u32,
    /// The newest event.
    pub last_seq: Seq,
}

/// Who has a conversation, as an agent is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseHolder {
    /// The assistant.
    Bot {},
    /// The queue.
    Queue {},
    /// This agent.
    Me {},
    /// Another person.
    Other {
        /// Their name.
        name: String,
    },
    /// Nobody.
    Nobody {},
}
