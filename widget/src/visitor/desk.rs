//! The way to a person: the button, the place in line, or the person.

use leptos::prelude::*;

use super::view::{Desk, Queue};
use super::{act, words};
use crate::parts::{SMILE, icon, linked_text, nothing};

/// What is in the desk's element; `queue` is the place in line where there is one.
#[must_use]
pub fn desk(desk: Desk, queue: &Queue) -> AnyView {
    match desk {
        Desk::Idle => button(words::AT_ANY_TIME, None),
        Desk::Offered => button(words::A_PERSON_CAN, None),
        Desk::Ended => button(words::ASK_AGAIN, None),
        Desk::Failed(contact) => button(&words::did_not_reach(&contact), Some("alert")),
        Desk::Asking => asking(),
        Desk::Queue => place_in_line(queue, act::button("leave", words::LEAVE)),
        Desk::Leaving => place_in_line(queue, words::LEAVING.into_any()),
        Desk::Person(name, is_lead, receipt) => person(&name, is_lead, receipt.as_deref()),
    }
}

fn button(note: &str, role: Option<&'static str>) -> AnyView {
    view! {
        <button class="human-please" type="submit" form="composer" name="act" value="human" formnovalidate>
            {icon(SMILE, "icon")}
            {words::HUMAN_PLEASE}
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
            {words::ASKING}
        </p>
    };
    card(
        words::YOUR_REQUEST,
        nothing(),
        title.into_any(),
        words::ASKING_NOTE.into(),
        nothing(),
    )
}

fn place_in_line(queue: &Queue, leave: AnyView) -> AnyView {
    // A change of place is read out; the wait ticks in silence.
    let title = view! {
        <p class="card-title">
            <span class="queue-place" role="status">
                {queue.place.clone()}
            </span>
            {words::WAITING}
            <span class="queue-wait" role="timer">
                {queue.wait.clone()}
            </span>
        </p>
    };
    card(
        words::YOUR_PLACE,
        nothing(),
        title.into_any(),
        queue.note.clone(),
        leave,
    )
}

fn person(name: &str, is_lead: bool, receipt: Option<&str>) -> AnyView {
    let title = view! { <p class="card-title">{words::person(name)}</p> };
    card(
        words::YOUR_PERSON,
        icon(SMILE, "icon card-icon"),
        title.into_any(),
        words::has_your_conversation(is_lead, receipt),
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
