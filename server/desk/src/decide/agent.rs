//! What agents do, with what they hold and with what waits.

use protocol::{AgentId, CommandId, ConversationId, RequestVia, ReturnReason, Timestamp};

use super::{Refusal, log, person, rearranged, request_human};
use crate::change::{Author, Change, DraftStep, Entry, Message, Person};
use crate::command::{AgentAction, Recipient, SolvedQuestion};
use crate::conversation::{Arranged, Conversation, Holder};
use crate::{Agent, Desk};

/// The longest that a conversation can be put off, in milliseconds: 90 days.
const LONGEST_SNOOZE_MS: i64 = 90 * 24 * 60 * 60 * 1_000;

/// What an agent's action changes.
pub fn acts(
    desk: &Desk,
    agent_id: AgentId,
    id: ConversationId,
    action: AgentAction,
    now: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    let agent = desk.roster().agent(agent_id).ok_or(Refusal::NoSuchAgent)?;
    let conversation = desk.conversation(id).ok_or(Refusal::NoSuchConversation)?;
    let by = person(agent_id, agent);
    match action {
        AgentAction::Take => {
            let reopened = || request_human(desk, conversation, RequestVia::Reopen, now);
            return Ok(log(id, takes(agent, by, conversation, reopened)?));
        }
        // Notes are of whoever may read what they are about.
        AgentAction::Note { id: note, text } => {
            desk.readable_by(agent_id, id).ok_or(Refusal::NotYours)?;
            return Ok(vec![Change::Noted {
                conversation: id,
                by,
                id: note,
                text,
            }]);
        }
        _ => {}
    }
    // Whoever has lost the conversation must not write over what the next one has begun either.
    if conversation.holder != Holder::Agent(agent_id) {
        return Err(Refusal::NotYours);
    }
    holder_acts(desk, by, id, conversation, action, now)
}

/// Takes what the agent is to have next.
pub fn takes_next(desk: &Desk, agent_id: AgentId, now: Timestamp) -> Result<Vec<Change>, Refusal> {
    let agent = desk.roster().agent(agent_id).ok_or(Refusal::NoSuchAgent)?;
    if !agent.on_duty {
        return Err(Refusal::OffDuty);
    }
    if !agent.has_room() {
        return Err(Refusal::Full);
    }
    let next = desk.next_for(agent_id).ok_or(Refusal::NotWaiting)?;
    acts(desk, agent_id, next, AgentAction::Take, now)
}

/// Out of the queue for anybody; a lead who is asked for takes it from wherever it is.
fn takes(
    agent: &Agent,
    by: Person,
    conversation: &Conversation,
    reopened: impl FnOnce() -> Entry,
) -> Result<Vec<Entry>, Refusal> {
    let lead = agent.role.is_lead() && conversation.wants_lead();
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
        Holder::Agent(holder) if holder == by.id => Ok(vec![taken]),
        _ if !agent.has_room() => Err(Refusal::Full),
        Holder::Queue | Holder::Agent(_) => Ok(vec![taken]),
        // It was marked as solved, and the wish was not answered by that.
        Holder::Nobody => Ok(vec![Entry::Reopened { to: Some(by) }, reopened(), taken]),
    }
}

/// What the holder of a conversation does with it.
fn holder_acts(
    desk: &Desk,
    by: Person,
    id: ConversationId,
    conversation: &Conversation,
    action: AgentAction,
    now: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    let arranged = conversation.arranged.clone();
    let changes = match action {
        AgentAction::Take | AgentAction::Note { .. } => {
            unreachable!("these are not the holder's alone")
        }
        AgentAction::Say {
            id: message,
            text,
            replies,
        } => {
            let mut changes = log(id, vec![said(message, by, text, replies)]);
            changes.extend(draft_done(id, conversation));
            changes
        }
        AgentAction::Draft { reply, note } => drafts(id, conversation, by, reply, note),
        AgentAction::Resolve { question } => resolves(id, conversation, by, question),
        AgentAction::Transfer { to } => transfers(desk, by, id, conversation, to)?,
        AgentAction::AskLead { on } => {
            let help = match (arranged.help, on) {
                (Some(since), true) => Some(since),
                (None, true) => Some(now),
                (_, false) => None,
            };
            rearranged(id, conversation, Arranged { help, ..arranged })
        }
        AgentAction::Snooze {
            until,
            id: message,
            text,
        } => {
            if !(1..=LONGEST_SNOOZE_MS).contains(&until.0.saturating_sub(now.0)) {
                return Err(Refusal::OutOfRange);
            }
            let mut changes = log(id, vec![said(message, by, text, vec![])]);
            let snoozed = Some(until);
            changes.push(Change::Arranged {
                conversation: id,
                arranged: Arranged {
                    snoozed,
                    ..arranged
                },
            });
            changes
        }
        AgentAction::Wake => {
            let agent = desk.roster().agent(by.id).ok_or(Refusal::NoSuchAgent)?;
            if arranged.snoozed.is_some() && !agent.has_room() {
                return Err(Refusal::Full);
            }
            let snoozed = None;
            rearranged(
                id,
                conversation,
                Arranged {
                    snoozed,
                    ..arranged
                },
            )
        }
        AgentAction::Topic { topic } => {
            rearranged(id, conversation, Arranged { topic, ..arranged })
        }
    };
    Ok(changes)
}

