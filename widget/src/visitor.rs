//! The visitor's page: it takes over the conversation that the server has rendered, without losing what was typed, where
//! the focus is, or what is selected.

mod act;
mod composer;
mod context;
mod courier;
mod desk;
mod elements;
mod ending;
mod keeper;
mod log;
mod notices;
mod outward;
mod page;
mod view;
mod wire;
mod words;

use std::rc::Rc;

use session::visitor::Input;

pub use self::wire::read_frame;

use self::elements::Elements;
use self::outward::Outward;
use self::page::Page;
use crate::browser::element::{self, Event, KeyboardEvent};
use crate::browser::host::{self, Host};
use crate::browser::{self, on};

/// Takes the page over. A page that is none of ours is left as it is: it works without a script.
pub fn start() {
    let Some(elements) = Elements::find() else {
        return;
    };
    let Some(site) = browser::body_attribute("data-site") else {
        return;
    };
    let outward = Outward::new(Host::find(browser::body_attribute("data-host-origin")));
    if !words::learn() {
        return;
    }
    let page = Page::new(&site, elements, outward);
    composer::attach(&page);
    listen(&page);
    page.begin();
    page.outward().ready();
}

fn listen(page: &Rc<Page>) {
    let here = Rc::clone(page);
    on(&browser::document(), "visibilitychange", move |_: Event| {
        here.seen_changed(None);
    });
    let here = Rc::clone(page);
    on(&page.elements().log, "scroll", move |_: Event| {
        here.scrolled()
    });
    for name in ["online", "offline"] {
        let here = Rc::clone(page);
        on(&browser::window(), name, move |_: Event| {
            here.handle(Input::NetworkChanged);
        });
    }
    // A page that the browser keeps aside is told only this.
    let here = Rc::clone(page);
    on(&browser::window(), "pagehide", move |_: Event| {
        here.handle(Input::Visible(false));
    });
    let here = Rc::clone(page);
    on(&browser::window(), "pageshow", move |_: Event| {
        here.seen_changed(None);
    });
    let here = Rc::clone(page);
    page.keeper()
        .on_token(move |token| here.handle(Input::TokenFound(token)));
    listen_to_host(page);
}

fn listen_to_host(page: &Rc<Page>) {
    let here = Rc::clone(page);
    page.outward()
        .host()
        .listen(move |verb, detail| match verb {
            "open" => {
                here.seen_changed(Some(true));
                element::focus(&here.elements().message);
            }
            "close" => here.seen_changed(Some(false)),
            "reset" => here.forget(),
            "human" if !here.has_request() => here.ask_for_human(),
            "setContext" => match context::read(&host::json_of(detail)) {
                Ok(context) => here.handle(Input::Context(context)),
                Err(_) => here.outward().bad_context(),
            },
            // What other versions of the loader say is none of ours.
            _ => {}
        });
    if !page.outward().host().is_shop_page() {
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
