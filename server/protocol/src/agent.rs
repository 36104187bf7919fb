//! What an agent's client and the server say to each other.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseHolder};
use crate::event::{Event, is_false};
use crate::fact::{CardFact, Correction};
use crate::frame::{Ack, HistoryPage, Typing};
use crate::id::{AgentId, CommandId, ConversationId, EpochId, Receipt, Seq, Timestamp};
use crate::list::{CaseList, Counts, Place, Rest};
use crate::people::{Role, TopicId};
use crate::refusal::Refused;
use crate::staff::{Recipient, StaffList};

/// What an agent's client may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentCommand {
    /// The first command of a connection. Answered by `welcome`.
    Hello {
        /// [`VERSION`](crate::VERSION).
        version: u32,
    },
    /// Goes on or off duty.
    Duty {
        /// On duty from now on.
        on: bool,
    },
    /// Chooses how many conversations the agent has at the same time: one of [`LOADS`](crate::LOADS).
    Most {
        /// So many.
        most: u32,
    },
    /// Takes what is next: what is offered to this agent, then the longest wait that suits them, then the longest.
    TakeNext {},
    /// Lets an offer go on to somebody else.
    Pass {
        /// Of which conversation.
        conversation: ConversationId,
    },
    /// Takes a conversation out of the queue. One agent wins. A lead may also take one whose visitor has asked for a
    /// supervisor, or whose holder has asked for a lead, from another person's hands or after it was marked as solved.
    Take {
        /// Which.
        conversation: ConversationId,
    },
    /// Writes to the visitor of a conversation that the agent holds.
    Reply {
        /// Which.
        conversation: ConversationId,
        /// 1 to 8,000 characters after trimming.
        text: String,
        /// Answers to suggest, as [`checked_replies`](crate::checked_replies) takes them; what is more is cut.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        replies: Vec<String>,
    },
    /// Marks a conversation that the agent holds as solved.
    Resolve {
        /// Which.
        conversation: ConversationId,
        /// Ask the visitor whether it is, in their language and in the agent's name. Unless they say yes, it comes back.
        #[serde(default, skip_serializing_if = "is_false")]
        ask: bool,
    },
    /// Passes a conversation that the agent holds on, with its first request's time. It waits in front until somebody
    /// takes it.
    Transfer {
        /// Which.
        conversation: ConversationId,
        /// To whom; none for whoever is next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Recipient>,
        /// A note for whoever takes it: 1 to 8,000 characters after trimming.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Asks a lead to take part in a conversation that the agent holds, or takes that back.
    AskLead {
        /// Which.
        conversation: ConversationId,
        /// One is wanted.
        on: bool,
        /// A note for them: 1 to 8,000 characters after trimming.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Puts off a conversation that the agent holds: it keeps them busy no more until then, or until its visitor writes.
    Snooze {
        /// Which.
        conversation: ConversationId,
        /// Until when: within 90 days.
        until: Timestamp,
        /// What the visitor is told, as a message of the agent's: 1 to 8,000 characters after trimming.
        text: String,
    },
    /// Goes on with a conversation that was put off.
    Wake {
        /// Which.
        conversation: ConversationId,
    },
    /// Says what a conversation that the agent holds is about.
    Topic {
        /// Which.
        conversation: ConversationId,
        /// One of the site's topics; none for none of them.
        topic: Option<TopicId>,
    },
    /// Leaves a note for colleagues in a conversation that the agent may read. No visitor, assistant or record ever gets it.
    Note {
        /// Where.
        conversation: ConversationId,
        /// 1 to 8,000 characters after trimming.
        text: String,
    },
    /// Puts right what the card of a conversation says that the agent holds, or that a lead may read.
    Correct {
        /// Which.
        conversation: ConversationId,
        /// What.
        correction: Correction,
    },
    /// Says that the agent is writing, or has stopped. Not answered.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Whether they are writing now.
        on: bool,
    },
    /// Says how far the agent has seen a conversation that they hold: a page that shows it was in view. Not answered.
    Seen {
        /// Which.
        conversation: ConversationId,
        /// The newest event that was shown.
        seq: Seq,
    },
    /// Says which conversation this connection shows now, so that others who look at it know. Not answered.
    View {
        /// Which; none for none.
        conversation: Option<ConversationId>,
    },
    /// Keeps what the agent has begun in a conversation that they hold, for whoever takes it next. What is left out
    /// stays as it was kept. Visitors never see any of it.
    Draft {
        /// Where.
        conversation: ConversationId,
        /// What is in the reply box: at most 8,000 characters after trimming, none for an empty box.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply: Option<String>,
        /// The note for colleagues: at most 8,000 characters after trimming, none for no note.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Asks to see a conversation that waits, that the agent holds, or that a lead may take, and to hear its events
    /// from now on on this connection. Answered by `history`, which `draft` follows.
    Open {
        /// Which.
        conversation: ConversationId,
        /// The last event that the client has; 0 for none.
        #[serde(default)]
        after: Seq,
    },
    /// Asks for the page of events before one. Answered by `history`.
    History {
        /// Which.
        conversation: ConversationId,
        /// The first event that the client has.
        before: Seq,
    },
    /// Asks for what comes next in a list of which there is more than was told. Answered by `listed`.
    List {
        /// Which.
        list: CaseList,
        /// The place up to which it is known; none for its beginning.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Place>,
    },
    /// Shows that the client is there. Answered by `pong`.
    Ping {},
}

/// What the server says to an agent's client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentFrame {
    /// Answers `hello`.
    Welcome(AgentWelcome),
    /// How a conversation stands now. In the queue or held by this agent: show it. Where a supervisor is asked for, show it
    /// to leads, whoever has it. Otherwise remove it.
    Case(Case),
    /// Answers `list`: what comes next there, in order.
    Listed {
        /// The command's id.
        id: CommandId,
        /// Of which list.
        list: CaseList,
        /// How each stands now.
        cases: Vec<Case>,
        /// The place up to which the list is known now; none if that is all of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rest: Option<Place>,
    },
    /// How many stand in long lists now: after each change of them.
    Counts(Counts),
    /// Something happened in a conversation that this agent holds or has open.
    Event {
        /// Where.
        conversation: ConversationId,
        /// What.
        event: Event,
    },
    /// Answers `open` and `history`.
    History {
        /// The command's id.
        id: CommandId,
        /// Where.
        conversation: ConversationId,
        /// The events.
        page: HistoryPage,
    },
    /// What was begun in a conversation and is kept: after the `history` that answers `open`, when this agent takes it,
    /// and when it changed on another device of theirs.
    Draft {
        /// Where.
        conversation: ConversationId,
        /// What; it replaces what was told before.
        draft: Draft,
    },
    /// The notes for colleagues, the oldest first: after the `history` that answers `open`, and when this agent takes it.
    Notes {
        /// Where.
        conversation: ConversationId,
        /// What; they replace what was told before.
        notes: Vec<Note>,
    },
    /// A new note for colleagues, of whoever wrote it.
    Note {
        /// Where.
        conversation: ConversationId,
        /// What.
        note: Note,
    },
    /// What is known of a conversation: soon after the `history` that answers `open`, when this agent takes it, and when it
    /// changes. The visitor sees the same while they wait.
    Card {
        /// Which.
        conversation: ConversationId,
        /// What; it replaces what was told before.
        facts: Vec<CardFact>,
    },
    /// What the reply that this agent has begun asks for, and is known already: after each `draft`.
    Known {
        /// Where.
        conversation: ConversationId,
        /// What; it replaces what was told before.
        facts: Vec<CardFact>,
    },
    /// Which other agents have a conversation open that this agent has open.
    Viewers {
        /// Which.
        conversation: ConversationId,
        /// Their names.
        names: Vec<String>,
    },
    /// Who works here, and what they have set up: after `welcome`, and when it changes.
    Staff(StaffList),
    /// What the shop's page says of the visitor, which nobody has verified: after the `history` that answers `open`, when
    /// this agent takes the conversation, and when it changes.
    Context {
        /// Whose.
        conversation: ConversationId,
        /// What; it replaces what was told before.
        values: Vec<Unverified>,
    },
    /// The visitor or the assistant is writing.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Who.
        typing: Typing,
    },
    /// The agent went on or off duty, on this device or another, or was taken off duty when they vanished.
    Duty {
        /// On duty now.
        on: bool,
    },
    /// A command is done.
    Ack(Ack),
    /// A command is not done.
    Refused(Refused),
    /// Answers `ping`.
    Pong {
        /// The ping's id.
        id: CommandId,
    },
}

