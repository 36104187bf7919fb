//! The way to a person: the button, the place in line, or the person.

use ::words::{Key, Part};
use leptos::prelude::*;

use super::act;
use super::view::{Desk, Queue};
use super::words::{say, with_contact, words};
use crate::parts::{SMILE, element, icon, linked_text, nothing, text};

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
        Desk::Leaving => place_in_line(queue, text(say(Key::Leaving))),
        Desk::Person(name, is_lead, receipt) => person(&name, is_lead, receipt.as_deref()),
    }
}

fn button(note: &str, role: Option<&'static str>) -> AnyView {
    let content = vec![icon(SMILE, "icon"), text(say(Key::HumanPlease))];
    let button = act::submit("human-please", "act", "human", content);
    let attributes = [("class", Some("desk-note")), ("role", role)];
    vec![
        button,
        element("P", &attributes, vec![linked_text(note).into_any()]),
    ]
    .into_any()
}

fn asking() -> AnyView {
    card(
        say(Key::YourRequest),
        nothing(),
        title(Some("status"), vec![text(say(Key::Asking))]),
        say(Key::AskingNote),
        nothing(),
    )
}

fn place_in_line(queue: &Queue, leave: AnyView) -> AnyView {
    // A change of place is read out; the wait ticks in silence.
    let parts = words().parts(Key::PlaceWaiting).map(|part| match part {
        Part::Text(words) => text(words),
        Part::Slot("wait") => span("queue-wait", "timer", &queue.wait),
        Part::Slot(_) => span("queue-place", "status", &queue.place),
    });
    card(
        say(Key::YourPlace),
        nothing(),
        title(None, parts.collect()),
        &queue.note,
        leave,
    )
}

fn span(class: &str, role: &str, words: &str) -> AnyView {
    let attributes = [("class", Some(class)), ("role", Some(role))];
    element("SPAN", &attributes, vec![text(words)])
}

fn did_not_reach(contact: &str) -> String {
    with_contact(Key::DidNotReachContact, Key::DidNotReach, contact)
}

fn person(name: &str, is_lead: bool, receipt: Option<&str>) -> AnyView {
    card(
        say(Key::YourPerson),
        icon(SMILE, "icon card-icon"),
        title(None, vec![text(words().person(name))]),
        &words().has_conversation(is_lead, receipt),
        nothing(),
    )
}

fn title(role: Option<&str>, content: Vec<AnyView>) -> AnyView {
    let attributes = [("class", Some("card-title")), ("role", role)];
    element("P", &attributes, content)
}

fn card(name: &str, icon: AnyView, title: AnyView, note: &str, button: AnyView) -> AnyView {
    let note = element("P", &[("class", Some("card-note"))], vec![text(note)]);
    let main = element("DIV", &[("class", Some("card-main"))], vec![title, note]);
    let attributes = [("class", Some("card")), ("aria-label", Some(name))];
    element("SECTION", &attributes, vec![icon, main, button])
}
