//! What a visitor's client and the server say to each other.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::event::{Event, is_false};
use crate::fact::{CardFact, Correction};
use crate::frame::{Ack, HistoryPage, Typing};
use crate::id::{CommandId, ConversationId, EpochId, Receipt, Seq, Timestamp, Token};
use crate::refusal::Refused;

/// What a visitor's client may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitorCommand {
    /// The first command of a connection. Answered by `welcome`.
    Hello {
        /// [`VERSION`](crate::VERSION).
        version: u32,
        /// The token of an earlier `welcome`, or of the page that the server has rendered; none for a new
        /// conversation. One that the server does not know is for a new conversation too, which then has this token
        /// if it could be one of the server's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<Token>,
        /// The last event that the client has of the token's conversation; 0 for none.
        #[serde(default)]
        after: Seq,
    },
    /// Writes a message.
    Say {
        /// 1 to 8,000 characters after trimming.
        text: String,
    },
    /// Asks for a person. Refused only while nothing can be stored; a repeat gets the receipt of the request that is open.
    Human {},
    /// Asks for a supervisor, in the same conversation. Refused only while nothing can be stored; changes nothing where
    /// one was asked for already, or has it. Where no person has it and it does not wait for one, it waits from now on.
    Supervisor {},
    /// Leaves the line and goes on with the assistant.
    Leave {},
    /// Goes on with the assistant, whoever has the conversation or had it: only this, and `leave`, give it back to an
    /// assistant once a person had it. Out of the line it is what `leave` is; it ends the request, and a wish for a
    /// supervisor. Refused where the site has no assistant.
    Assistant {},
    /// Ends the conversation: nobody has it until the visitor writes or asks again, and an open request for a person is
    /// closed. A wish for a supervisor stays, for what was promised is owed. Nothing is deleted.
    End {},
    /// Leaves an email address that a person may write to, in place of an earlier one.
    Contact {
        /// As [`checked_email`](crate::checked_email) takes it; empty to take back what was left.
        email: String,
    },
    /// Says what the shop's page knows of the visitor, in place of what it said before. It is kept beside a conversation
    /// that has begun, and shown to people as what it is: not verified.
    Context {
        /// As [`checked_context`](crate::checked_context) takes it; empty to take back what was said.
        values: Context,
    },
    /// Puts right what the card says that people are shown.
    Correct {
        /// What.
        correction: Correction,
    },
    /// Says that the visitor is writing, or has stopped. Not answered.
    Typing {
        /// Whether they are writing now.
        on: bool,
    },
    /// Says how far the visitor has seen the conversation: a page that shows it was in view. Not answered.
    Seen {
        /// The newest event that was shown.
        seq: Seq,
    },
    /// Asks for the page of events before one. Answered by `history`.
    History {
        /// The first event that the client has.
        before: Seq,
    },
    /// Shows that the client is there. Answered by `pong`.
    Ping {},
}

/// What the server says to a visitor's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitorFrame {
    /// Answers `hello`.
    Welcome(Welcome),
    /// Something happened in the conversation.
    Event(Event),
    /// Who answers now, whenever that or the place in line changes.
    State(State),
    /// What whoever takes the conversation will know of it: while it waits, and when that changes.
    Card {
        /// What; it replaces what was told before.
        facts: Vec<CardFact>,
    },
    /// The other side is writing.
    Typing(Typing),
    /// A command is done.
    Ack(Ack),
    /// A command is not done.
    Refused(Refused),
    /// Answers `history`.
    History(HistoryPage),
    /// Answers `ping`.
    Pong {
        /// The ping's id.
        id: CommandId,
    },
}

/// The server's half of the greeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The server's [`VERSION`](crate::VERSION).
    pub version: u32,
    /// The conversation. If it is not the one that the client knew, what it shows is not this one's.
    pub conversation: ConversationId,
    /// Proves who the visitor is from now on; only sent when it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// The store's history; a new one means: start over.
    pub epoch: EpochId,
    /// The server's clock now, for waits that tick.
    pub now: Timestamp,
    /// The longest silence, in milliseconds.
    pub heartbeat_ms: u32,
    /// The shop.
    pub site: SiteFace,
    /// Who answers now.
    pub state: State,
    /// What came after the event that `hello` named, or the newest page if there was more than a page.
    pub history: HistoryPage,
}

/// What a visitor is shown of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteFace {
    /// Its name.
    pub name: String,
    /// Whether an AI answers first.
    pub bot: bool,
    /// How to reach the shop if all else fails: an email address, a phone number or both.
    pub contact: String,
}

/// Who answers now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who has the conversation.
    pub answering: Answering,
    /// The open request for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// The shop's opening hours now; none if it has stated none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The email address that the visitor has left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The newest event that a person has seen who held the conversation; 0 for none.
    #[serde(default, skip_serializing_if = "Seq::is_none")]
    pub seen: Seq,
    /// The visitor has asked for a supervisor, and none has taken the conversation yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<SupervisorWish>,
}

impl State {
    /// Whether a client asks the visitor where to write to: nobody is there, or a supervisor is to contact them, and they
    /// have left no address.
    #[must_use]
    pub fn asks_for_contact(&self) -> bool {
        let is_called_back = self.supervisor.is_some_and(|wish| wish.due.is_some());
        let is_nobody_there = matches!(self.answering, Answering::Queue { on_duty: 0, .. });
        self.contact.is_none() && (is_nobody_there || is_called_back)
    }
}

/// An open wish for a supervisor. It stays until one takes the conversation or the visitor goes back to the assistant,
/// whatever happens in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisorWish {
    /// When it was made.
    pub since: Timestamp,
    /// None was free within three minutes: one contacts the visitor by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

/// What a shop's opening hours say now. They promise people and refuse nobody: a request is taken at any hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Within the hours.
    pub open: bool,
    /// When that changes next; none if it does not within a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Who has the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answering {
    /// The assistant.
    Bot {},
    /// The line for a person.
    Queue {
        /// 1 for the next one.
        position: u32,
        /// How many people are on duty now. 0 means that nobody is there, and the client must say so.
        on_duty: u32,
    },
    /// A person.
    Agent {
        /// Their name.
        name: String,
        /// They are a supervisor.
        #[serde(default, skip_serializing_if = "is_false")]
        lead: bool,
    },
    /// Nobody: it is solved, its visitor has ended it, or it has not begun where no assistant answers.
    Nobody {
        /// The person a new message goes back to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<String>,
    },
}

/// An open request for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its number.
    pub receipt: Receipt,
    /// When it was first made. Nothing changes it.
    pub since: Timestamp,
    /// How long it would take, as it looked then; none if too little has happened lately to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<WaitEstimate>,
}

/// The wait of eight in ten requests like this one, from `since` until a person takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WaitEstimate {
    /// One in ten was taken sooner than this, in milliseconds.
    pub from_ms: u64,
    /// One in ten was taken later than this, in milliseconds.
    pub to_ms: u64,
}

impl WaitEstimate {
    /// The estimate in whole minutes, the first rounded down and the second up: what is shown is never narrower than
    /// what is meant.
    #[must_use]
    pub fn minutes(self) -> (u64, u64) {
        const MINUTE_MS: u64 = 60_000;
        let to = self.to_ms.div_ceil(MINUTE_MS).max(1);
        (self.from_ms / MINUTE_MS, to)
    }
}
