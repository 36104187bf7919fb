//! From the rules' words to the wire's.

use axum::extract::ws::Utf8Bytes;
use desk::{Author, Conversation, Desk, Entry, Holder, Refusal};
use protocol::{
    Ack, AgentFrame, AgentId, Answering, Begun, Case, CaseHolder, ConversationId, Draft, Event,
    EventKind, Message, Opening, RefusalCode, Refused, Seq, State, SupervisorWish, VisitorFrame,
    Waiting,
};
use serde::Serialize;

use crate::store::{Particulars, StoredDraft, StoredWords};

/// What clients hear of an entry.
pub fn event_kind(entry: Entry) -> EventKind {
    match entry {
        Entry::Message(message) => EventKind::Message(Message {
            id: message.id,
            author: match message.author {
                Author::Visitor => protocol::Author::Visitor {},
                Author::Bot => protocol::Author::Bot {},
                Author::Agent(person) => protocol::Author::Agent { name: person.name },
            },
            text: message.text,
            sources: message.sources,
            replies: message.replies,
            offers_human: message.offers_human,
        }),
        Entry::HumanRequested { request, via } => EventKind::HumanRequested {
            receipt: request.receipt,
            via,
        },
        Entry::Taken { by, lead } => EventKind::Taken {
            agent: by.name,
            lead,
        },
        Entry::Returned { from, reason } => EventKind::Returned {
            reason,
            agent: from.name,
        },
        Entry::Resolved(person) => EventKind::Resolved { agent: person.name },
        Entry::Reopened { to } => EventKind::Reopened {
            agent: to.map(|person| person.name),
        },
        Entry::LeftQueue => EventKind::LeftQueue {},
        Entry::AssistantChosen => EventKind::AssistantChosen {},
        Entry::Ended => EventKind::Ended {},
        Entry::BotFailed => EventKind::BotFailed {},
        Entry::SupervisorRequested { .. } => EventKind::SupervisorRequested {},
        Entry::CallbackPromised { by } => EventKind::CallbackPromised { by },
    }
}

/// Who answers a visitor now, and what they can expect. `position` counts for those in line only.
pub fn state_of(
    desk: &Desk,
    conversation: &Conversation,
    position: usize,
    opening: Option<Opening>,
    particulars: &Particulars,
) -> State {
    let name = |id: AgentId| desk.roster().agent(id).map(|agent| agent.name.clone());
    let answering = match conversation.holder {
        Holder::Bot => Answering::Bot {},
        Holder::Queue => Answering::Queue {
            position: u32::try_from(position).unwrap_or(u32::MAX),
            on_duty: u32::try_from(desk.roster().on_duty()).unwrap_or(u32::MAX),
        },
        // Whoever was removed from the roster while they held it is still a person.
        Holder::Agent(id) => Answering::Agent {
            name: name(id).unwrap_or_default(),
            lead: desk.roster().agent(id).is_some_and(|it| it.role.is_lead()),
        },
        Holder::Nobody => Answering::Nobody {
            last: conversation.last_human.and_then(name),
        },
    };
    let waiting = conversation.request.map(|request| Waiting {
        receipt: request.receipt,
        since: request.requested_at,
        estimate: particulars
            .outlook
            .filter(|outlook| outlook.receipt == request.receipt)
            .and_then(|outlook| outlook.estimate)
            .map(|estimate| estimate.range),
    });
    State {
        answering,
        waiting,
        opening,
        contact: particulars.contact.clone(),
        seen: particulars.seen.person,
        supervisor: wish_of(conversation),
    }
}

/// The open wish for a supervisor, as everybody is told.
fn wish_of(conversation: &Conversation) -> Option<SupervisorWish> {
    conversation.supervisor.map(|wish| SupervisorWish {
        since: wish.asked_at,
        due: wish.due,
    })
}

/// Who has a conversation, as `agent` is told.
pub fn holder_of(desk: &Desk, conversation: &Conversation, agent: AgentId) -> CaseHolder {
    match conversation.holder {
        Holder::Bot => CaseHolder::Bot {},
        Holder::Queue => CaseHolder::Queue {},
        Holder::Agent(holder) if holder == agent => CaseHolder::Me {},
        Holder::Agent(holder) => CaseHolder::Other {
            name: desk
                .roster()
                .agent(holder)
                .map(|agent| agent.name.clone())
                .unwrap_or_default(),
        },
        Holder::Nobody => CaseHolder::Nobody {},
    }
}

/// What was begun in a conversation, as `agent` is told.
pub fn draft_of(stored: StoredDraft, agent: AgentId) -> Draft {
    let begun = |words: StoredWords| Begun {
        mine: words.by.id == agent,
        name: words.by.name,
        at: words.at,
        text: words.text,
    };
    Draft {
        reply: stored.reply.map(begun),
        note: stored.note.map(begun),
    }
}

