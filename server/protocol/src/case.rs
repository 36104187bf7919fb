//! How a conversation stands, as an agent's client is told.

use serde::{Deserialize, Serialize};

use crate::id::{ConversationId, Receipt, Seq, Timestamp};
use crate::people::{Language, TeamId, TopicId};
use crate::visitor::SupervisorWish;

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
    /// Goes before the others: it came back from a person, who passed it on or vanished, or the visitor needs particular
    /// care.
    #[serde(default)]
    pub priority: bool,
    /// The visitor's newest words, at most 140 characters of them.
    pub preview: String,
    /// Where the visitor may be written to if they have gone: an email address, which nobody has verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The visitor has asked for a supervisor, and none has taken it yet. A lead on duty may take it, whoever has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<SupervisorWish>,
    /// The message in which the visitor says of themselves that they need particular care. Told to those who may read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vulnerable: Option<Seq>,
    /// Messages of the visitor since they asked for a person or, after that, since a person last wrote.
    pub unanswered: u32,
    /// The newest event.
    pub last_seq: Seq,
    /// The newest event that the visitor has seen; 0 for none.
    #[serde(default, skip_serializing_if = "Seq::is_none")]
    pub seen: Seq,
    /// It is offered to this agent, until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Timestamp>,
    /// The person whom it was passed on to, or who had it before, and is asked first: their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// The team that is to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    /// The language that its visitor writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its holder has put it off until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed: Option<Timestamp>,
    /// Its holder has asked for a lead, since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Timestamp>,
}

impl Case {
    /// A conversation of which nothing is known but who has it and how long its log is.
    #[must_use]
    pub fn bare(conversation: ConversationId, holder: CaseHolder, last_seq: Seq) -> Self {
        Self {
            conversation,
            holder,
            receipt: None,
            since: None,
            priority: false,
            preview: String::new(),
            contact: None,
            supervisor: None,
            vulnerable: None,
            unanswered: 0,
            last_seq,
            seen: Seq(0),
            offer: None,
            wanted: None,
            team: None,
            topic: None,
            language: None,
            snoozed: None,
            help: None,
        }
    }

    /// Since when its visitor wants a supervisor, or its holder asks for a lead, and who is told of it does not have it.
    #[must_use]
    pub fn wish(&self) -> Option<Timestamp> {
        let wish = self.supervisor.map(|wish| wish.since).or(self.help);
        wish.filter(|_| self.holder != CaseHolder::Me {})
    }

    /// Since when its visitor waits for somebody. Whom a person answers waits for the supervisor alone.
    #[must_use]
    pub fn waits_since(&self) -> Option<Timestamp> {
        let is_in_queue = self.holder == CaseHolder::Queue {};
        let for_lead = self.supervisor.filter(|_| !is_in_queue);
        for_lead.map(|wish| wish.since).or(self.since)
    }

    /// Whether it came back to the line, and goes first for that: not because the visitor needs particular care.
    #[must_use]
    pub fn came_back(&self) -> bool {
        self.priority && self.vulnerable.is_none()
    }
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
