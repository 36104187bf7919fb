//! Places on the page that are drawn whole, again and again: Leptos compares each drawing with the one before and
//! touches only what differs.
//!
//! A page whose whole state is one session needs no signal for each word of it, and a visitor need not download the
//! machinery of signals.

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;

use crate::browser::element::{Element, HtmlElement};

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
    element: Element,
    rows: Vec<(K, AnyViewState)>,
}

impl<K: PartialEq + Copy> List<K> {
    /// The content of `element`, after what is in it.
    #[must_use]
    pub fn new(element: Element) -> Self {
        Self {
            element,
            rows: Vec::new(),
        }
    }

    /// The element.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Draws a row for each key. `view` is asked for each row with whether it is new; with none, a row that is not new
    /// stays as it is.
    pub fn draw(&mut self, keys: &[K], view: &mut impl FnMut(K, bool) -> Option<AnyView>) {
        // The rows before this place are drawn; those after it are from the last time.
        let mut place = 0;
        for &key in keys {
            let mut rest = self.rows.iter().skip(place);
            let Some(ahead) = rest.position(|(other, _)| *other == key) else {
                if let Some(view) = view(key, true) {
                    self.insert(place, key, view.build());
                    place += 1;
                }
                continue;
            };
            if ahead > 0 {
                let (_, row) = self.rows.remove(place + ahead);
                self.insert(place, key, row);
            }
            if let (Some(view), Some((_, row))) = (view(key, false), self.rows.get_mut(place)) {
                view.rebuild(row);
            }
            place += 1;
        }
        for (_, mut gone) in self.rows.drain(place..) {
            gone.unmount();
        }
    }

    fn insert(&mut self, place: usize, key: K, mut row: AnyViewState) {
        let next = self.rows.get(place);
        if !next.is_some_and(|(_, next)| next.insert_before_this(&mut row)) {
            row.mount(&self.element, None);
        }
        self.rows.insert(place, (key, row));
    }
}

/// Nothing, where something might be.
#[must_use]
pub fn nothing() -> AnyView {
    ().into_any()
}
