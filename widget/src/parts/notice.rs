//! A line above the conversation that says what is wrong with it, while it is.

use leptos::prelude::*;

/// A notice of this kind with these words.
#[must_use]
pub fn notice(kind: &'static str, words: String) -> impl IntoView {
    view! {
        <p class="notice" data-notice=kind>
            {words}
        </p>
    }
}
