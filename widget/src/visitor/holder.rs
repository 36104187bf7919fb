//! What whoever holds the page has it do: the shop page around our frame, or the app around our webview. They can only do
//! what the visitor could, and open, close and forget the chat.

use std::rc::Rc;

use protocol::{BadContext, Seq};
use session::visitor::Input;

use super::bridge::Verb;
use super::page::Page;
use crate::browser::element::{self, Event, KeyboardEvent};
use crate::browser::form::{Field, post, with_field};
use crate::browser::{self, on};

/// Listens to whoever holds the page, and offers the visitor to close it where somebody can open it again.
pub fn attach(page: &Rc<Page>) {
    let host = page.outward().host();
    let here = Rc::clone(page);
    host.on_message(move |json| obey(&here, Verb::of_message(json)));
    let here = Rc::clone(page);
    host.on_call(move |json| obey(&here, Verb::of_call(json)));
    if !host.can_close() {
        return;
    }
    if let Some(close) = &page.elements().close {
        close.set_hidden(false);
        let here = Rc::clone(page);
        on(close, "click", move |_: Event| here.outward().close());
    }
    let here = Rc::clone(page);
    on(
        &browser::document(),
        "keydown",
        move |event: KeyboardEvent| {
            if element::is_escape(&event) {
                here.outward().close();
            }
        },
    );
}

/// The browser has shown or hidden the page. An app that takes it out of view and shows it again need not say so.
pub fn shown_or_hidden(page: &Rc<Page>) {
    let is_alone = page.outward().host().is_nobody();
    if is_alone && browser::in_view() {
        show(page, true);
    }
    page.seen_changed(None);
}

fn obey(page: &Rc<Page>, verb: Option<Verb>) {
    // What other versions of the loader say is none of ours.
    let Some(verb) = verb else { return };
    match verb {
        Verb::Hello => page.outward().listens(),
        Verb::Open => open(page),
        Verb::Close => show(page, false),
        Verb::Toggle if page.is_open() => show(page, false),
        Verb::Toggle => open(page),
        Verb::Human if page.has_request() => {}
        Verb::Human => page.ask_for_human(),
        Verb::SetContext(Ok(context)) => page.handle(Input::Context(context)),
        Verb::SetContext(Err(BadContext)) => page.outward().bad_context(),
        Verb::SetLocale(tag) => set_locale(page, &tag),
        Verb::Reset => page.forget(),
    }
}

fn open(page: &Rc<Page>) {
    show(page, true);
    element::focus(&page.elements().message);
}

fn show(page: &Rc<Page>, is_open: bool) {
    if page.is_open() != is_open {
        page.seen_changed(Some(is_open));
        page.outward().changed(is_open);
    }
}

/// Has the server render the page in another language, with the draft. A server that is away costs nobody the page: it is
/// asked first, and where it does not answer the page stays as it is.
fn set_locale(page: &Rc<Page>, tag: &str) {
    let composer = &page.elements().composer;
    // A page that holds ours says it again each time that ours is loaded.
    let Some(action) = with_field(&composer.action(), "locale", tag) else {
        return;
    };
    composer.set_action(&action);
    let mut fields: Vec<Field> = vec![("act", "check".into())];
    fields.extend(page.elements().identity());
    let here = Rc::clone(page);
    let done = move |next: Option<Seq>| {
        if next.is_some() {
            here.elements().check();
        }
    };
    post(composer, &fields, Box::new(done));
}