/// The server's half of the greeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentWelcome {
    /// The server's [`VERSION`](crate::VERSION).
    pub version: u32,
    /// The store's history; a new one means: start over.
    pub epoch: EpochId,
    /// The server's clock now, for waits that tick.
    pub now: Timestamp,
    /// The longest silence, in milliseconds.
    pub heartbeat_ms: u32,
    /// Who signed in.
    pub me: AgentFace,
    /// The site they answer for.
    pub site: String,
    /// What this agent holds, for a lead what asks for a supervisor and what others hold, and what waits: of long lists the
    /// beginning. What of them is not here is told when it changes.
    pub cases: Vec<Case>,
    /// The lists of which there is more; `list` asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<Rest>,
    /// How many stand in the lists.
    #[serde(default)]
    pub counts: Counts,
    /// The highest number that was given to a request; none if there was none. A higher one is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<Receipt>,
    /// What went back to the queue when this agent was last gone for longer than the lease; none once they are on duty
    /// again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapse>,
}

/// A conversation that an agent held until their connections were lost for longer than the lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// Which.
    pub conversation: ConversationId,
    /// When it went back to the queue.
    pub at: Timestamp,
    /// Who has it now.
    pub holder: CaseHolder,
}

/// What an agent has begun in a conversation and has not sent, and their note for colleagues. It belongs to the
/// conversation: whoever takes it next gets it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The reply that was begun; gone once its author has sent a reply or marked the conversation as solved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Begun>,
    /// The note, which stays until it is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Begun>,
}

