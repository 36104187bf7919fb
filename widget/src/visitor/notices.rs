//! The lines that say what is wrong, while it is.

use leptos::prelude::*;

use super::page::Handle;
use super::view::{Trouble, View};
use super::words;
use crate::parts::{linked_text, notice};

/// What is in the notices' element.
#[must_use]
pub fn notices(page: Handle, view: View) -> impl IntoView {
    view! {
        {move || {
            view.connection
                .get()
                .map(|trouble| match trouble {
                    Trouble::Reconnecting => {
                        let words = if view.no_storage.get() {
                            words::RECONNECTING_IN_MEMORY
                        } else {
                            words::RECONNECTING
                        };
                        notice("reconnecting", words.into()).into_any()
                    }
                    Trouble::Outdated => outdated(page).into_any(),
                })
        }}
        {move || {
            view.cannot_store
                .get()
                .map(|words| view! { <p class="notice" data-notice="store">{linked_text(&words)}</p> })
        }}
        {move || view.no_storage.get().then(|| notice("storage", words::NO_STORAGE.into()))}
        {move || view.replaced.get().then(|| notice("replaced", words::REPLACED.into()))}
    }
}

fn outdated(page: Handle) -> impl IntoView {
    view! {
        <p class="notice" data-notice="outdated">
            {words::OUTDATED}
            <button class="button button-quiet" type="button" on:click=move |_| page.check()>
                {words::LOAD_AGAIN}
            </button>
        </p>
    }
}