/// How a conversation stands, as `agent` is told.
pub fn case_of(
    desk: &Desk,
    id: ConversationId,
    conversation: &Conversation,
    particulars: &Particulars,
    agent: AgentId,
) -> Case {
    // What another person answers is not this agent's to read, unless they are to supervise it.
    let may_read = desk.readable_by(agent, id).is_some();
    case_for(desk, id, conversation, particulars, (agent, may_read))
}

/// How a conversation stands, as `agent` is told who may read it, or may not.
pub fn case_for(
    desk: &Desk,
    id: ConversationId,
    conversation: &Conversation,
    particulars: &Particulars,
    (agent, may_read): (AgentId, bool),
) -> Case {
    let holder = holder_of(desk, conversation, agent);
    let (preview, contact, vulnerable) = if may_read {
        (
            particulars.preview.clone(),
            particulars.contact.clone(),
            conversation.vulnerable,
        )
    } else {
        (String::new(), None, None)
    };
    // Whose words it was is told to those who wrote them, or are about to write the next ones.
    let seen = match holder {
        CaseHolder::Queue {} | CaseHolder::Me {} => particulars.seen.visitor,
        _ => Seq(0),
    };
    let arranged = &conversation.arranged;
    Case {
        conversation: id,
        holder,
        receipt: conversation.request.map(|request| request.receipt),
        since: conversation.request.map(|request| request.requested_at),
        priority: conversation.request.is_some_and(|request| request.priority),
        preview,
        contact,
        supervisor: wish_of(conversation),
        vulnerable,
        unanswered: conversation.unanswered,
        last_seq: conversation.last_seq,
        seen,
        offer: desk
            .offer(id)
            .filter(|it| it.to == agent)
            .map(|it| it.until),
        wanted: arranged
            .wanted
            .and_then(|wanted| desk.roster().agent(wanted))
            .map(|wanted| wanted.name.clone()),
        team: arranged.team,
        topic: arranged.topic,
        language: arranged.language,
        snoozed: arranged.snoozed,
        help: arranged.help,
    }
}

/// What a client is told of a refusal.
pub fn refusal_code(refusal: Refusal) -> RefusalCode {
    match refusal {
        // The assistant has no client: nobody hears of its turn.
        Refusal::NoSuchConversation | Refusal::NoSuchAgent | Refusal::NotTheBotsTurn => {
            RefusalCode::NoSuchConversation
        }
        Refusal::HeldByAnother => RefusalCode::HeldByAnother,
        Refusal::NotWaiting => RefusalCode::NotWaiting,
        Refusal::NotYours => RefusalCode::NotYours,
        Refusal::OffDuty => RefusalCode::OffDuty,
        Refusal::NoAssistant => RefusalCode::NoAssistant,
        Refusal::Full => RefusalCode::Full,
        Refusal::NotThere => RefusalCode::NotThere,
        Refusal::OutOfRange => RefusalCode::OutOfRange,
    }
}

/// An ack's frame, which is the same for visitors and agents.
pub fn ack_frame(ack: Ack) -> Utf8Bytes {
    json(&VisitorFrame::Ack(ack)).into()
}

/// A refusal's frame, which is the same for visitors and agents.
pub fn refused_frame(refused: Refused) -> Utf8Bytes {
    json(&VisitorFrame::Refused(refused)).into()
}

/// A frame for visitors.
pub fn visitor_frame(frame: &VisitorFrame) -> Utf8Bytes {
    json(frame).into()
}

/// A frame for agents.
pub fn agent_frame(frame: &AgentFrame) -> Utf8Bytes {
    json(frame).into()
}

/// An event's frames for visitors and for agents; the event itself is written once.
pub fn event_frames(conversation: ConversationId, event: &Event) -> (Utf8Bytes, Utf8Bytes) {
    let event = json(event);
    let visitor = [r#"{"event":"#, &event, "}"].concat();
    let id = conversation.to_string();
    let agent = [
        r#"{"event":{"conversation":""#,
        &id,
        r#"","event":"#,
        &event,
        "}}",
    ]
    .concat();
    (visitor.into(), agent.into())
}

/// Any of the protocol's types as JSON.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the protocol's types have string keys and plain values")
}

#[cfg(test)]
mod tests {
    use protocol::{AgentFrame, ConversationId, Event, EventKind, Seq, Timestamp, VisitorFrame};

    use super::*;

    #[test]
    fn the_frames_of_an_event_are_what_serde_would_write() {
        let event = Event {
            seq: Seq(7),
            at: Timestamp(8),
            kind: EventKind::Taken {
                agent: "A \"n\" a".into(),
                lead: false,
            },
        };
        let conversation = ConversationId(42);
        let (visitor, agent) = event_frames(conversation, &event);
        assert_eq!(visitor.as_str(), json(&VisitorFrame::Event(event.clone())));
        assert_eq!(
            agent.as_str(),
            json(&AgentFrame::Event {
                conversation,
                event
            })
        );
    }
}
