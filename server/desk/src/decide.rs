//! What a command changes, or why it may not.

use protocol::{AgentId, CommandId, ConversationId, RequestVia, ReturnReason, Timestamp};

use crate::change::{Author, Change, DraftStep, Entry, Message, Person};
use crate::command::{AgentAction, BotAction, Command, VisitorAction};
use crate::conversation::{Conversation, Holder, HumanRequest};
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
                VisitorAction::AskForSupervisor => {
                    visitor_asks_for_supervisor(desk, conversation, now)
                }
                VisitorAction::LeaveQueue => visitor_leaves_queue(conversation)?,
                VisitorAction::ChooseAssistant => visitor_chooses_assistant(desk, conversation)?,
                VisitorAction::End => visitor_ends(conversation),
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
        } => {
            let agent = desk.roster().agent(agent_id).ok_or(Refusal::NoSuchAgent)?;
            let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
            let by = person(agent_id, agent);
            let reopened = || request_human(desk, conversation, RequestVia::Reopen, now);
            agent_acts(agent, by, id, conversation, action, reopened)
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
        replies: vec![],
        offers_human: false,
    };
    let mut entries = match (conversation.holder, conversation.last_human) {
        (Holder::Bot, _) if desk.has_bot => vec![],
        (Holder::Queue | Holder::Agent(_), _) => vec![],
        // No person had it and none is owed, so the end was the visitor's own: who answered before answers again.
        (Holder::Nobody, None)
            if desk.has_bot && conversation.has_begun() && conversation.supervisor.is_none() =>
        {
            vec![Entry::Reopened { to: None }]
        }
        // Nobody would read it: it is the first one, or the site has removed its assistant since.
        (Holder::Bot, _) | (Holder::Nobody, None) => {
            vec![request_human(desk, conversation, RequestVia::Message, now)]
        }
        (Holder::Nobody, Some(agent_id)) => {
            let there = desk.roster().agent(agent_id).filter(|agent| agent.on_duty);
            let to = there.map(|agent| person(agent_id, agent));
            vec![
                Entry::Reopened { to },
                request_human(desk, conversation, RequestVia::Reopen, now),
            ]
        }
    };
    entries.push(Entry::Message(message));
    entries
}

fn visitor_asks_for_human(desk: &Desk, conversation: &Conversation, now: Timestamp) -> Vec<Entry> {
    match conversation.holder {
        Holder::Bot => vec![request_human(desk, conversation, RequestVia::Button, now)],
        Holder::Nobody if conversation.last_human.is_some() => {
            vec![
                Entry::Reopened { to: None },
                request_human(desk, conversation, RequestVia::Button, now),
            ]
        }
        Holder::Nobody => vec![request_human(desk, conversation, RequestVia::Button, now)],
        // It is true already: a person has it, or the first request keeps its place.
        Holder::Queue | Holder::Agent(_) => vec![],
    }
}

fn visitor_asks_for_supervisor(
    desk: &Desk,
    conversation: &Conversation,
    now: Timestamp,
) -> Vec<Entry> {
    let holder = conversation.holder.agent();
    let holder = holder.and_then(|holder| desk.roster().agent(holder));
    if conversation.supervisor.is_some() || holder.is_some_and(|holder| holder.lead) {
        return vec![];
    }
    // Where nobody has it and nobody is to come, a person is asked for first. Whoever has it goes on with it.
    let mut entries = visitor_asks_for_human(desk, conversation, now);
    entries.push(Entry::SupervisorRequested { asked_at: now });
    entries
}

fn visitor_leaves_queue(conversation: &Conversation) -> Result<Vec<Entry>, Refusal> {
    match (conversation.holder, conversation.last_human) {
        (Holder::Queue, _) => Ok(vec![Entry::LeftQueue]),
        // It is true already: the visitor is out of the line, and no person has it.
        (Holder::Bot, _) | (Holder::Nobody, None) => Ok(vec![]),
        (Holder::Agent(_), _) | (Holder::Nobody, Some(_)) => Err(Refusal::NotWaiting),
    }
}

/// From a person, or after the end, only the visitor's own word gives it back to the assistant (G5).
fn visitor_chooses_assistant(
    desk: &Desk,
    conversation: &Conversation,
) -> Result<Vec<Entry>, Refusal> {
    match conversation.holder {
        _ if !desk.has_bot => Err(Refusal::NoAssistant),
        Holder::Bot => Ok(vec![]),
        Holder::Queue => Ok(vec![Entry::LeftQueue]),
        // The log begins with what somebody says or asks for.
        Holder::Nobody if !conversation.has_begun() => Ok(vec![]),
        Holder::Agent(_) | Holder::Nobody => Ok(vec![Entry::AssistantChosen]),
    }
}

