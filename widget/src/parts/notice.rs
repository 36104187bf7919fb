//! A line above the conversation that says what is wrong with it, while it is.

use leptos::prelude::*;

/// A notice of this kind with these words.
#[must_use]
pub fn notice(kind: &'static str, words: impl IntoView + 'static) -> AnyView {
    let words = words.into_any();
    view! {
        <p class="notice" data-notice=kind>
            {words}
        </p>
    }
    .into_any()
}
