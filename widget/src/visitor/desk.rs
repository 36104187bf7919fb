//! The way to a person: the button, the place in line, or the person.

use ::words::{Key, Part};
use leptos::prelude::*;

use super::act;
use super::view::{Desk, Queue};
use super::words::{say, with_contact, words};
use crate::parts::{SMILE, icon, linked_text, nothing};

/// What is in the desk's element; `queue` is the place in line where there is one.
#[must_use]
pub fn desk(desk: Desk, queue: &Queue) -> AnyView {
    match desk {
        Desk::Idle => button(say(Key::AtAnyTime), None),
        Desk::Offered => button(say(Key::AiCouldNotHelp), None),
        Desk::Ended => button(say(Key::AskAgain), None),
        Desk::Failed(contact) => button(&did_not_reach(&contact), Some("alert")),
        Desk::Asking => asking(),
        Desk::Queue => place_in_line(queue, act::button("leave", say(Key::LeaveLine))),
        Desk::Leaving => place_in_line(queue, say(Key::Leaving).into_any()),
        Desk::Person(name, is_lead, receipt) => person(&name, is_lead, receipt.as_deref()),
    }
}

fn button(note: &str, role: Option<&'static str>) -> AnyView {
    view! {
        <button class="human-please" type="submit" form="composer" name="act" value="human" formnovalidate>
            {icon(SMILE, "icon")}
            {say(Key::HumanPlease)}
        </button>
        <p class="desk-note" role=role>
            {linked_text(note)}
        </p>
    }
    .into_any()
}

fn asking() -> AnyView {
    let title = view! {
        <p class="card-title" role="status">
            {say(Key::Asking)}
        </p>
    };
    card(
        say(Key::YourRequest),
        nothing(),
        title.into_any(),
        say(Key::AskingNote).into(),
        nothing(),
    )
}

fn place_in_line(queue: &Queue, leave: AnyView) -> AnyView {
    // A change of place is read out; the wait ticks in silence.
    let title: Vec<AnyView> = words()
        .parts(Key::PlaceWaiting)
        .map(|part| match part {
            Part::Text(text) => text.into_any(),
            Part::Slot("wait") => span("queue-wait", "timer", &queue.wait),
            Part::Slot(_) => span("queue-place", "status", &queue.place),
        })
        .collect();
    let title = view! { <p class="card-title">{title}</p> };
    card(
        say(Key::YourPlace),
        nothing(),
        title.into_any(),
        queue.note.clone(),
        leave,
    )
}

fn span(class: &'static str, role: &'static str, text: &str) -> AnyView {
    view! {
        <span class=class role=role>
            {text.to_owned()}
        </span>
    }
    .into_any()
}

fn did_not_reach(contact: &str) -> String {
    with_contact(Key::DidNotReachContact, Key::DidNotReach, contact)
}

fn person(name: &str, is_lead: bool, receipt: Option<&str>) -> AnyView {
    let title = view! { <p class="card-title">{words().person(name)}</p> };
    card(
        say(Key::YourPerson),
        icon(SMILE, "icon card-icon"),
        title.into_any(),
        words().has_conversation(is_lead, receipt),
        nothing(),
    )
}

fn card(
    name: &'static str,
    icon: AnyView,
    title: AnyView,
    note: String,
    button: AnyView,
) -> AnyView {
    view! {
        <section class="card" aria-label=name>
            {icon}
            <div class="card-main">
                {title}
                <p class="card-note">{note}</p>
            </div>
            {button}
        </section>
    }
    .into_any()
}
