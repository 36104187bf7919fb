//! Icons: one path each, in the colour of the text.

use leptos::prelude::*;

/// Always and only for a person.
pub const SMILE: &str =
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.2 14.2a4.5 4.5 0 0 0 7.6 0M9 9.5v.01M15 9.5v.01";

/// Closes something.
pub const CLOSE: &str = "M6 6l12 12M18 6 6 18";

/// An icon with this path and class. It is not read out: the words beside it are.
#[must_use]
pub fn icon(path: &'static str, class: &'static str) -> AnyView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
