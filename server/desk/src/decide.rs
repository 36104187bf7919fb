//! What a command changes, or why it may not.

mod agent;
mod visitor;

use protocol::{AgentId, ConversationId, RequestVia, Timestamp};

use crate::change::{Author, Change, Entry, Message, Person};
use crate::command::{BotAction, Command};
use crate::conversation::{Arranged, Conversation, Holder, HumanRequest};
use crate::{Agent, Desk};

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
    /// No assistant answers on this site.
    NoAssistant,
    /// The agent has as many conversations as they have chosen to have.
    Full,
    /// The person or team that it was to be passed on to is not there.
    NotThere,
    /// It cannot be put off until then.
    OutOfRange,
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
            visitor::acts(desk, id, conversation, action, now)
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
                    replies,
                    offers_human,
                } => Entry::Message(Message {
                    id,
                    author: Author::Bot,
                    text,
                    sources,
                    replies,
                    offers_human,
                }),
                BotAction::HandOver => request_human(desk, conversation, RequestVia::Bot, now),
                BotAction::Fail => Entry::BotFailed,
            };
            Ok(log(id, vec![entry]))
        }
        Command::Agent {
            agent: agent_id,
            conversation: id,
            action,
        } => agent::acts(desk, agent_id, id, action, now),
        Command::TakeNext { agent } => agent::takes_next(desk, agent, now),
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
        Command::Most { agent: id, most } => {
            let agent = desk.roster().agent(id).ok_or(Refusal::NoSuchAgent)?;
            let chosen = Change::Most { agent: id, most };
            Ok((agent.most != most).then_some(chosen).into_iter().collect())
        }
        Command::Vanished { agent } => agent::vanishes(desk, agent),
        Command::Offer => Ok(desk.new_offers(now)),
        Command::OfferLapsed {
            conversation,
            agent,
        } => {
            desk.readable_by(agent, conversation)
                .ok_or(Refusal::NoSuchConversation)?;
            let stands = desk.offer(conversation).is_some_and(|it| it.to == agent);
            let passed = Change::Passed {
                conversation,
                agent,
            };
            Ok(stands.then_some(passed).into_iter().collect())
        }
        Command::SnoozeOver { conversation: id } => {
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            Ok(agent::wakes(desk, id, conversation))
        }
        Command::Sorted {
            conversation: id,
            language,
            topic,
        } => {
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            let mut arranged = conversation.arranged.clone();
            arranged.language = language.or(arranged.language);
            // What a person has said of it counts for more.
            if arranged.topic.is_none()
                && let Some((topic, team)) = topic
            {
                arranged.topic = Some(topic);
                arranged.team = arranged.team.or(team);
            }
            Ok(rearranged(id, conversation, arranged))
        }
        Command::SupervisorLate {
            conversation: id,
            by,
        } => {
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            let waits = conversation.supervisor.is_some_and(|it| it.due.is_none());
            let promised = waits.then_some(Entry::CallbackPromised { by });
            Ok(log(id, promised.into_iter().collect()))
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

/// What makes an arrangement another one; nothing if it is this one already.
fn rearranged(id: ConversationId, before: &Conversation, arranged: Arranged) -> Vec<Change> {
    let is_new = before.arranged != arranged;
    let change = Change::Arranged {
        conversation: id,
        arranged,
    };
    is_new.then_some(change).into_iter().collect()
}

fn request_human(
    desk: &Desk,
    conversation: &Conversation,
    via: RequestVia,
    now: Timestamp,
) -> Entry {
    let request = HumanRequest {
        receipt: desk.next_receipt(),
        requested_at: now,
        priority: conversation.vulnerable.is_some(),
    };
    Entry::HumanRequested { request, via }
}

fn person(id: AgentId, agent: &Agent) -> Person {
    Person {
        id,
        name: agent.name.clone(),
    }
}
