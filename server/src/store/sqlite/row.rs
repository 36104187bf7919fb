//! How rows of the log are written and read: the only place that knows their numbers.

use desk::{Author, Entry, Holder};
use protocol::{
    AgentId, CommandId, Event, EventKind, Message, Receipt, RequestVia, ReturnReason, Seq, Source,
    Timestamp,
};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::super::{Committed, StoreError};

pub const VISITOR_MESSAGE: i64 = 1;
pub const BOT_MESSAGE: i64 = 2;
pub const AGENT_MESSAGE: i64 = 3;
pub const HUMAN_REQUESTED: i64 = 4;
pub const TAKEN: i64 = 5;
pub const RETURNED: i64 = 6;
pub const RESOLVED: i64 = 7;
pub const REOPENED: i64 = 8;
pub const LEFT_QUEUE: i64 = 9;
pub const BOT_FAILED: i64 = 10;
pub const SUPERVISOR_REQUESTED: i64 = 11;
pub const CALLBACK_PROMISED: i64 = 12;
pub const ASSISTANT_CHOSEN: i64 = 13;
pub const ENDED: i64 = 14;

/// One row of the log.
pub struct EventRow {
    pub seq: Seq,
    pub at: Timestamp,
    pub kind: i64,
    pub command: Option<CommandId>,
    pub agent: Option<AgentId>,
    pub name: Option<String>,
    pub text: Option<String>,
    pub detail: Detail,
}

/// What few events have, as JSON.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<RequestVia>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReturnReason>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replies: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    offers_human: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    lead: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Timestamp>,
}

/// The columns of an entry that is to be written, but for its place and time.
pub struct EntryColumns<'a> {
    pub kind: i64,
    pub agent: Option<AgentId>,
    pub name: Option<&'a str>,
    pub text: Option<&'a str>,
    pub detail: Option<String>,
}

impl<'a> EntryColumns<'a> {
    pub fn of(entry: &'a Entry) -> Self {
        let (kind, person, text, detail) = match entry {
            Entry::Message(message) => {
                let (kind, person) = match &message.author {
                    Author::Visitor => (VISITOR_MESSAGE, None),
                    Author::Bot => (BOT_MESSAGE, None),
                    Author::Agent(person) => (AGENT_MESSAGE, Some(person)),
                };
                let has_detail = !message.sources.is_empty()
                    || !message.replies.is_empty()
                    || message.offers_human;
                let detail = has_detail.then(|| Detail {
                    sources: message.sources.clone(),
                    replies: message.replies.clone(),
                    offers_human: message.offers_human,
                    ..Detail::default()
                });
                (kind, person, Some(message.text.as_str()), detail)
            }
            Entry::HumanRequested { request, via } => {
                let detail = Detail {
                    receipt: Some(request.receipt),
                    via: Some(*via),
                    ..Detail::default()
                };
                (HUMAN_REQUESTED, None, None, Some(detail))
            }
            Entry::Taken { by, lead } => {
                let detail = lead.then(|| Detail {
                    lead: true,
                    ..Detail::default()
                });
                (TAKEN, Some(by), None, detail)
            }
            Entry::Returned { from, reason } => (
                RETURNED,
                Some(from),
                None,
                Some(Detail {
                    reason: Some(*reason),
                    ..Detail::default()
                }),
            ),
            Entry::Resolved(person) => (RESOLVED, Some(person), None, None),
            Entry::Reopened { to } => (REOPENED, to.as_ref(), None, None),
            Entry::LeftQueue => (LEFT_QUEUE, None, None, None),
            Entry::AssistantChosen => (ASSISTANT_CHOSEN, None, None, None),
            Entry::Ended => (ENDED, None, None, None),
            Entry::BotFailed => (BOT_FAILED, None, None, None),
            // It was made when the event was.
            Entry::SupervisorRequested { asked_at: _ } => (SUPERVISOR_REQUESTED, None, None, None),
            Entry::CallbackPromised { by } => {
                let detail = Detail {
                    by: Some(*by),
                    ..Detail::default()
                };
                (CALLBACK_PROMISED, None, None, Some(detail))
            }
        };
        Self {
            kind,
            agent: person.map(|person| person.id),
            name: person.map(|person| person.name.as_str()),
            text,
            detail: detail.map(|detail| {
                serde_json::to_string(&detail)
                    .expect("a detail has only string keys and plain values")
            }),
        }
    }
}

