//! What the visitor can do besides writing. Every button of the page belongs to the one form, as the server's own buttons
//! do, and says what it does by its value: so one listener hears them all.

use std::rc::Rc;

use leptos::prelude::*;
use session::visitor::Input;

use super::card::{self, Card};
use super::page::Page;
use crate::parts::{element, text};

/// Before the id of the message that a button takes back.
pub const TAKE_BACK: &str = "take-back:";

/// A quiet button that does `act`.
#[must_use]
pub fn button(act: &str, label: &'static str) -> AnyView {
    submit("button button-quiet", "act", act, vec![text(label)])
}

/// A button that submits the form with a value under a name.
#[must_use]
pub fn submit(class: &str, name: &str, value: &str, content: Vec<AnyView>) -> AnyView {
    let attributes = [
        ("class", Some(class)),
        ("form", Some("composer")),
        ("name", Some(name)),
        ("value", Some(value)),
    ];
    element("BUTTON", &attributes, content)
}

/// Does what a button says. False if it is none of these.
#[must_use]
pub fn take(page: &Rc<Page>, act: &str) -> bool {
    match act {
        "human" => page.ask_for_human(),
        "supervisor" => page.ask_for_supervisor(),
        "leave" => page.leave(),
        "assistant" => page.choose_assistant(),
        "end" => page.end(),
        // Enter in a field of the card presses the form's first button.
        "correct" => card::put_right(page),
        "contact" if page.elements().card.as_ref().is_some_and(Card::has_focus) => {
            card::put_right(page);
        }
        "contact" => page.leave_contact(page.elements().email()),
        "no-contact" => page.leave_contact(String::new()),
        "earlier" => page.handle(Input::Earlier),
        "check" => page.elements().check(),
        _ => match act.strip_prefix(TAKE_BACK).map(str::parse) {
            Some(Ok(id)) => page.take_back(id),
            _ => return false,
        },
    }
    true
}
