//! What a command changes, and what a change makes true.

use protocol::{
    AgentId, CommandId, ConversationId, Receipt, RequestVia, ReturnReason, Source, Timestamp,
};

use crate::conversation::{Conversation, Holder, HumanRequest};
use crate::{Agent, Desk};

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
    /// Leave the line and go on with the assistant.
    LeaveQueue,
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
    /// Take it out of the queue.
    Take,
    /// Write to the visitor.
    Say {
        /// The client's id for the message.
        id: CommandId,
        /// The text, checked and masked.
        text: String,
    },
    /// Mark it as solved.
    Resolve,
    /// Give it back to the queue.
    Transfer,
}

/// What the rules decided and the store keeps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    /// A new entry in a conversation's log.
    Logged {
        /// Which.
        conversation: ConversationId,
        /// What.
        entry: Entry,
    },
    /// An agent is on or off duty.
    Duty {
        /// Who.
        agent: AgentId,
        /// On duty now.
        on: bool,
    },
}

/// An entry in a conversation's log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// Somebody wrote.
    Message(Message),
    /// A person was asked for.
    HumanRequested {
        /// The request.
        request: HumanRequest,
        /// How.
        via: RequestVia,
    },
    /// A person took it.
    Taken(Person),
    /// It went back to the queue.
    Returned {
        /// From whom.
        from: Person,
        /// Why.
        reason: ReturnReason,
    },
    /// A person marked it as solved.
    Resolved(Person),
    /// The visitor came back after the end.
    Reopened {
        /// The person it goes back to; none for the queue.
        to: Option<Person>,
    },
    /// The visitor left the line.
    LeftQueue,
    /// The assistant could not answer.
    BotFailed,
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message {
    /// The author's id for it.
    pub id: CommandId,
    /// Who wrote.
    pub author: Author,
    /// The text.
    pub text: String,
    /// Where an answer of the assistant is from.
    pub sources: Vec<Source>,
    /// The assistant offers a person with it.
    pub offers_human: bool,
}

/// Who wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Author {
    /// The customer.
    Visitor,
    /// An AI.
    Bot,
    /// A person.
    Agent(Person),
}

/// An agent, by the name they had when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// Who.
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
}

/// Why a command changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The conversation is not here. It may be in the store.
    NoSuchConversation,
    /// The agent does not belong to this site.
    NoSuchAgent,
    /// Another person holds the conversation.
    HeldByAnother,
    /// The conversation is not in the queue.
    NotWaiting,
    /// The agent does not hold the conversation.
    NotYours,
    /// The agent is off duty.
    OffDuty,
    /// The conversation is no longer the assistant's: a person or the queue has it.
    NotTheBotsTurn,
}

/// What `command` changes at the moment `now`; nothing at all if what it wants is true already.
///
/// # Errors
///
/// A [`Refusal`] says why it may not. A visitor's wish for a person is never refused (G1) but for
/// [`Refusal::NoSuchConversation`], after which the caller fetches the conversation from the store.
pub fn decide(desk: &Desk, command: Command, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    match command {
        Command::Visitor {
            conversation: id,
            action,
        } => {
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            let entries = match action {
                VisitorAction::Say { id, text } => visitor_says(desk, conversation, id, text, now),
                VisitorAction::AskForHuman => visitor_asks_for_human(desk, conversation, now),
                VisitorAction::LeaveQueue => visitor_leaves_queue(conversation)?,
            };
            Ok(log(id, entries))
        }
        Command::Bot {
            conversation: id,
            action,
        } => {
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            if conversation.holder != Holder::Bot {
                return Err(Refusal::NotTheBotsTurn);
            }
            let entry = match action {
                BotAction::Say {
                    id,
                    text,
                    sources,
                    offers_human,
                } => Entry::Message(Message {
                    id,
                    author: Author::Bot,
                    text,
                    sources,
                    offers_human,
                }),
                BotAction::HandOver => request_human(desk, RequestVia::Bot, now),
                BotAction::Fail => Entry::BotFailed,
            };
            Ok(log(id, vec![entry]))
        }
        Command::Agent {
            agent: agent_id,
            conversation: id,
            action,
        } => {
            let agent = desk.roster().agent(agent_id).ok_or(Refusal::NoSuchAgent)?;
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            Ok(log(id, agent_acts(agent_id, agent, conversation, action)?))
        }
        Command::Duty {
            agent: agent_id,
            on,
        } => {
            let agent = desk.roster().agent(agent_id).ok_or(Refusal::NoSuchAgent)?;
            let changes = agent.on_duty != on;
            Ok(changes
                .then_some(Change::Duty {
                    agent: agent_id,
                    on,
                })
                .into_iter()
                .collect())
        }
        Command::Vanished { agent } => agent_vanishes(desk, agent),
    }
}

