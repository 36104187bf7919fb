//! Where a scrolled element stands, and keeping it there when something is added.

use web_sys::Element;

/// Where a scrolled element stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Pixels of content below the upper edge of the view.
    below_top: i32,
    /// Pixels of content below the lower edge of the view.
    below_view: i32,
}

/// So near the end, in pixels, a reader is at the end: about a line.
const NEAR_PX: i32 = 32;

impl Position {
    /// At the end.
    pub const END: Self = Self {
        below_top: 0,
        below_view: 0,
    };

    /// Whether the end was in view.
    #[must_use]
    pub fn is_at_end(self) -> bool {
        self.below_view < NEAR_PX
    }
}

/// Where an element stands now.
#[must_use]
pub fn position(element: &Element) -> Position {
    let below_top = element.scroll_height() - element.scroll_top();
    Position {
        below_top,
        below_view: below_top - element.client_height(),
    }
}

/// Scrolls to the end.
pub fn to_end(element: &Element) {
    element.set_scroll_top(element.scroll_height());
}

/// Scrolls so that what was at the upper edge is there again, after something was added above it.
pub fn keep(element: &Element, before: Position) {
    element.set_scroll_top(element.scroll_height() - before.below_top);
}
