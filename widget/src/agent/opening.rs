//! What the server has rendered of the page, until the page takes its place: where somebody is in it, what they have typed, and
//! what they were told.

use leptos::prelude::*;
use session::LinkState;
use wasm_bindgen_futures::spawn_local;

use super::desk::{Desk, Stage};
use super::focus;
use crate::browser::element::{self, HtmlElement};

/// The element around all of it.
const OPENING: &str = "opening";

/// The fields of the door.
const FIELDS: [&str; 2] = ["email", "password"];

/// What is shown now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// What the server has rendered: the page knows no more yet.
    Opening,
    /// The page itself.
    Page(Stage),
}

/// What somebody was told before the page ran; empty for nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// Why they were not let in.
    pub not_let_in: String,
    /// Why something was not done.
    pub not_done: String,
}

/// What is shown, as the page learns more. The desk is shown once the server has told of it, or cannot.
pub(super) fn shown(desk: Desk) -> Memo<Shown> {
    let is_told = desk.read(|session| {
        session.site() != "" || !matches!(session.link(), LinkState::Connecting { .. })
    });
    Memo::new(move |_| {
        let stage = desk.stage.get();
        let knows_more = match stage {
            Stage::Loading => !desk.door_note.get().is_empty(),
            Stage::Desk => is_told.get(),
            Stage::Door | Stage::Invited => true,
        };
        if knows_more || !element::is_there(OPENING) {
            Shown::Page(stage)
        } else {
            Shown::Opening
        }
    })
}

/// Has the page take the place of what the server has rendered, as soon as it is drawn, and before that is seen. Whoever was
/// somewhere in it is there again, with what they have typed.
pub(super) fn take_over() -> Said {
    if !element::is_there(OPENING) {
        return Said::default();
    }
    // When this look is drawn, and before the browser does anything else: there is no moment with both.
    spawn_local(async { replace() });
    let text = |selector| element::text_of(selector).unwrap_or_default();
    Said {
        not_let_in: text("#opening #sign-in-error"),
        not_done: text("#opening [data-notice='refused']"),
    }
}

fn replace() {
    let Some(opening) = element::by_id::<HtmlElement>(OPENING) else {
        return;
    };
    let typed = FIELDS.map(|id| element::input_value(&["#opening #", id].concat()));
    let lists = element::by_id::<HtmlElement>(focus::LISTS);
    let scrolled = lists.map_or(0, |lists| lists.scroll_top());
    let focused = element::focused_within(&opening);
    element::remove_by_id(OPENING);
    for (id, typed) in FIELDS.into_iter().zip(typed) {
        if let Some(typed) = typed {
            element::type_into(id, &typed);
        }
    }
    if let Some(lists) = element::by_id::<HtmlElement>(focus::LISTS) {
        lists.set_scroll_top(scrolled);
    }
    if let Some(id) = focused {
        focus::now([&*id, focus::REPLY, focus::TITLE, focus::LISTS]);
    }
}
