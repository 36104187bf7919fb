//! What the server has rendered of the page, until the page takes its place: where somebody is in it, and what they have typed.

use leptos::prelude::*;
use session::LinkState;

use super::desk::{Desk, Stage};
use super::focus;
use crate::browser::{element, soon};

/// The element around all of it.
const OPENING: &str = "opening";

/// What is shown now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// What the server has rendered: the page knows no more yet.
    Opening,
    /// The page itself.
    Page(Stage),
}

/// What somebody had typed at the door.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub email: String,
    pub password: String,
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

/// Removes what the server has rendered, for the page to take its place. Whoever was somewhere in it is there again.
pub(super) fn take_over() -> Typed {
    let Some(opening) = element::by_id(OPENING) else {
        return Typed::default();
    };
    let value = |id| element::input_value(&["#opening #", id].concat()).unwrap_or_default();
    let typed = Typed {
        email: value("email"),
        password: value("password"),
    };
    let scrolled = element::by_id::<element::HtmlElement>(focus::LISTS);
    let scrolled = scrolled.map_or(0, |lists| lists.scroll_top());
    let focused = element::focused_within(&opening);
    element::remove_by_id(OPENING);
    soon(move || {
        if let Some(lists) = element::by_id::<element::HtmlElement>(focus::LISTS) {
            lists.set_scroll_top(scrolled);
        }
    });
    if let Some(id) = focused {
        focus::move_to([id]);
    }
    typed
}