impl EventRow {
    pub fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        let command: Option<&[u8]> = row.try_get("command")?;
        let agent: Option<&[u8]> = row.try_get("agent")?;
        let detail: Option<&str> = row.try_get("detail")?;
        Ok(Self {
            seq: Seq(unsigned(row.try_get("seq")?)?),
            at: Timestamp(row.try_get("at")?),
            kind: row.try_get("kind")?,
            command: command.map(id_of).transpose()?.map(CommandId),
            agent: agent.map(id_of).transpose()?.map(AgentId),
            name: row.try_get("name")?,
            text: row.try_get("text")?,
            detail: match detail {
                Some(json) => serde_json::from_str(json)
                    .map_err(|_| StoreError::Unreadable("detail of an event"))?,
                None => Detail::default(),
            },
        })
    }

    /// The number of the request that it made, if it made one.
    pub fn receipt(&self) -> Option<Receipt> {
        self.detail.receipt
    }

    /// Why a conversation went back, if it did.
    pub fn returned(&self) -> Option<ReturnReason> {
        self.detail.reason
    }

    pub fn committed(self) -> Result<Committed, StoreError> {
        Ok(Committed {
            seq: self.seq,
            at: self.at,
            receipt: self.detail.receipt,
            agent: self.agent,
        })
    }

    pub fn event(self) -> Result<Event, StoreError> {
        let Self {
            seq,
            at,
            kind,
            command,
            agent: _,
            name,
            text,
            detail,
        } = self;
        let missing = || StoreError::Unreadable("event without a part that its kind needs");
        let named = |name: Option<String>| name.ok_or_else(missing);
        let kind = match kind {
            VISITOR_MESSAGE | BOT_MESSAGE | AGENT_MESSAGE => EventKind::Message(Message {
                id: command.ok_or_else(missing)?,
                author: match kind {
                    VISITOR_MESSAGE => protocol::Author::Visitor {},
                    BOT_MESSAGE => protocol::Author::Bot {},
                    _ => protocol::Author::Agent { name: named(name)? },
                },
                text: text.ok_or_else(missing)?,
                sources: detail.sources,
                replies: detail.replies,
                offers_human: detail.offers_human,
            }),
            HUMAN_REQUESTED => EventKind::HumanRequested {
                receipt: detail.receipt.ok_or_else(missing)?,
                via: detail.via.ok_or_else(missing)?,
            },
            TAKEN => EventKind::Taken {
                agent: named(name)?,
                lead: detail.lead,
            },
            RETURNED => EventKind::Returned {
                reason: detail.reason.ok_or_else(missing)?,
                agent: named(name)?,
            },
            RESOLVED => EventKind::Resolved {
                agent: named(name)?,
            },
            REOPENED => EventKind::Reopened { agent: name },
            LEFT_QUEUE => EventKind::LeftQueue {},
            ASSISTANT_CHOSEN => EventKind::AssistantChosen {},
            ENDED => EventKind::Ended {},
            BOT_FAILED => EventKind::BotFailed {},
            SUPERVISOR_REQUESTED => EventKind::SupervisorRequested {},
            CALLBACK_PROMISED => EventKind::CallbackPromised {
                by: detail.by.ok_or_else(missing)?,
            },
            _ => return Err(StoreError::Unreadable("kind of event")),
        };
        Ok(Event { seq, at, kind })
    }
}

/// The number that a request's detail tells.
pub fn receipt_of(detail: &str) -> Result<Option<Receipt>, StoreError> {
    let detail: Detail =
        serde_json::from_str(detail).map_err(|_| StoreError::Unreadable("detail of an event"))?;
    Ok(detail.receipt)
}

pub fn id_bytes(id: u128) -> Vec<u8> {
    id.to_be_bytes().to_vec()
}

pub fn id_of(bytes: &[u8]) -> Result<u128, StoreError> {
    let bytes = bytes.try_into().map_err(|_| StoreError::Unreadable("id"))?;
    Ok(u128::from_be_bytes(bytes))
}

pub fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Unreadable("negative number"))
}

pub fn holder_columns(holder: Holder) -> (i64, Option<Vec<u8>>) {
    match holder {
        Holder::Bot => (0, None),
        Holder::Queue => (1, None),
        Holder::Agent(agent) => (2, Some(id_bytes(agent.0))),
        Holder::Nobody => (3, None),
    }
}

pub fn holder_of(number: i64, agent: Option<Vec<u8>>) -> Result<Holder, StoreError> {
    match (number, agent) {
        (0, _) => Ok(Holder::Bot),
        (1, _) => Ok(Holder::Queue),
        (2, Some(agent)) => Ok(Holder::Agent(AgentId(id_of(&agent)?))),
        (3, _) => Ok(Holder::Nobody),
        _ => Err(StoreError::Unreadable("holder of a conversation")),
    }
}

/// How many bytes a text has in JSON, its quotes aside: RFC 8259 (7) has quotes, backslashes and control characters
/// escaped, most of the latter by six bytes.
pub fn bytes_in_json(text: &str) -> usize {
    let escaped = |byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0..0x20 => 6,
        _ => 1,
    };
    text.bytes().map(escaped).sum()
}
