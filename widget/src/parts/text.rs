//! Text that somebody wrote: always text nodes, with the few links that may be made of it.

use leptos::prelude::*;
use protocol::text::{Span, spans};

use super::{element, text};

/// The text as text nodes and links; no part of it is ever read as markup.
#[must_use]
pub fn linked_text(written: &str) -> Vec<AnyView> {
    spans(written)
        .into_iter()
        .map(|span| {
            let href = span.href();
            match span {
                Span::Plain(words) => text(words),
                Span::Link { text: words, .. } => {
                    let attributes = [
                        ("href", href.as_deref()),
                        ("target", Some("_blank")),
                        ("rel", Some("noopener noreferrer nofollow")),
                    ];
                    element("A", &attributes, vec![text(words)])
                }
            }
        })
        .collect()
}
