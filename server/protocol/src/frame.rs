//! The parts that both kinds of client share.

use serde::{Deserialize, Serialize};

use crate::event::{Author, Event};
use crate::id::{CommandId, Receipt, Seq, Timestamp};

/// What a client sends: a command under an id of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientFrame<C> {
    /// Fresh for each command, the same for each repeat of it.
    pub id: CommandId,
    /// A [`VisitorCommand`](crate::VisitorCommand) or an [`AgentCommand`](crate::AgentCommand).
    pub command: C,
}

/// It is done; what it changed is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// The command's id.
    pub id: CommandId,
    /// The place of the event that the command made; none if it changed nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// When the server took it.
    pub at: Timestamp,
    /// The receipt number, if the command asked for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// A run of events without gaps, oldest first, at most [`HISTORY_PAGE_EVENTS`](crate::HISTORY_PAGE_EVENTS) and fewer
/// where they are long.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HistoryPage {
    /// The events.
    pub events: Vec<Event>,
    /// Older events exist before the first one here; false where there is none here.
    pub earlier: bool,
}

/// Somebody is writing, or has stopped. Sent only while it is true; never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// Who.
    pub author: Author,
    /// Whether they are writing now.
    pub on: bool,
}
