//! What somebody wants of the desk.

use protocol::{AgentId, CommandId, ConversationId, Language, Source, TeamId, Timestamp, TopicId};

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
    /// An agent chooses how many conversations they have at the same time.
    Most {
        /// Who.
        agent: AgentId,
        /// So many; the caller has checked that it is one of [`protocol::LOADS`].
        most: u32,
    },
    /// An agent takes what they are to have next.
    TakeNext {
        /// Who.
        agent: AgentId,
    },
    /// What waits is to be offered to those who have room.
    Offer,
    /// An offer was not taken for as long as it stands, or whoever got it does not want it.
    OfferLapsed {
        /// Of which conversation.
        conversation: ConversationId,
        /// Who got it.
        agent: AgentId,
    },
    /// The time has come until which a conversation was put off.
    SnoozeOver {
        /// Which.
        conversation: ConversationId,
    },
    /// It was found out whom a conversation suits.
    Sorted {
        /// Which.
        conversation: ConversationId,
        /// The language that its visitor writes; none if that is not known.
        language: Option<Language>,
        /// What it is about, and the team that has that topic; none if that is not known.
        topic: Option<(TopicId, Option<TeamId>)>,
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
    Resolve {
        /// What the visitor is asked; none to ask nothing.
        question: Option<SolvedQuestion>,
    },
    /// Pass it on. It keeps its first request's time, and goes first.
    Transfer {
        /// To whom.
        to: Recipient,
    },
    /// Ask for a lead, or take that back.
    AskLead {
        /// One is wanted.
        on: bool,
    },
    /// Put it off: it keeps nobody busy until then, or until its visitor writes.
    Snooze {
        /// Until when.
        until: Timestamp,
        /// The client's id for what the visitor is told.
        id: CommandId,
        /// What the visitor is told, checked and masked.
        text: String,
    },
    /// Go on with what was put off.
    Wake,
    /// Say what it is about.
    Topic {
        /// What; none for nothing on the site's list.
        topic: Option<TopicId>,
    },
    /// Leave a note for colleagues.
    Note {
        /// The client's id for it.
        id: CommandId,
        /// The text, checked and masked.
        text: String,
    },
}

/// Whom a conversation is passed on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// Whoever is next.
    Queue,
    /// A team.
    Team(TeamId),
    /// A person on duty, who is asked first.
    Person(AgentId),
}

/// What a visitor is asked whose conversation was marked as solved, in the person's name who did that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SolvedQuestion {
    /// The id of the message.
    pub id: CommandId,
    /// The question.
    pub text: String,
    /// The answer that leaves it solved.
    pub yes: String,
    /// The answer that goes on with it. So does every other.
    pub no: String,
}
