//! One entry of the log.

use leptos::prelude::*;
use protocol::{Author, Seq, Source, Timestamp};
use words::{Part, fill, parts};

use super::region::nothing;
use super::text::linked_text;
use super::time::clock_time;

/// A message as it is shown.
#[derive(Debug, Clone)]
pub struct Bubble {
    /// Its place in the log; none while the server does not have it.
    pub seq: Option<Seq>,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub author: Author,
    /// What the author is called on this page.
    pub label: String,
    /// What they wrote.
    pub text: String,
    /// The articles that it is taken from.
    pub sources: Vec<Source>,
    /// What is said of them.
    pub source_words: SourceWords,
}

/// What is said of the articles that a message is taken from, with `{placeholders}`.
#[derive(Debug, Clone, Copy)]
pub struct SourceWords {
    /// The line, around its `{sources}`.
    pub line: &'static str,
    /// One article, around its `{title}`.
    pub title: &'static str,
    /// Between two of them.
    pub comma: &'static str,
    /// That a link opens a new tab.
    pub new_tab: &'static str,
}

/// What kind of author this is: `visitor`, `bot` or `agent`. It is on every message, for scripts and styles.
#[must_use]
pub fn author_kind(author: &Author) -> &'static str {
    match author {
        Author::Visitor {} => "visitor",
        Author::Bot {} => "bot",
        Author::Agent { .. } => "agent",
    }
}

/// A message with its author's label; `below` stands under the bubble.
#[must_use]
pub fn message_item(bubble: Bubble, below: impl IntoView + 'static) -> AnyView {
    item(bubble, below.into_any())
}

fn item(bubble: Bubble, below: AnyView) -> AnyView {
    let place = bubble.seq.map(|seq| seq.to_string());
    let id = place.as_ref().map(|place| ["m", place].concat());
    view! {
        <li class="message" id=id data-seq=place data-author=author_kind(&bubble.author)>
            <p class="message-head">
                <span class="message-author">{bubble.label}</span>
                " "
                {clock_time(bubble.at)}
            </p>
            <div class="bubble">
                <p class="message-text" dir="auto">
                    {linked_text(&bubble.text)}
                </p>
                {sources(bubble.sources, bubble.source_words)}
            </div>
            {below}
        </li>
    }
    .into_any()
}

/// A line that says what happened; `kind` is the event's name in the protocol.
#[must_use]
pub fn event_line(seq: Seq, kind: &'static str, words: impl IntoView + 'static) -> AnyView {
    let place = seq.to_string();
    let words = words.into_any();
    view! {
        <li class="event" id=["m", &place].concat() data-seq=place.clone() data-event=kind>
            <p>{words}</p>
        </li>
    }
    .into_any()
}

/// The last line of a log while somebody writes. It is not read out: the message will be.
#[must_use]
pub fn typing_line(author: &Author, words: String) -> AnyView {
    view! {
        <li class="typing" data-author=author_kind(author) aria-live="off">
            <p>
                {words}
                <span class="typing-dots" aria-hidden="true">
                    <i></i>
                    <i></i>
                    <i></i>
                </span>
            </p>
        </li>
    }
    .into_any()
}

fn sources(sources: Vec<Source>, words: SourceWords) -> AnyView {
    let links = sources
        .into_iter()
        .filter(|source| is_article(&source.url))
        .enumerate()
        .map(|(index, source)| {
            let comma = if index > 0 { words.comma } else { "" };
            let title = fill(words.title, &[("title", &source.title)]);
            view! {
                {comma}
                <a href=source.url target="_blank" rel="noopener noreferrer">
                    {title}
                    " "
                    <span aria-hidden="true">"↗"</span>
                    <span class="visually-hidden">{words.new_tab}</span>
                </a>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    if links.is_empty() {
        return nothing();
    }
    let mut links = Some(links);
    let line: Vec<AnyView> = parts(words.line)
        .map(|part| match part {
            Part::Text(text) => text.into_any(),
            Part::Slot(_) => links.take().into_any(),
        })
        .collect();
    view! { <p class="message-source">{line}</p> }.into_any()
}

/// A path on this server or an absolute web address; anything else could run as a script.
fn is_article(url: &str) -> bool {
    let is_path = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    is_path || url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_and_paths_of_this_server_are_linked_as_articles() {
        for url in ["/help/returns", "https://a.example/x", "http://a.example"] {
            assert!(is_article(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "//evil.example",
            "/\\evil.example",
            "data:text/html,x",
            "",
        ] {
            assert!(!is_article(url), "{url}");
        }
    }
}
