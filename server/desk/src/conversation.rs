//! One conversation as the rules see it: who has it and what was asked, without a word of what was said.

use protocol::{AgentId, Language, Receipt, Seq, TeamId, Timestamp, TopicId};

/// One conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conversation {
    /// Who has it now.
    pub holder: Holder,
    /// The request for a person that is not solved yet.
    pub request: Option<HumanRequest>,
    /// The last person who took it; none if no person did since the visitor last chose the assistant.
    pub last_human: Option<AgentId>,
    /// Its newest event.
    pub last_seq: Seq,
    /// The visitor's messages since they asked for a person or, after that, since a person last wrote.
    pub unanswered: u32,
    /// A reply was begun and is kept, whoever began it.
    pub has_draft: bool,
    /// The wish for a supervisor that none has answered yet.
    pub supervisor: Option<SupervisorRequest>,
    /// The first message in which the visitor says of themselves that they need particular care. What they said stays
    /// said: nothing here takes it back.
    pub vulnerable: Option<Seq>,
    /// What people have arranged for it, beside its log.
    pub arranged: Arranged,
}

/// What people have arranged for a conversation, and what was found out about whom it suits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Arranged {
    /// The team that is to have it next.
    pub team: Option<TeamId>,
    /// The person who is to have it next: it was passed on to them, or was theirs and they had no room when it came back.
    pub wanted: Option<AgentId>,
    /// What it is about.
    pub topic: Option<TopicId>,
    /// The language that its visitor writes.
    pub language: Option<Language>,
    /// Its holder goes on with it then, and it keeps them busy no more until then.
    pub snoozed: Option<Timestamp>,
    /// Its holder has asked for a lead, since when.
    pub help: Option<Timestamp>,
    /// It was marked as solved, and its visitor was asked whether it is: this answer leaves it solved.
    pub solved: Option<String>,
}

impl Conversation {
    /// A conversation that has no event yet.
    #[must_use]
    pub fn blank(has_bot: bool) -> Self {
        Self {
            holder: if has_bot { Holder::Bot } else { Holder::Nobody },
            request: None,
            last_human: None,
            last_seq: Seq(0),
            unanswered: 0,
            has_draft: false,
            supervisor: None,
            vulnerable: None,
            arranged: Arranged::default(),
        }
    }

    /// Whether there is anything in it.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.last_seq > Seq(0)
    }

    /// The person whom it keeps busy: its holder, unless it sleeps.
    #[must_use]
    pub fn busies(&self) -> Option<AgentId> {
        self.holder
            .agent()
            .filter(|_| self.arranged.snoozed.is_none())
    }

    /// Whether a lead may take it, whoever has it: its visitor wants a supervisor, or its holder has asked for one.
    #[must_use]
    pub fn wants_lead(&self) -> bool {
        self.supervisor.is_some() || self.arranged.help.is_some()
    }

    /// Whether somebody must see it even if no client is connected.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.holder, Holder::Queue | Holder::Agent(_)) || self.supervisor.is_some()
    }
}

/// Who has a conversation: exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// The assistant.
    Bot,
    /// The queue.
    Queue,
    /// A person.
    Agent(AgentId),
    /// Nobody: a person has solved it, its visitor has ended it, or it has not begun on a site without an assistant.
    Nobody,
}

impl Holder {
    /// The person who holds it, if a person does.
    #[must_use]
    pub fn agent(self) -> Option<AgentId> {
        match self {
            Self::Agent(agent) => Some(agent),
            Self::Bot | Self::Queue | Self::Nobody => None,
        }
    }
}

/// A request for a person, from the moment it was made until a person has solved it or the visitor wants none any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HumanRequest {
    /// Its number, counted for each site.
    pub receipt: Receipt,
    /// When it was first made. Nothing changes it.
    pub requested_at: Timestamp,
    /// It goes before the others: it came back from a person, who passed it on or vanished, or its visitor needs
    /// particular care.
    pub priority: bool,
}

/// A wish for a supervisor, from the moment it was made until a lead has taken the conversation or the visitor has gone
/// back to the assistant. Neither a person who marks it as solved nor the visitor who ends it ends the wish: what was
/// promised for the day is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SupervisorRequest {
    /// When it was made.
    pub asked_at: Timestamp,
    /// By when a supervisor contacts the visitor, once that was promised.
    pub due: Option<Timestamp>,
}
