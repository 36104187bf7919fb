//! What was found, line by line.

use leptos::prelude::*;
use protocol::{Found, FoundCase, Snippet};

use super::super::desk::Desk;
use super::super::{focus, words};
use crate::browser::clock;

/// The conversations, the newest first.
#[component]
pub(super) fn Results(found: Found, name: &'static str, empty: &'static str) -> impl IntoView {
    if found.conversations.is_empty() {
        return view! { <p class="empty">{empty}</p> }.into_any();
    }
    let behind = found
        .behind
        .then(|| view! { <p class="empty">{words::BEHIND}</p> });
    let lines = found.conversations.into_iter();
    let lines = lines.map(|case| view! { <Hit case /> }).collect_view();
    view! {
        {behind}
        <ul class="entries" role="list" aria-label=name>
            {lines}
        </ul>
    }
    .into_any()
}

#[component]
fn Hit(case: FoundCase) -> impl IntoView {
    let desk: Desk = expect_context();
    let conversation = case.conversation;
    let who = words::found_who(&case, &clock::day(case.at));
    let words = match case.snippet {
        Some(snippet) => marked(&snippet),
        None => case.preview.into_any(),
    };
    view! {
        <li class="entry">
            <div class="entry-lines">
                <button
                    class="entry-open"
                    type="button"
                    on:click=move |_| {
                        desk.open(conversation);
                        focus::move_to([focus::REPLY, focus::TITLE]);
                    }
                >
                    {who}
                </button>
                <p class="entry-words" dir="auto">
                    {words}
                </p>
            </div>
        </li>
    }
}

/// A snippet with what was found set off: text and nothing else.
fn marked(snippet: &Snippet) -> AnyView {
    let characters: Vec<char> = snippet.text.chars().collect();
    let part = |from: usize, to: usize| -> String {
        characters
            .get(from..to.min(characters.len()))
            .map_or_else(String::new, |part| part.iter().collect())
    };
    let mut parts = Vec::new();
    let mut end = 0;
    for &(from, to) in &snippet.matches {
        let (from, to) = (from as usize, to as usize);
        parts.push(part(end, from).into_any());
        parts.push(view! { <mark>{part(from, to)}</mark> }.into_any());
        end = to;
    }
    parts.push(part(end, characters.len()).into_any());
    parts.into_any()
}
