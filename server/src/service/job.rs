//! What the sequencer is asked for, and what it answers.

use std::sync::Arc;

use card::Corrected;
use desk::Command;
use protocol::{
    Ack, AgentId, Case, CaseList, CommandId, ConversationId, Draft, Language, Lapse, Note, Place,
    RefusalCode, Role, Seq, StaffList, State, Unverified,
};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::cards::{CorrectionJob, Heard};
use super::context::ContextJob;
use super::listing::Beginning;
use crate::outbox::Outbox;
use crate::store::{SecretHash, Site, SiteId};

/// What the sequencer is asked for.
pub(super) enum Job {
    Command(CommandJob),
    GreetVisitor {
        site: SiteId,
        conversation: ConversationId,
        outbox: Option<Arc<Outbox>>,
        /// The language that their browser asks for.
        language: Option<Language>,
        reply: oneshot::Sender<Result<VisitorGreeting, RefusalCode>>,
    },
    LeaveVisitor {
        site: SiteId,
        conversation: ConversationId,
        outbox: Arc<Outbox>,
    },
    GreetAgent {
        site: SiteId,
        agent: AgentId,
        outbox: Option<Arc<Outbox>>,
        reply: oneshot::Sender<Result<AgentGreeting, RefusalCode>>,
    },
    /// An agent acts whose page does not run yet.
    ExpectAgent {
        site: SiteId,
        agent: AgentId,
    },
    LeaveAgent {
        site: SiteId,
        agent: AgentId,
        outbox: Arc<Outbox>,
        heard_at: Instant,
    },
    Typing {
        site: SiteId,
        conversation: ConversationId,
        by: End,
        on: bool,
    },
    Seen {
        site: SiteId,
        conversation: ConversationId,
        by: End,
        seq: Seq,
    },
    Watch {
        site: SiteId,
        agent: AgentId,
        conversation: ConversationId,
        outbox: Option<Arc<Outbox>>,
        reply: oneshot::Sender<Result<Readable, RefusalCode>>,
    },
    BotDone {
        site: SiteId,
        conversation: ConversationId,
        answered: Seq,
    },
    /// What a connection of an agent's shows now.
    View {
        site: SiteId,
        agent: AgentId,
        conversation: Option<ConversationId>,
        outbox: Arc<Outbox>,
    },
    /// What comes next in a list of an agent's is wanted.
    List {
        site: SiteId,
        agent: AgentId,
        list: CaseList,
        after: Option<Place>,
        id: CommandId,
        outbox: Arc<Outbox>,
    },
    /// Who works for a site, or what they have set up, was changed.
    Staff(SiteId),
    /// Who works for a site now, and what they have set up.
    StaffList {
        site: SiteId,
        reply: oneshot::Sender<Result<StaffList, RefusalCode>>,
    },
    Sites(Vec<Arc<Site>>),
    /// What a log says was read; none if it could not be.
    CardRead(SiteId, ConversationId, Option<(Heard, Vec<Corrected>)>),
    Correction(CorrectionJob),
    Contact(ContactJob),
    Context(ContextJob),
}

/// An address that a visitor leaves.
pub(super) struct ContactJob {
    pub site: SiteId,
    pub conversation: ConversationId,
    pub id: CommandId,
    pub email: Option<String>,
    pub reply: Reply,
}

/// A command on its way.
pub struct CommandJob {
    /// For which site.
    pub site: SiteId,
    /// By what id; none for what the server does by itself.
    pub id: Option<CommandId>,
    /// The hash of the visitor's token, in case the command begins the conversation.
    pub opened_by: Option<SecretHash>,
    /// What.
    pub command: Command,
    /// Where the answer goes.
    pub reply: Reply,
}

/// Where an answer goes.
pub enum Reply {
    /// To a connection, in order with the events it hears.
    Outbox(Arc<Outbox>),
    /// To a caller who waits.
    Caller(oneshot::Sender<Result<Ack, RefusalCode>>),
    /// Nowhere.
    Nobody,
}

/// Who shows attention: at which end of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The visitor's.
    Visitor,
    /// An agent's, who counts only if they hold it.
    Agent(AgentId),
}

/// How a visitor's conversation stands when they come.
#[derive(Debug, Clone)]
pub struct VisitorGreeting {
    /// Who answers.
    pub state: State,
    /// The newest event. Later ones are in the outbox.
    pub last_seq: Seq,
}

/// How the desk stands when an agent comes.
#[derive(Debug, Clone)]
pub struct AgentGreeting {
    /// The name that visitors see.
    pub name: String,
    /// On duty now.
    pub on_duty: bool,
    /// How many conversations they hold.
    pub load: u32,
    /// What they may do.
    pub role: Role,
    /// How many conversations they have at the same time, at most.
    pub most: u32,
    /// What waits and what they hold.
    pub lists: Beginning,
    /// What they lost when they were last gone for too long.
    pub lapsed: Vec<Lapse>,
}

/// How far an agent may read a conversation.
#[derive(Debug, Clone)]
pub struct Readable {
    /// Up to this event. Later ones are in the outbox.
    pub last_seq: Seq,
    /// What stands beside its log; none if it was not asked for. What changes later is in the outbox.
    pub beside: Option<Beside>,
}

/// What stands beside a conversation's log and is for people only.
#[derive(Debug, Clone)]
pub struct Beside {
    /// How it stands: it may be in none of the agent's lists, or behind what of them was told.
    pub case: Case,
    /// What was begun there.
    pub draft: Draft,
    /// What the shop's page says of the visitor.
    pub context: Vec<Unverified>,
    /// The notes for colleagues, the oldest first.
    pub notes: Vec<Note>,
}

/// What a command is about; none for what concerns an agent as a whole.
pub(super) fn conversation_of(command: &Command) -> Option<ConversationId> {
    match command {
        Command::Visitor { conversation, .. }
        | Command::Bot { conversation, .. }
        | Command::Agent { conversation, .. }
        | Command::OfferLapsed { conversation, .. }
        | Command::SnoozeOver { conversation }
        | Command::Sorted { conversation, .. }
        | Command::SupervisorLate { conversation, .. } => Some(*conversation),
        Command::Duty { .. }
        | Command::Most { .. }
        | Command::TakeNext { .. }
        | Command::Offer
        | Command::Vanished { .. } => None,
    }
}

/// The person whose command it is; none for the visitor's and the server's own.
pub(super) fn agent_of(command: &Command) -> Option<AgentId> {
    match command {
        Command::Agent { agent, .. } | Command::TakeNext { agent } => Some(*agent),
        _ => None,
    }
}
