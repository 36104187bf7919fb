//! The lines that say what is wrong, while it is.

use ::words::Key;
use leptos::prelude::*;
use session::Moment;
use session::visitor::VisitorSession;

use super::act;
use super::view::{self, Trouble};
use super::words::say;
use crate::parts::{linked_text, nothing, notice, text};

/// What is in the notices' element: a line for each thing that can be wrong. `lasts` if the browser keeps what is saved.
#[must_use]
pub fn notices(session: &VisitorSession, now: Moment, lasts: bool) -> AnyView {
    let connection = match view::trouble(session, now) {
        None => nothing(),
        Some(Trouble::Reconnecting) if lasts => told("reconnecting", say(Key::Reconnecting)),
        Some(Trouble::Reconnecting) => told("reconnecting", say(Key::ReconnectingInMemory)),
        Some(Trouble::Outdated) => {
            let words = text([say(Key::Outdated), " "].concat());
            notice(
                "outdated",
                vec![words, act::button("check", say(Key::LoadAgain))],
            )
        }
    };
    let store = view::cannot_store(session);
    let store = store.map_or_else(nothing, |words| told("store", &words));
    let storage = match lasts {
        true => nothing(),
        false => told("storage", say(Key::NoStorage)),
    };
    let replaced = match session.was_replaced() {
        true => told("replaced", say(Key::Replaced)),
        false => nothing(),
    };
    vec![connection, store, storage, replaced].into_any()
}

fn told(kind: &'static str, words: &str) -> AnyView {
    notice(kind, vec![linked_text(words).into_any()])
}
