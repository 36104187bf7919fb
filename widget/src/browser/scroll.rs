//! A scrolled element that stays at its end while the reader is there, and otherwise stays where they read.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// So near the end, in pixels, a reader is at the end: about a line.
const NEAR_PX: i32 = 32;

/// Watches one scrolled element. Dropping it ends that.
#[derive(Debug)]
pub struct Follower {
    element: Element,
    seen: Rc<Cell<Seen>>,
    observer: Option<ResizeObserver>,
    _resized: Closure<dyn Fn()>,
}

/// How the element stood when it was last looked at, in pixels.
#[derive(Debug, Clone, Copy)]
struct Seen {
    content: i32,
    view: i32,
    top: i32,
    /// The reader is at the end.
    at_end: bool,
}

impl Follower {
    /// Begins at the end of `element`.
    #[must_use]
    pub fn new(element: &Element) -> Self {
        let seen = Rc::new(Cell::new(measured(element, true)));
        let resized = {
            let (element, seen) = (element.clone(), Rc::clone(&seen));
            Closure::<dyn Fn()>::new(move || keep_end(&element, &seen))
        };
        // A browser without it keeps the end only when something is said.
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            element: element.clone(),
            seen,
            observer,
            _resized: resized,
        }
    }

    /// The element was scrolled, by the reader or because its content or its size changed.
    pub fn scrolled(&self) {
        let seen = self.seen.get();
        let mut now = measured(&self.element, seen.at_end);
        // Where the layout has changed too, the scrolling need not be the reader's.
        if (now.content, now.view) == (seen.content, seen.view) {
            now.at_end = now.content - now.top - now.view < NEAR_PX;
        }
        self.seen.set(now);
    }

    /// Something was added or taken away at the end.
    pub fn grown(&self) {
        keep_end(&self.element, &self.seen);
    }

    /// The reader wants to see the end.
    pub fn go_to_end(&self) {
        let mut seen = self.seen.get();
        seen.at_end = true;
        self.seen.set(seen);
        self.grown();
    }

    /// Something was added before what the reader reads.
    pub fn grown_above(&self) {
        let seen = self.seen.get();
        let below = seen.content - seen.top;
        self.element
            .set_scroll_top(self.element.scroll_height() - below);
        self.seen.set(measured(&self.element, seen.at_end));
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

fn keep_end(element: &Element, seen: &Cell<Seen>) {
    let at_end = seen.get().at_end;
    if at_end {
        element.set_scroll_top(element.scroll_height());
    }
    seen.set(measured(element, at_end));
}

fn measured(element: &Element, at_end: bool) -> Seen {
    Seen {
        content: element.scroll_height(),
        view: element.client_height(),
        top: element.scroll_top(),
        at_end,
    }
}
