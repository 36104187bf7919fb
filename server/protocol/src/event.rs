//! The log of a conversation, as clients hear it.

mod kind;
mod reading;

use serde::{Deserialize, Serialize};

pub use self::reading::{is_ended, is_human_offered, is_solved};
use crate::id::{CommandId, Receipt, Seq, Timestamp};

/// One entry of a conversation's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place, given by the store.
    pub seq: Seq,
    /// When the server took it.
    pub at: Timestamp,
    /// What happened.
    #[serde(deserialize_with = "kind::known_or_not")]
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Somebody wrote.
    Message(Message),
    /// A person was asked for. The conversation is in the queue now, unless `reopened` has just given it back to
    /// its person.
    HumanRequested {
        /// The request's number, which the visitor keeps.
        receipt: Receipt,
        /// How it was asked.
        via: RequestVia,
    },
    /// A person took the conversation.
    Taken {
        /// The person's name as shown to the visitor.
        agent: String,
        /// They are the supervisor whom the visitor has asked for, which ends that wish. The conversation may have been
        /// in another person's hands until now.
        #[serde(default, skip_serializing_if = "is_false")]
        lead: bool,
    },
    /// The conversation went from a person back to the queue, with its first request's time.
    Returned {
        /// Why.
        reason: ReturnReason,
        /// Whose it was.
        agent: String,
    },
    /// The person marked it as solved. Nobody holds it until the visitor writes or asks again.
    Resolved {
        /// The person's name.
        agent: String,
    },
    /// The visitor wrote or asked again after the end.
    Reopened {
        /// The person it goes back to; none if it goes to the queue or, where no person had it, to the assistant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<String>,
    },
    /// The visitor left the line and goes on with the assistant.
    LeftQueue {},
    /// The visitor went back to the assistant, from a person or after the end. The request is closed, and so is a wish
    /// for a supervisor.
    AssistantChosen {},
    /// The visitor ended the conversation. Nobody holds it until they write or ask again.
    Ended {},
    /// The assistant could not answer: the visitor is told so and offered a person.
    BotFailed {},
    /// The visitor asked for a supervisor. Whoever has the conversation goes on with it until one takes it.
    SupervisorRequested {},
    /// No supervisor was free within three minutes.
    CallbackPromised {
        /// One contacts the visitor by then: here or, if they left an address, by email.
        by: Timestamp,
    },
    /// Something that this version of the protocol's types does not know: what a newer server says of it is passed over.
    /// A client counts it in the order and shows a neutral line for it. No server sends it by this name.
    Unknown {},
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The id that the author's client gave it.
    pub id: CommandId,
    /// Who wrote it, as the server knows it.
    pub author: Author,
    /// 1 to 8,000 characters. Text, never markup.
    pub text: String,
    /// Where an answer of the assistant comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Answers that the author suggests, at most [`MAX_REPLIES`](crate::MAX_REPLIES). Text, never markup.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<String>,
    /// The assistant offers a person with this message.
    #[serde(default, skip_serializing_if = "is_false")]
    pub offers_human: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer.
    Visitor {},
    /// An AI. Clients must say so on every message.
    Bot {},
    /// A person.
    Agent {
        /// The name they go by, which may be an alias.
        name: String,
    },
}

/// An article that an answer is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The article's title.
    pub title: String,
    /// Where to read it: an absolute http(s) URL, or a path on this server.
    pub url: String,
}

/// How a person was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestVia {
    /// The *Human please* button, in any page.
    Button,
    /// By writing again after a person had marked the conversation as solved.
    Reopen,
    /// By writing where no assistant answers.
    Message,
    /// The assistant handed over.
    Bot,
}

/// Why a conversation went back to the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// The person passed it on.
    Transferred,
    /// The person's connection was lost for longer than the lease.
    Vanished,
}
