//! Whether what a client was told is what the store says, in the words of each.

use human_please_tests::server::LEAD;
use protocol::{Ack, Answering, Author, Case, CaseHolder, Event, EventKind, State};

use crate::history::{Holder, Wish};
use crate::replay::Point;

/// Whether an event is what a command was to make.
pub fn is_made_by(event: &Event, ack: &Ack, wish: &Wish, author: &Author) -> bool {
    let name = match author {
        Author::Agent { name } => name.as_str(),
        _ => "",
    };
    match (&event.kind, wish) {
        (EventKind::Message(message), Wish::Say(text) | Wish::Reply(_, text)) => {
            message.id == ack.id && message.text == *text && message.author == *author
        }
        (EventKind::HumanRequested { receipt, .. }, Wish::Human) => ack.receipt == Some(*receipt),
        (EventKind::SupervisorRequested {}, Wish::Supervisor)
        | (EventKind::LeftQueue {}, Wish::Leave | Wish::Assistant)
        | (EventKind::AssistantChosen {}, Wish::Assistant)
        | (EventKind::Ended {}, Wish::End) => true,
        (EventKind::Taken { agent, .. }, Wish::Take(_))
        | (EventKind::Resolved { agent }, Wish::Resolve(_))
        | (EventKind::Returned { agent, .. }, Wish::Transfer(_)) => agent == name,
        _ => false,
    }
}

/// Whether a visitor was told what was true.
pub fn is_state(state: &State, point: &Point) -> bool {
    let answering = match (&state.answering, &point.holder) {
        (Answering::Bot {}, Holder::Bot) | (Answering::Nobody { .. }, Holder::Nobody) => true,
        (Answering::Queue { position, .. }, Holder::Queue) => point.position == Some(*position),
        (Answering::Agent { name, lead }, Holder::Agent(holder)) => {
            name == holder && *lead == (holder == LEAD)
        }
        _ => false,
    };
    let waiting = state
        .waiting
        .map(|waiting| (waiting.receipt, waiting.since));
    answering
        && state.supervisor == point.supervisor
        && waiting
            == point
                .request
                .map(|request| (request.receipt, request.since))
}

/// Whether an agent was told what was true.
pub fn is_case(agent: &str, case: &Case, point: &Point) -> bool {
    let holder = match (&case.holder, &point.holder) {
        (CaseHolder::Bot {}, Holder::Bot)
        | (CaseHolder::Queue {}, Holder::Queue)
        | (CaseHolder::Nobody {}, Holder::Nobody) => true,
        (CaseHolder::Me {}, Holder::Agent(holder)) => holder == agent,
        (CaseHolder::Other { name }, Holder::Agent(holder)) => name == holder && holder != agent,
        _ => false,
    };
    let request = point.request;
    holder
        && case.supervisor == point.supervisor
        && case.receipt == request.map(|request| request.receipt)
        && case.since == request.map(|request| request.since)
        && case.priority == request.is_some_and(|request| request.priority)
}
