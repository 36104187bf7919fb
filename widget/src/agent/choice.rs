//! Which line of a list is chosen while the focus stays in a text box: the arrow keys go from one to the next and around the
//! ends, and those who hear the page are told by the line's id.

use leptos::prelude::*;

/// The choice in one list.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    list: &'static str,
    chosen: RwSignal<usize>,
}

impl Choice {
    /// The first line of the list with this id.
    pub fn new(list: &'static str) -> Self {
        Self {
            list,
            chosen: RwSignal::new(0),
        }
    }

    /// The first line again, for the list is another one.
    pub fn begin_again(self) {
        self.chosen.set(0);
    }

    /// The line that is chosen.
    pub fn index(self) -> usize {
        self.chosen.get_untracked()
    }

    /// Does what a key does in a list with so many lines. False if it does nothing.
    pub fn press(self, key: &str, count: usize) -> bool {
        let next = next(self.index(), key, count);
        if let Some(next) = next {
            self.chosen.set(next);
        }
        next.is_some()
    }

    /// The id of a line.
    pub fn id(self, index: usize) -> String {
        format!("{}-{index}", self.list)
    }

    /// The id of the line that is chosen, for the text box's `aria-activedescendant`.
    pub fn chosen_id(self) -> String {
        self.id(self.chosen.get())
    }

    /// Whether a line is chosen, for its `aria-selected`.
    pub fn aria_selected(self, index: usize) -> String {
        (self.chosen.get() == index).to_string()
    }
}

fn next(chosen: usize, key: &str, count: usize) -> Option<usize> {
    // In an empty list, too, the keys are the list's.
    let count = count.max(1);
    match key {
        "ArrowDown" => Some((chosen + 1) % count),
        "ArrowUp" => Some((chosen + count - 1) % count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_keys_go_around_the_ends_and_no_other_key_goes_anywhere() {
        for (chosen, key, count, expected) in [
            (0, "ArrowDown", 3, Some(1)),
            (2, "ArrowDown", 3, Some(0)),
            (0, "ArrowUp", 3, Some(2)),
            (1, "ArrowUp", 3, Some(0)),
            (0, "ArrowUp", 0, Some(0)),
            // The list has become shorter.
            (7, "ArrowDown", 3, Some(2)),
            (0, "Enter", 3, None),
        ] {
            assert_eq!(
                next(chosen, key, count),
                expected,
                "{key} at {chosen} of {count}"
            );
        }
    }
}