/// Makes a change true.
///
/// A change of a conversation that is not here is passed over: the store has it.
pub fn apply(desk: &mut Desk, change: &Change) {
    match change {
        Change::Logged {
            conversation: id,
            entry,
        } => {
            let Some(before) = desk.conversation(*id) else {
                return;
            };
            let mut after = before.clone();
            apply_entry(desk.has_bot, &mut after, entry);
            if let Entry::HumanRequested { request, .. } = entry {
                let following = Receipt(request.receipt.0 + 1);
                desk.next_receipt = desk.next_receipt.max(following);
            }
            desk.replace(*id, after);
        }
        Change::Duty { agent, on } => desk.roster.set_on_duty(*agent, *on),
    }
}

fn apply_entry(has_bot: bool, conversation: &mut Conversation, entry: &Entry) {
    conversation.last_seq = conversation.last_seq.next();
    match entry {
        Entry::Message(message) => match message.author {
            Author::Visitor if conversation.holder != Holder::Bot => conversation.unanswered += 1,
            Author::Visitor | Author::Bot => {}
            Author::Agent(_) => conversation.unanswered = 0,
        },
        Entry::HumanRequested { request, .. } => {
            conversation.request = Some(*request);
            conversation.unanswered = 0;
            // A reopened conversation that went back to its person stays with them.
            if conversation.holder.agent().is_none() {
                conversation.holder = Holder::Queue;
            }
        }
        Entry::Taken(person) => {
            conversation.holder = Holder::Agent(person.id);
            conversation.last_human = Some(person.id);
            if let Some(request) = &mut conversation.request {
                request.priority = false;
            }
        }
        Entry::Returned { reason, .. } => {
            conversation.holder = Holder::Queue;
            if let Some(request) = &mut conversation.request {
                request.priority = *reason == ReturnReason::Vanished;
            }
        }
        Entry::Resolved(_) => {
            conversation.holder = Holder::Nobody;
            conversation.request = None;
            conversation.unanswered = 0;
        }
        Entry::Reopened { to } => {
            if let Some(person) = to {
                conversation.holder = Holder::Agent(person.id);
            }
        }
        Entry::LeftQueue => {
            conversation.holder = Conversation::blank(has_bot).holder;
            conversation.request = None;
            conversation.last_human = None;
            conversation.unanswered = 0;
        }
        Entry::BotFailed => {}
    }
}

impl Desk {
    fn replace(&mut self, id: ConversationId, after: Conversation) {
        let Some(before) = self.conversations.get_mut(&id) else {
            return;
        };
        // Most changes are messages, which move nobody: only the log's end is new.
        if before.holder == after.holder && before.request == after.request {
            *before = after;
        } else {
            self.remember(id, after);
        }
    }
}

fn log(conversation: ConversationId, entries: Vec<Entry>) -> Vec<Change> {
    entries
        .into_iter()
        .map(|entry| Change::Logged {
            conversation,
            entry,
        })
        .collect()
}

