//! A long list of views in blocks, each an element of its own: what is out of view is one box for the browser.

use leptos::prelude::AnyView;

use super::region::List;
use crate::browser::element::{self, Element};

/// An element whose content is a list for each block. A row's key begins with the name of its block.
pub struct Blocks<K> {
    element: Element,
    blocks: Vec<(u64, List<(u64, K)>)>,
}

impl<K: PartialEq + Copy> Blocks<K> {
    /// The content of `element`, after what is in it.
    #[must_use]
    pub fn new(element: Element) -> Self {
        Self {
            element,
            blocks: Vec::new(),
        }
    }

    /// Draws a row for each key; the names of blocks ascend. `view` is asked for each row with whether it is new; with none, a
    /// row that is not new stays as it is.
    pub fn draw(
        &mut self,
        keys: &[(u64, K)],
        mut view: impl FnMut((u64, K), bool) -> Option<AnyView>,
    ) {
        let mut place = 0;
        for keys in keys.chunk_by(|(one, _), (next, _)| one == next) {
            let name = keys.first().map_or(0, |(name, _)| *name);
            // Blocks from the last time that are no more.
            while self.blocks.get(place).is_some_and(|(old, _)| *old < name) {
                let (_, gone) = self.blocks.remove(place);
                gone.element().remove();
            }
            let there = self.blocks.get(place);
            if there.is_none_or(|(known, _)| *known != name) {
                let list = self.insert(there.map(|(_, list)| list.element()));
                self.blocks.insert(place, (name, list));
            }
            if let Some((_, list)) = self.blocks.get_mut(place) {
                list.draw(keys, &mut view);
            }
            place += 1;
        }
        for (_, gone) in self.blocks.drain(place..) {
            gone.element().remove();
        }
    }

    /// A list that nothing is in yet, before this one or at the end.
    fn insert(&self, next: Option<&Element>) -> List<(u64, K)> {
        let list = element::create("ol");
        element::set_attribute(&list, "class", "messages");
        // Safari takes a list without markers for none.
        element::set_attribute(&list, "role", "list");
        element::insert(&self.element, &list, next);
        List::new(list)
    }
}
