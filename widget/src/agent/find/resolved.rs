//! *Solved*: what is solved or has ended, the newest first: what the agent has had, and for leads all of their site.

use leptos::prelude::*;
use protocol::{Filter, Standing};
use session::agent::List;

use super::super::desk::Desk;
use super::super::words;
use super::{Asking, Outcomes};
use crate::browser::element;

/// The list. It is asked for when it is opened, and again whenever one leaves the agent's hands while it is open.
#[component]
pub(in super::super) fn Resolved() -> impl IntoView {
    let desk: Desk = expect_context();
    let asking = Asking::new();
    let outcome = asking.outcome;
    let is_open = RwSignal::new(false);
    let look = move |after| {
        let filter = Filter {
            state: Standing::Resolved,
            ..Filter::default()
        };
        asking.look(filter, after);
    };
    let mine = desk.read(|session| session.count(List::Mine));
    Effect::new(move |before: Option<usize>| {
        let now = mine.get();
        if is_open.get_untracked() && before.is_some_and(|before| now < before) {
            look(None);
        }
        now
    });
    let toggled = move |event| {
        is_open.set(element::is_open(&event));
        if is_open.get_untracked() {
            look(None);
        }
    };
    view! {
        <details class="list-block resolved" on:toggle=toggled>
            <summary id="resolved" class="list-title">
                {words::SOLVED}
            </summary>
            <p class="field-error empty" role="alert">
                {move || asking.why.get()}
            </p>
            <Outcomes outcome name=words::SOLVED empty=words::NONE_SOLVED more=Callback::new(look) />
        </details>
    }
}
