//! The visitor's page: it takes over the conversation that the server has rendered, without losing what was typed, where
//! the focus is, or what is selected.

mod composer;
mod courier;
mod desk;
mod elements;
mod keeper;
mod log;
mod notices;
mod outward;
mod page;
mod view;
mod words;

use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::prelude::{Owner, RenderEffect};
use session::visitor::Input;

use self::elements::Elements;
use self::outward::Outward;
use self::page::Page;
use self::view::View;
use crate::browser::element::{self, Event, KeyboardEvent};
use crate::browser::{self, host::Host, on};

/// Takes the page over. A page that is none of ours is left as it is: it works without a script.
pub fn start() {
    let Some(elements) = Elements::find() else {
        return;
    };
    let Some(site) = browser::body_attribute("data-site") else {
        return;
    };
    let outward = Outward::new(Host::find(browser::body_attribute("data-host-origin")));
    let owner = Owner::new();
    let page = owner.with(|| {
        let page = Page::new(&site, elements, outward);
        draw(&page);
        page
    });
    // The page lives as long as the document.
    std::mem::forget(owner);
    composer::attach(&page);
    listen(&page);
    page.begin();
    page.outward().ready();
}

/// Draws the list and the notices after what the server has rendered, which goes once the page knows better.
fn draw(page: &Rc<Page>) {
    let (handle, view) = (page.hold(), page.view());
    let elements = page.elements();
    mount_to(elements.messages.clone(), move || log::lines(handle, view)).forget();
    mount_to(elements.notices.clone(), move || {
        notices::notices(handle, view)
    })
    .forget();
}

/// Draws the way to a person in place of what the server has rendered.
fn draw_desk(elements: &Elements, view: View) {
    let desk = elements.desk.clone();
    element::remove_all(&element::children(&desk));
    mount_to(elements.desk.clone(), move || {
        let name = RenderEffect::new(move |_| {
            element::set_attribute(&desk, "data-desk", view.desk.read().name());
        });
        on_cleanup(move || drop(name));
        desk::desk(view)
    })
    .forget();
}

fn listen(page: &Rc<Page>) {
    let here = Rc::clone(page);
    on(&browser::document(), "visibilitychange", move |_: Event| {
        here.seen_changed(None);
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
    page.outward().host().listen(move |verb| match verb {
        "open" => {
            here.seen_changed(Some(true));
            element::focus(&here.elements().message);
        }
        "close" => here.seen_changed(Some(false)),
        "reset" => here.forget(),
        "human" if !here.has_request() => here.ask_for_human(),
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
