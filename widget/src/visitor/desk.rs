//! The way to a person: the button, the place in line, or the person.

use leptos::prelude::*;

use super::view::{Desk, View};
use super::words;
use crate::parts::{SMILE, icon, linked_text};

/// What is in the desk's element.
#[must_use]
pub fn desk(view: View) -> impl IntoView {
    move || match view.desk.get() {
        Desk::Idle => button(words::AT_ANY_TIME.into(), None).into_any(),
        Desk::Offered => button(words::A_PERSON_CAN.into(), None).into_any(),
        Desk::Ended => button(words::ASK_AGAIN.into(), None).into_any(),
        Desk::Failed(contact) => button(words::did_not_reach(&contact), Some("alert")).into_any(),
        Desk::Asking => asking().into_any(),
        Desk::Queue => place_in_line(view).into_any(),
        Desk::Person(name, receipt) => person(&name, receipt.as_deref()).into_any(),
    }
}

fn button(note: String, role: Option<&'static str>) -> impl IntoView {
    view! {
        <button class="human-please" type="submit" form="composer" name="act" value="human" formnovalidate>
            {icon(SMILE, "icon")}
            {words::HUMAN_PLEASE}
        </button>
        <p class="desk-note" role=role>
            {linked_text(&note)}
        </p>
    }
}

fn asking() -> impl IntoView {
    view! {
        <section class="card" aria-label=words::YOUR_REQUEST>
            <div class="card-main">
                <p class="card-title" role="status">
                    {words::ASKING}
                </p>
                <p class="card-note">{words::ASKING_NOTE}</p>
            </div>
        </section>
    }
}

fn place_in_line(view: View) -> impl IntoView {
    view! {
        <section class="card" aria-label=words::YOUR_PLACE>
            <div class="card-main">
                <p class="card-title">
                    // A change of place is read out; the wait ticks in silence.
                    <span class="queue-place" role="status">
                        {move || view.place.get()}
                    </span>
                    {words::WAITING}
                    <span class="queue-wait" role="timer">
                        {move || view.wait.get()}
                    </span>
                </p>
                <p class="card-note">{move || view.queue_note.get()}</p>
            </div>
            <button
                class="button button-quiet"
                type="submit"
                form="composer"
                name="act"
                value="leave"
                formnovalidate
            >
                {words::LEAVE}
            </button>
        </section>
    }
}

fn person(name: &str, receipt: Option<&str>) -> impl IntoView + use<> {
    view! {
        <section class="card" aria-label=words::YOUR_PERSON>
            {icon(SMILE, "icon card-icon")}
            <div class="card-main">
                <p class="card-title">{words::person(name)}</p>
                <p class="card-note">{words::has_your_conversation(receipt)}</p>
            </div>
        </section>
    }
}