fn visitor_ends(conversation: &Conversation) -> Vec<Entry> {
    match conversation.holder {
        Holder::Nobody => vec![],
        // There is nothing yet that could end.
        _ if !conversation.has_begun() => vec![],
        Holder::Bot | Holder::Queue | Holder::Agent(_) => vec![Entry::Ended],
    }
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

/// Out of the queue for anybody; a supervisor whom the visitor wants takes it from wherever it is.
fn agent_takes(
    agent: &Agent,
    by: Person,
    conversation: &Conversation,
    reopened: impl FnOnce() -> Entry,
) -> Result<Vec<Entry>, Refusal> {
    let lead = agent.lead && conversation.supervisor.is_some();
    let taken = Entry::Taken {
        by: by.clone(),
        lead,
    };
    match conversation.holder {
        // Only somebody who has become a lead since the visitor asked both has it and is waited for.
        Holder::Agent(holder) if holder == by.id && !lead => Ok(vec![]),
        Holder::Agent(_) if !lead => Err(Refusal::HeldByAnother),
        Holder::Nobody if !lead => Err(Refusal::NotWaiting),
        Holder::Bot => Err(Refusal::NotWaiting),
        _ if !agent.on_duty => Err(Refusal::OffDuty),
        Holder::Queue | Holder::Agent(_) => Ok(vec![taken]),
        // It was marked as solved, and the wish was not answered by that.
        Holder::Nobody => Ok(vec![Entry::Reopened { to: Some(by) }, reopened(), taken]),
    }
}

fn agent_acts(
    agent: &Agent,
    by: Person,
    id: ConversationId,
    conversation: &Conversation,
    action: AgentAction,
    reopened: impl FnOnce() -> Entry,
) -> Result<Vec<Change>, Refusal> {
    let holds_it = conversation.holder == Holder::Agent(by.id);
    // With these words, or this end, the visitor has what the begun ones were for.
    let ends_draft =
        conversation.has_draft && matches!(action, AgentAction::Say { .. } | AgentAction::Resolve);
    let entry = match action {
        AgentAction::Take => return Ok(log(id, agent_takes(agent, by, conversation, reopened)?)),
        // Whoever has lost the conversation must not write over what the next one has begun either.
        _ if !holds_it => return Err(Refusal::NotYours),
        AgentAction::Say {
            id: message,
            text,
            replies,
        } => Entry::Message(Message {
            id: message,
            author: Author::Agent(by),
            text,
            sources: vec![],
            replies,
            offers_human: false,
        }),
        AgentAction::Draft { reply, note } => {
            return Ok(holder_drafts(id, conversation, by, reply, note));
        }
        AgentAction::Resolve => Entry::Resolved(by),
        AgentAction::Transfer => Entry::Returned {
            from: by,
            reason: ReturnReason::Transferred,
        },
    };
    let mut changes = log(id, vec![entry]);
    changes.extend(ends_draft.then_some(Change::Draft {
        conversation: id,
        step: DraftStep::ReplyDone,
    }));
    Ok(changes)
}

fn holder_drafts(
    id: ConversationId,
    conversation: &Conversation,
    by: Person,
    reply: Option<String>,
    note: Option<String>,
) -> Vec<Change> {
    // An empty box where nothing is kept is true already.
    let reply = reply.filter(|reply| conversation.has_draft || !reply.is_empty());
    let is_new = reply.is_some() || note.is_some();
    let step = DraftStep::Kept { by, reply, note };
    let conversation = id;
    let draft = Change::Draft { conversation, step };
    is_new.then_some(draft).into_iter().collect()
}

fn agent_vanishes(desk: &Desk, agent_id: AgentId) -> Result<Vec<Change>, Refusal> {
    let agent = desk.roster().agent(agent_id);
    let from = Person {
        id: agent_id,
        name: agent.map_or_else(String::new, |agent| agent.name.clone()),
    };
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
    match agent {
        // Somebody who was removed from the site can still hold what was theirs; it must come back too.
        None if changes.is_empty() => return Err(Refusal::NoSuchAgent),
        Some(agent) if agent.on_duty => changes.push(Change::Duty {
            agent: agent_id,
            on: false,
        }),
        None | Some(_) => {}
    }
    Ok(changes)
}

fn person(id: AgentId, agent: &Agent) -> Person {
    Person {
        id,
        name: agent.name.clone(),
    }
}