fn said(id: CommandId, by: Person, text: String, replies: Vec<String>) -> Entry {
    Entry::Message(Message {
        id,
        author: Author::Agent(by),
        text,
        sources: vec![],
        replies,
        offers_human: false,
    })
}

/// With words that were sent, or an end, the visitor has what the begun ones were for.
fn draft_done(id: ConversationId, conversation: &Conversation) -> Option<Change> {
    conversation.has_draft.then_some(Change::Draft {
        conversation: id,
        step: DraftStep::ReplyDone,
    })
}

fn resolves(
    id: ConversationId,
    conversation: &Conversation,
    by: Person,
    question: Option<SolvedQuestion>,
) -> Vec<Change> {
    let mut entries = vec![Entry::Resolved(by.clone())];
    let mut asked = None;
    if let Some(SolvedQuestion {
        id: message,
        text,
        yes,
        no,
    }) = question
    {
        asked = Some(yes.clone());
        entries.insert(0, said(message, by, text, vec![yes, no]));
    }
    let mut changes = log(id, entries);
    changes.extend(draft_done(id, conversation));
    changes.extend(asked.map(|yes| Change::Arranged {
        conversation: id,
        arranged: Arranged {
            topic: conversation.arranged.topic,
            language: conversation.arranged.language,
            solved: Some(yes),
            ..Arranged::default()
        },
    }));
    changes
}

fn transfers(
    desk: &Desk,
    by: Person,
    id: ConversationId,
    conversation: &Conversation,
    to: Recipient,
) -> Result<Vec<Change>, Refusal> {
    let (team, wanted) = match to {
        Recipient::Queue => (None, None),
        Recipient::Team(team) if desk.has_team(team) => (Some(team), None),
        Recipient::Person(person) if person != by.id => {
            let there = desk.roster().agent(person).filter(|agent| agent.on_duty);
            there.ok_or(Refusal::NotThere)?;
            (None, Some(person))
        }
        Recipient::Team(_) | Recipient::Person(_) => return Err(Refusal::NotThere),
    };
    let from = by.id;
    let reason = ReturnReason::Transferred;
    let mut changes = log(id, vec![Entry::Returned { from: by, reason }]);
    if team.is_some() || wanted.is_some() {
        changes.push(Change::Arranged {
            conversation: id,
            arranged: Arranged {
                team,
                wanted,
                topic: conversation.arranged.topic,
                language: conversation.arranged.language,
                ..Arranged::default()
            },
        });
    }
    // Whoever has just passed it on is not asked to take it.
    changes.push(Change::Passed {
        conversation: id,
        agent: from,
    });
    Ok(changes)
}

/// The time has come to go on with what was put off. Whoever put it off does, or whoever is next if they are not here or
/// have no room now.
pub fn wakes(desk: &Desk, id: ConversationId, conversation: &Conversation) -> Vec<Change> {
    if conversation.arranged.snoozed.is_none() {
        return vec![];
    }
    let holder = conversation.holder.agent();
    let there = holder.and_then(|holder| Some((holder, desk.roster().agent(holder)?)));
    match there {
        Some((_, agent)) if agent.is_free() => {
            let arranged = Arranged {
                snoozed: None,
                ..conversation.arranged.clone()
            };
            rearranged(id, conversation, arranged)
        }
        Some((holder, agent)) => {
            let from = person(holder, agent);
            let reason = if agent.on_duty {
                ReturnReason::Transferred
            } else {
                ReturnReason::Vanished
            };
            log(id, vec![Entry::Returned { from, reason }])
        }
        // Somebody who was removed vanishes, and it comes back with all that was theirs.
        None => vec![],
    }
}

fn drafts(
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

/// An agent is gone for good: what they hold goes back to the line, but for what they have put off until later.
pub fn vanishes(desk: &Desk, agent_id: AgentId) -> Result<Vec<Change>, Refusal> {
    let agent = desk.roster().agent(agent_id);
    let from = Person {
        id: agent_id,
        name: agent.map_or_else(String::new, |agent| agent.name.clone()),
    };
    let mut changes: Vec<Change> = desk
        .conversations()
        .filter(|(_, conversation)| conversation.holder == Holder::Agent(agent_id))
        .filter(|(_, conversation)| agent.is_none() || conversation.arranged.snoozed.is_none())
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
