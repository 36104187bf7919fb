//! The visitor's page: it takes over the conversation that the server has rendered, without losing what was typed, where
//! the focus is, or what is selected.

mod act;
mod bridge;
mod card;
mod composer;
mod context;
mod courier;
mod desk;
mod elements;
mod ending;
mod holder;
mod keeper;
mod lines;
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
use crate::browser::element::Event;
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
    if !words::learn() {
        return;
    }
    let page = Page::new(&site, elements, outward);
    // The connection is on its way first. The rest is a task of its own: together they would keep a phone from answering a
    // finger for a tenth of a second.
    page.begin();
    browser::next_task(move || {
        composer::attach(&page);
        card::attach(&page);
        listen(&page);
        page.show_all();
        holder::attach(&page);
        page.outward().ready();
    });
}

fn listen(page: &Rc<Page>) {
    let here = Rc::clone(page);
    on(&browser::document(), "visibilitychange", move |_: Event| {
        holder::shown_or_hidden(&here);
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
        holder::shown_or_hidden(&here);
    });
    let here = Rc::clone(page);
    page.keeper()
        .on_token(move |token| here.handle(Input::TokenFound(token)));
}
