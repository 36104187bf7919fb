//! The form: its buttons, its box, and the keys in it. The form and the box are the server's and stay: only listeners
//! are attached, so what was typed, the selection and an unfinished composition survive.

use std::cell::Cell;
use std::rc::Rc;

use ::words::Key;
use protocol::{TextError, checked_text};
use session::visitor::Input;

use super::act;
use super::page::Page;
use super::words::{say, speech};
use crate::browser::element::{self, Event, KeyboardEvent, SubmitEvent};
use crate::browser::{on, on_view_resized};

/// Listens to the form.
pub fn attach(page: &Rc<Page>) {
    let elements = page.elements();
    begin_with_draft(page);
    let here = Rc::clone(page);
    on(&elements.composer, "submit", move |event: SubmitEvent| {
        let (name, act) = element::submitted_with(&event).unwrap_or_default();
        // The browser posts it and saves the answer.
        if act == "html" || act == "json" {
            return;
        }
        element::keep_to_ourselves(&event);
        // Whatever it says, it is words and does nothing else.
        if name == "reply" {
            here.answer(act);
        } else if !act::take(&here, &act) {
            send(&here);
        }
    });
    let here = Rc::clone(page);
    on(&elements.message, "keydown", move |event: KeyboardEvent| {
        if element::is_plain_enter(&event) {
            element::keep_to_ourselves(&event);
            send(&here);
        }
    });
    keep_end_above_keyboard(page);
    let here = Rc::clone(page);
    on(&elements.message, "input", move |_: Event| {
        here.elements().show_error("");
        here.elements().fit();
        here.handle(Input::Typed(here.elements().draft()));
    });
}

/// Whoever reads the end of the log and begins to write goes on seeing it when the keyboard takes half of the page.
fn keep_end_above_keyboard(page: &Rc<Page>) {
    let was_at_end = Rc::new(Cell::new(false));
    let (here, pressed) = (Rc::clone(page), Rc::clone(&was_at_end));
    on(&page.elements().message, "pointerdown", move |_: Event| {
        pressed.set(here.elements().is_at_end());
    });
    let here = Rc::clone(page);
    on_view_resized(move || {
        if was_at_end.take() {
            here.elements().show_end();
        }
    });
}

/// What is in the box now was typed while the script was on its way, or comes back from the server; where nothing is,
/// an earlier page may have saved something.
fn begin_with_draft(page: &Rc<Page>) {
    let typed = page.elements().draft();
    if typed.is_empty() {
        let saved = page.read(|session| session.draft().to_owned());
        if !saved.is_empty() {
            page.elements().put_draft(&saved);
        }
    } else {
        page.elements().fit();
        page.handle(Input::Typed(typed));
    }
}

fn send(page: &Rc<Page>) {
    let elements = page.elements();
    let draft = elements.draft();
    match checked_text(&draft) {
        Ok(text) => {
            elements.show_error("");
            elements.put_draft("");
            page.say(text);
        }
        Err(TextError::Empty) => elements.show_error(say(Key::Empty)),
        Err(TextError::TooLong) => {
            elements.show_error(&speech().too_long(draft.trim().chars().count()));
        }
    }
    element::focus(&elements.message);
}
