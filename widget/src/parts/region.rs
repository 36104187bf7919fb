//! Places on the page that are drawn whole, again and again: Leptos compares each drawing with the one before and
//! touches only what differs.
//!
//! A page whose whole state is one session needs no signal for each word of it, and a visitor need not download the
//! machinery of signals.

use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;

use crate::browser::element::HtmlElement;

/// An element whose content is one view.
pub struct Region {
    element: HtmlElement,
    drawn: Option<AnyViewState>,
}

impl Region {
    /// The content of `element`, after what is in it.
    #[must_use]
    pub fn new(element: HtmlElement) -> Self {
        Self {
            element,
            drawn: None,
        }
    }

    /// Draws this view in place of the one before.
    pub fn draw(&mut self, view: AnyView) {
        match &mut self.drawn {
            Some(drawn) => view.rebuild(drawn),
            None => {
                let mut drawn = view.build();
                drawn.mount(&self.element, None);
                self.drawn = Some(drawn);
            }
        }
    }
}

/// An element whose content is a list of views, each of which stays the same element for as long as its key is there.
pub struct List<K> {
    element: HtmlElement,
    /// A queue, for drawing takes them from its front: a long conversation has ten thousand.
    rows: VecDeque<(K, AnyViewState)>,
}

impl<K: PartialEq + Copy> List<K> {
    /// The content of `element`, after what is in it.
    #[must_use]
    pub fn new(element: HtmlElement) -> Self {
        Self {
            element,
            rows: VecDeque::new(),
        }
    }

    /// Draws a row for each key. `view` is asked for each row with whether it is new; with none, a row that is not new
    /// stays as it is.
    pub fn draw(&mut self, keys: &[K], mut view: impl FnMut(K, bool) -> Option<AnyView>) {
        // What is left of the rows before stands in the page after everything that has been drawn so far.
        let mut rest = std::mem::take(&mut self.rows);
        for &key in keys {
            let known = rest.iter().position(|(other, _)| *other == key);
            let known = known.and_then(|place| Some((place, rest.remove(place)?.1)));
            let drawn = match known {
                Some((place, mut drawn)) => {
                    if let Some(view) = view(key, false) {
                        view.rebuild(&mut drawn);
                    }
                    if place > 0 {
                        self.insert(&mut drawn, &rest);
                    }
                    Some(drawn)
                }
                None => view(key, true).map(|view| {
                    let mut drawn = view.build();
                    self.insert(&mut drawn, &rest);
                    drawn
                }),
            };
            if let Some(drawn) = drawn {
                self.rows.push_back((key, drawn));
            }
        }
        for (_, mut gone) in rest {
            gone.unmount();
        }
    }

    fn insert(&self, row: &mut AnyViewState, rest: &VecDeque<(K, AnyViewState)>) {
        let is_inserted = rest
            .front()
            .is_some_and(|(_, next)| next.insert_before_this(row));
        if !is_inserted {
            row.mount(&self.element, None);
        }
    }
}

/// Nothing, where something might be.
#[must_use]
pub fn nothing() -> AnyView {
    ().into_any()
}
