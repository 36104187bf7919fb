//! Text that somebody wrote: always text nodes, with the few links that may be made of it.

use leptos::prelude::*;
use protocol::text::{Span, spans};

/// The text as text nodes and links; no part of it is ever read as markup.
#[must_use]
pub fn linked_text(text: &str) -> Vec<AnyView> {
    spans(text)
        .into_iter()
        .map(|span| {
            let href = span.href();
            match span {
                Span::Plain(text) => text.to_owned().into_any(),
                Span::Link { text, .. } => view! {
                    <a href=href target="_blank" rel="noopener noreferrer nofollow">
                        {text.to_owned()}
                    </a>
                }
                .into_any(),
            }
        })
        .collect()
}
