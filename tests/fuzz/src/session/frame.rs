//! What a server may say, out of choices: few ids and places, so that they meet.

use protocol::{
    Ack, Answering, Author, CommandId, Event, EventKind, HistoryPage, Message, Receipt,
    RefusalCode, Refused, RequestVia, Seq, State, SupervisorWish, Timestamp, Waiting,
};

use crate::choices::Choices;

/// Every code that a session treats in its own way, and one that it does not.
const CODES: [RefusalCode; 6] = [
    RefusalCode::TooFast,
    RefusalCode::Unavailable,
    RefusalCode::TooLong,
    RefusalCode::NotWaiting,
    RefusalCode::HelloFirst,
    RefusalCode::AlreadyGreeted,
];

pub fn id(choices: &mut Choices<'_>, sent: &[CommandId]) -> CommandId {
    let index = usize::from(choices.below(32));
    let recent = sent.iter().rev().nth(index).copied();
    recent.unwrap_or(CommandId(index as u128))
}

pub fn ack(choices: &mut Choices<'_>, sent: &[CommandId]) -> Ack {
    Ack {
        id: id(choices, sent),
        seq: choices.yes().then(|| seq(choices)),
        at: time(choices),
        receipt: choices.yes().then(|| Receipt(choices.below(4).into())),
    }
}

pub fn refused(choices: &mut Choices<'_>, sent: &[CommandId]) -> Refused {
    let code = CODES[usize::from(choices.below(CODES.len() as u8))];
    let id = (!choices.yes()).then(|| id(choices, sent));
    Refused::new(id, code)
}

pub fn seq(choices: &mut Choices<'_>) -> Seq {
    match choices.below(32) {
        31 => Seq((1 << 53) - 1),
        seq => Seq(seq.into()),
    }
}

pub fn time(choices: &mut Choices<'_>) -> Timestamp {
    match choices.below(8) {
        6 => Timestamp(i64::MIN),
        7 => Timestamp(i64::MAX),
        days => Timestamp(1_795_000_000_000 + i64::from(days) * 86_400_000),
    }
}

pub fn event(choices: &mut Choices<'_>, sent: &[CommandId]) -> Event {
    let seq = seq(choices);
    Event {
        seq,
        at: time(choices),
        kind: kind(choices, sent),
    }
}

/// A page as servers send them, without gaps, or not.
pub fn page(choices: &mut Choices<'_>, sent: &[CommandId]) -> HistoryPage {
    let first = seq(choices);
    let mut events = vec![];
    for number in 0..u64::from(choices.below(6)) {
        let mut event = event(choices, sent);
        if !choices.yes() {
            event.seq = Seq(first.0 + number);
        }
        events.push(event);
    }
    HistoryPage {
        events,
        earlier: choices.yes(),
    }
}

fn kind(choices: &mut Choices<'_>, sent: &[CommandId]) -> EventKind {
    let agent = || "Ana".into();
    match choices.below(13) {
        8 => EventKind::SupervisorRequested {},
        9 => EventKind::CallbackPromised { by: time(choices) },
        10 => EventKind::Unknown {},
        11 => EventKind::AssistantChosen {},
        12 => EventKind::Ended {},
        0 => EventKind::HumanRequested {
            receipt: Receipt(1),
            via: RequestVia::Button,
        },
        1 => EventKind::Taken {
            agent: agent(),
            lead: choices.yes(),
        },
        2 => EventKind::Resolved { agent: agent() },
        3 => EventKind::LeftQueue {},
        4 => EventKind::BotFailed {},
        _ => EventKind::Message(Message {
            id: id(choices, sent),
            author: author(choices),
            text: "Hello".into(),
            sources: vec![],
            replies: vec![],
            offers_human: choices.yes(),
        }),
    }
}

pub fn author(choices: &mut Choices<'_>) -> Author {
    match choices.below(3) {
        0 => Author::Visitor {},
        1 => Author::Bot {},
        _ => Author::Agent { name: "Ana".into() },
    }
}

pub fn state(choices: &mut Choices<'_>) -> State {
    State {
        answering: match choices.below(4) {
            0 => Answering::Bot {},
            1 => Answering::Queue {
                position: choices.below(3).into(),
                on_duty: choices.below(2).into(),
            },
            2 => Answering::Agent {
                name: "Ana".into(),
                lead: choices.yes(),
            },
            _ => Answering::Nobody { last: None },
        },
        waiting: choices.yes().then(|| Waiting {
            receipt: Receipt(1),
            since: time(choices),
            estimate: None,
        }),
        opening: None,
        contact: choices.yes().then(|| "sam@example.org".into()),
        seen: seq(choices),
        supervisor: wish(choices),
    }
}

pub fn wish(choices: &mut Choices<'_>) -> Option<SupervisorWish> {
    choices.yes().then(|| SupervisorWish {
        since: time(choices),
        due: choices.yes().then(|| time(choices)),
    })
}
