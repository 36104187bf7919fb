//! What crosses the wire between a client and the server: the whole contract, and nothing but types.
//!
//! A third party can write a client from this page and the JSON files in `samples/`, one for each type.
//!
//! # Connections
//!
//! A visitor's client opens the WebSocket `/ws/visitor?site=KEY`, an agent's client `/ws/agent` (with the
//! session cookie that signing in sets). Every frame is one JSON text frame of at most
//! [`MAX_FRAME_BYTES`]. Binary frames are refused.
//!
//! A client sends [`ClientFrame`]s: a [`CommandId`] of its own making and a command. The first command is
//! `hello` with [`VERSION`]; until it is answered by `welcome`, every other command is refused with
//! [`RefusalCode::HelloFirst`].
//!
//! ```json
//! {"id":"4be2…32 hex digits","command":{"say":{"text":"Is my order on its way?"}}}
//! ```
//!
//! # Answers
//!
//! Every command except `typing` is answered exactly once on the connection that sent it:
//!
//! - by [`Ack`]: it is done, and if it changed the conversation, that is on disk;
//! - by [`Refused`]: it is not done, with a [`RefusalCode`] and whether the same command may succeed later;
//! - by its own answer: `welcome` to `hello`, `history` to `history` and `open`, `pong` to `ping`.
//!
//! An unknown command or field is refused and the connection stays open, so a newer client can try a
//! command on an older server. A client must ignore unknown fields and unknown frame types from the server.
//!
//! # Exactly once
//!
//! A command that changes a conversation is known by its `CommandId` for ever. Send it again after a lost
//! connection as often as needed: the first one counts, and every repeat gets the first one's ack.
//!
//! # Order and resuming
//!
//! A conversation is a log of [`Event`]s whose [`Seq`] counts from 1 without gaps; every reader sees the same
//! order. `hello` names the last `seq` the client has; `welcome` answers with what came since. If an event
//! arrives whose `seq` is not the next one, ask for `history`. If [`Welcome::epoch`] is not the one the client
//! knew, the server's history was replaced (an older backup, for example): drop what is shown, keep what is
//! unsent, and send it again.
//!
//! # Heartbeats
//!
//! `welcome` gives [`Welcome::heartbeat_ms`]. A client that has sent nothing for that long sends `ping`. Either
//! side that has heard nothing for two heartbeats takes the connection for dead.
//!
//! # Who wrote it
//!
//! Every message carries its [`Author`]. A client must show whether an AI or a person wrote it.
//!
//! # Showing text
//!
//! Text is text, never markup. [`text::spans`] finds the only links a client may make of it.

mod agent;
mod event;
mod frame;
mod id;
mod limit;
mod refusal;
pub mod text;
mod visitor;

pub use agent::{AgentCommand, AgentFace, AgentFrame, AgentWelcome, Case, CaseHolder};
pub use event::{Author, Event, EventKind, Message, RequestVia, ReturnReason, Source};
pub use frame::{Ack, ClientFrame, HistoryPage, Typing};
pub use id::{
    AgentId, CommandId, ConversationId, EpochId, ParseIdError, Receipt, Seq, Timestamp, Token,
};
pub use limit::{
    HISTORY_PAGE_EVENTS, MAX_FRAME_BYTES, MAX_TEXT_CHARS, TextError, VERSION, checked_text,
};
pub use refusal::{CloseCode, RefusalCode, Refused};
pub use visitor::{Answering, SiteFace, State, VisitorCommand, VisitorFrame, Waiting, Welcome};
