//! What somebody wants of the desk.

use protocol::{AgentId, CommandId, ConversationId, Source, Timestamp};

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Command {
    /// A visitor wants something of their own conversation.
    Visitor {
        /// Theirs: the caller has checked that.
        conversation: ConversationId,
        /// What.
        action: VisitorAction,
    },
    /// The assistant wants something of a conversation that it was asked in.
    Bot {
        /// Which.
        conversation: ConversationId,
        /// What.
        action: BotAction,
    },
    /// An agent wants something of a conversation.
    Agent {
        /// Who: the caller has checked that.
        agent: AgentId,
        /// Which.
        conversation: ConversationId,
        /// What.
        action: AgentAction,
    },
    /// An agent goes on or off duty.
    Duty {
        /// Who.
        agent: AgentId,
        /// On duty from now on.
        on: bool,
    },
    /// An agent's connection was lost for longer than their lease.
    Vanished {
        /// Who.
        agent: AgentId,
    },
    /// No supervisor was free for longer than a visitor is to wait for one.
    SupervisorLate {
        /// Who asked.
        conversation: ConversationId,
        /// By when one contacts them.
        by: Timestamp,
    },
}

/// What a visitor may do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum VisitorAction {
    /// Write.
    Say {
        /// The client's id for the message.
        id: CommandId,
        /// The text, checked and masked.
        text: String,
    },
    /// Ask for a person.
    AskForHuman,
    /// Ask for a supervisor.
    AskForSupervisor,
    /// Leave the line and go on with the assistant.
    LeaveQueue,
    /// Go on with the assistant, whoever has it or had it.
    ChooseAssistant,
    /// End the conversation.
    End,
}

/// What the assistant may do. It cannot claim, close, delay or hide anything (G7).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BotAction {
    /// Answer.
    Say {
        /// The id for the message.
        id: CommandId,
        /// The text, checked and masked.
        text: String,
        /// Where it is from.
        sources: Vec<Source>,
        /// Answers to suggest, checked and masked.
        replies: Vec<String>,
        /// Offer a person with it.
        offers_human: bool,
    },
    /// Give the conversation to the queue.
    HandOver,
    /// It erred, panicked or took too long, and the visitor must be told.
    Fail,
}

/// What an agent may do with a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AgentAction {
    /// Take it out of the queue. A lead may also take one whose visitor wants a supervisor, whoever has it or had it.
    Take,
    /// Write to the visitor.
    Say {
        /// The client's id for the message.
        id: CommandId,
        /// The text, checked and masked.
        text: String,
        /// Answers to suggest, checked and masked.
        replies: Vec<String>,
    },
    /// Keep what they have begun, for whoever takes it next. What is none stays as it was kept.
    Draft {
        /// What is in the reply box, checked and masked; empty for nothing.
        reply: Option<String>,
        /// The note for colleagues, checked and masked; empty for none.
        note: Option<String>,
    },
    /// Mark it as solved.
    Resolve,
    /// Give it back to the queue.
    Transfer,
}
