//! What the checker may read: what people asked their pages for, what the pages were told, and what is in the store.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    AgentFrame, CommandId, ConversationId, Event, Receipt, SupervisorWish, Timestamp, VisitorFrame,
};

/// One thing that happened where a client could see it, in the order in which it happened.
#[derive(Debug, Clone)]
pub enum Entry {
    /// Somebody asked their page for something that must not be lost.
    Asked {
        /// Which page, in the order of whose wishes they are to be done.
        page: usize,
        /// By which command.
        id: CommandId,
        /// What for.
        wish: Wish,
    },
    /// A visitor's page was told this on a connection.
    VisitorTold {
        /// Which connection.
        connection: usize,
        /// What.
        frame: Box<VisitorFrame>,
    },
    /// An agent's page was told this on a connection.
    AgentTold {
        /// Which connection.
        connection: usize,
        /// Whose, by name.
        agent: &'static str,
        /// What.
        frame: Box<AgentFrame>,
    },
}

/// What people ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Say(String),
    Human,
    Supervisor,
    Leave,
    Assistant,
    End,
    Reply(ConversationId, String),
    Take(ConversationId),
    Resolve(ConversationId),
    Transfer(ConversationId),
}

/// What is in the store.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Every event of every conversation, in the order of the commits.
    pub events: Vec<(ConversationId, Event)>,
    /// How each conversation stands.
    pub standings: BTreeMap<ConversationId, Standing>,
    /// Every request ever made: number, whose, when.
    pub requests: Vec<(Receipt, ConversationId, Timestamp)>,
}

/// How a conversation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub holder: Holder,
    pub request: Option<Request>,
    /// The wish for a supervisor that is open.
    pub supervisor: Option<SupervisorWish>,
}

/// Who has a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    Bot,
    Queue,
    /// A person, by name.
    Agent(String),
    Nobody,
}

/// A request that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub receipt: Receipt,
    pub since: Timestamp,
    pub priority: bool,
}

/// What pages still show as not sent when everything has come to rest.
#[derive(Debug, Clone, Default)]
pub struct Unsent {
    /// Commands that are shown as refused.
    pub commands: BTreeSet<CommandId>,
    /// Texts in reply boxes.
    pub drafts: Vec<String>,
}
