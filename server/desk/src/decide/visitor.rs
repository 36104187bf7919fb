//! What visitors do. Nothing refuses them a person (G1).

use protocol::{CommandId, ConversationId, RequestVia, ReturnReason, Timestamp};

use super::{Refusal, log, person, rearranged, request_human};
use crate::Desk;
use crate::change::{Author, Change, Entry, Message};
use crate::command::VisitorAction;
use crate::conversation::{Arranged, Conversation, Holder};

/// What an action changes in the visitor's own conversation.
pub fn acts(
    desk: &Desk,
    id: ConversationId,
    conversation: &Conversation,
    action: VisitorAction,
    now: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    let entries = match action {
        VisitorAction::Say { id, text } => says(desk, conversation, id, text, now),
        VisitorAction::AskForHuman => {
            return Ok(woken(
                desk,
                id,
                conversation,
                asks_for_human(desk, conversation, now),
            ));
        }
        VisitorAction::AskForSupervisor => {
            let entries = asks_for_supervisor(desk, conversation, now);
            return Ok(woken(desk, id, conversation, entries));
        }
        VisitorAction::LeaveQueue => leaves_queue(conversation)?,
        VisitorAction::ChooseAssistant => chooses_assistant(desk, conversation)?,
        VisitorAction::End => ends(conversation),
    };
    Ok(log(id, entries))
}

/// What a press brings, which wakes what was put off. A message does so by itself.
fn woken(
    desk: &Desk,
    id: ConversationId,
    conversation: &Conversation,
    entries: Vec<Entry>,
) -> Vec<Change> {
    let returned = roused(desk, conversation);
    let goes_on = returned.is_none();
    let mut changes = log(id, returned.into_iter().chain(entries).collect());
    if goes_on {
        let arranged = Arranged {
            snoozed: None,
            ..conversation.arranged.clone()
        };
        changes.extend(rearranged(id, conversation, arranged));
    }
    changes
}

fn says(
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
        (Holder::Queue, _) => vec![],
        (Holder::Agent(_), _) => roused(desk, conversation).into_iter().collect(),
        // They were asked whether it is solved, and say so.
        (Holder::Nobody, Some(_))
            if conversation.arranged.solved.as_ref() == Some(&message.text) =>
        {
            vec![]
        }
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
            let there = desk
                .roster()
                .agent(agent_id)
                .filter(|agent| agent.is_free());
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

/// Whoever has put it off goes on with it now, or, where they are not here or have no room, whoever is next: the visitor is
/// there and waits.
fn roused(desk: &Desk, conversation: &Conversation) -> Option<Entry> {
    conversation.arranged.snoozed?;
    let holder = conversation.holder.agent()?;
    let agent = desk.roster().agent(holder)?;
    let reason = match (agent.on_duty, agent.has_room()) {
        (true, true) => return None,
        (true, false) => ReturnReason::Transferred,
        (false, _) => ReturnReason::Vanished,
    };
    let from = person(holder, agent);
    Some(Entry::Returned { from, reason })
}

fn asks_for_human(desk: &Desk, conversation: &Conversation, now: Timestamp) -> Vec<Entry> {
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

fn asks_for_supervisor(desk: &Desk, conversation: &Conversation, now: Timestamp) -> Vec<Entry> {
    let holder = conversation.holder.agent();
    let holder = holder.and_then(|holder| desk.roster().agent(holder));
    // A lead who has put it off and is not there is none who helps now.
    let holder = holder.filter(|_| roused(desk, conversation).is_none());
    if conversation.supervisor.is_some() || holder.is_some_and(|it| it.role.is_lead()) {
        return vec![];
    }
    // Where nobody has it and nobody is to come, a person is asked for first. Whoever has it goes on with it.
    let mut entries = asks_for_human(desk, conversation, now);
    entries.push(Entry::SupervisorRequested { asked_at: now });
    entries
}

fn leaves_queue(conversation: &Conversation) -> Result<Vec<Entry>, Refusal> {
    match (conversation.holder, conversation.last_human) {
        (Holder::Queue, _) => Ok(vec![Entry::LeftQueue]),
        // It is true already: the visitor is out of the line, and no person has it.
        (Holder::Bot, _) | (Holder::Nobody, None) => Ok(vec![]),
        (Holder::Agent(_), _) | (Holder::Nobody, Some(_)) => Err(Refusal::NotWaiting),
    }
}

/// From a person, or after the end, only the visitor's own word gives it back to the assistant (G5).
fn chooses_assistant(desk: &Desk, conversation: &Conversation) -> Result<Vec<Entry>, Refusal> {
    match conversation.holder {
        _ if !desk.has_bot => Err(Refusal::NoAssistant),
        Holder::Bot => Ok(vec![]),
        Holder::Queue => Ok(vec![Entry::LeftQueue]),
        // The log begins with what somebody says or asks for.
        Holder::Nobody if !conversation.has_begun() => Ok(vec![]),
        Holder::Agent(_) | Holder::Nobody => Ok(vec![Entry::AssistantChosen]),
    }
}

fn ends(conversation: &Conversation) -> Vec<Entry> {
    match conversation.holder {
        Holder::Nobody => vec![],
        // There is nothing yet that could end.
        _ if !conversation.has_begun() => vec![],
        Holder::Bot | Holder::Queue | Holder::Agent(_) => vec![Entry::Ended],
    }
}
