//! A line above the conversation that says what is wrong with it, while it is.

use leptos::prelude::*;

use super::element;

/// A notice of this kind with these words.
#[must_use]
pub fn notice(kind: &'static str, words: Vec<AnyView>) -> AnyView {
    let attributes = [("class", Some("notice")), ("data-notice", Some(kind))];
    element("P", &attributes, words)
}