/// A value that a shop's page has given, masked like a message. A client must say that it is not verified: whoever has the
/// page open can have it say anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unverified {
    /// The name that the shop has given it: 1 to 40 characters.
    pub name: String,
    /// The value as text: a number and a yes or no as JSON writes them, and empty for null.
    pub value: String,
}

/// Words of an agent that no visitor sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Whose: the name that they had then.
    pub name: String,
    /// They are this agent's own.
    pub mine: bool,
    /// When they were last changed.
    pub at: Timestamp,
    /// The words: 1 to 8,000 characters, masked like a message.
    pub text: String,
}

/// What an agent is shown of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentFace {
    /// Their id.
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
    /// On duty now.
    pub on_duty: bool,
    /// How many conversations they hold.
    pub load: u32,
    /// They are a supervisor.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lead: bool,
    /// What they may do.
    #[serde(default, skip_serializing_if = "Role::is_agent")]
    pub role: Role,
    /// How many conversations they have chosen to have at the same time, at most; 0 if the server does not tell.
    #[serde(default)]
    pub most: u32,
}

/// A note for colleagues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The id that its author's client gave it.
    pub id: CommandId,
    /// The newest event when it was written: it stands after that one.
    pub after: Seq,
    /// When.
    pub at: Timestamp,
    /// Whose: the name that they had then.
    pub name: String,
    /// The words: 1 to 8,000 characters, masked like a message.
    pub text: String,
}