fn visitor_says(
    desk: &Desk,
    conversation: &Conversation,
    id: CommandId,
    text: String,
    now: Timestamp,
) -> Vec<Entry> {
    let message = Message {
        id,
        author: Author::Visitor,
        text,
        sources: vec![],
        offers_human: false,
    };
    let mut entries = match (conversation.holder, conversation.last_human) {
        (Holder::Bot | Holder::Queue | Holder::Agent(_), _) => vec![],
        (Holder::Nobody, None) => vec![request_human(desk, RequestVia::Message, now)],
        (Holder::Nobody, Some(agent_id)) => {
            let there = desk.roster().agent(agent_id).filter(|agent| agent.on_duty);
            let to = there.map(|agent| person(agent_id, agent));
            vec![
                Entry::Reopened { to },
                request_human(desk, RequestVia::Reopen, now),
            ]
        }
    };
    entries.push(Entry::Message(message));
    entries
}

fn visitor_asks_for_human(desk: &Desk, conversation: &Conversation, now: Timestamp) -> Vec<Entry> {
    match conversation.holder {
        Holder::Bot => vec![request_human(desk, RequestVia::Button, now)],
        Holder::Nobody if conversation.last_human.is_some() => {
            vec![
                Entry::Reopened { to: None },
                request_human(desk, RequestVia::Button, now),
            ]
        }
        Holder::Nobody => vec![request_human(desk, RequestVia::Button, now)],
        // It is true already: a person has it, or the first request keeps its place.
        Holder::Queue | Holder::Agent(_) => vec![],
    }
}

fn visitor_leaves_queue(conversation: &Conversation) -> Result<Vec<Entry>, Refusal> {
    match conversation.holder {
        Holder::Queue => Ok(vec![Entry::LeftQueue]),
        Holder::Bot | Holder::Agent(_) | Holder::Nobody => Err(Refusal::NotWaiting),
    }
}

fn request_human(desk: &Desk, via: RequestVia, now: Timestamp) -> Entry {
    let request = HumanRequest {
        receipt: desk.next_receipt(),
        requested_at: now,
        priority: false,
    };
    Entry::HumanRequested { request, via }
}

fn agent_acts(
    id: AgentId,
    agent: &Agent,
    conversation: &Conversation,
    action: AgentAction,
) -> Result<Vec<Entry>, Refusal> {
    let holds_it = conversation.holder == Holder::Agent(id);
    let entry = match action {
        AgentAction::Take => match conversation.holder {
            Holder::Agent(_) if holds_it => return Ok(vec![]),
            Holder::Agent(_) => return Err(Refusal::HeldByAnother),
            Holder::Bot | Holder::Nobody => return Err(Refusal::NotWaiting),
            Holder::Queue if !agent.on_duty => return Err(Refusal::OffDuty),
            Holder::Queue => Entry::Taken(person(id, agent)),
        },
        _ if !holds_it => return Err(Refusal::NotYours),
        AgentAction::Say { id: message, text } => Entry::Message(Message {
            id: message,
            author: Author::Agent(person(id, agent)),
            text,
            sources: vec![],
            offers_human: false,
        }),
        AgentAction::Resolve => Entry::Resolved(person(id, agent)),
        AgentAction::Transfer => Entry::Returned {
            from: person(id, agent),
            reason: ReturnReason::Transferred,
        },
    };
    Ok(vec![entry])
}

fn agent_vanishes(desk: &Desk, agent_id: AgentId) -> Result<Vec<Change>, Refusal> {
    let agent = desk.roster().agent(agent_id).ok_or(Refusal::NoSuchAgent)?;
    let from = person(agent_id, agent);
    let mut changes: Vec<Change> = desk
        .conversations()
        .filter(|(_, conversation)| conversation.holder == Holder::Agent(agent_id))
        .map(|(conversation, _)| Change::Logged {
            conversation,
            entry: Entry::Returned {
                from: from.clone(),
                reason: ReturnReason::Vanished,
            },
        })
        .collect();
    if agent.on_duty {
        changes.push(Change::Duty {
            agent: agent_id,
            on: false,
        });
    }
    Ok(changes)
}

fn person(id: AgentId, agent: &Agent) -> Person {
    Person {
        id,
        name: agent.name.clone(),
    }
}
