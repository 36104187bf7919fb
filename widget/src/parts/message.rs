//! One entry of the log.

use leptos::prelude::*;
use protocol::{Author, Seq, Source, Timestamp};
use words::{Part, fill, parts};

use super::element::{element, text};
use super::region::nothing;
use super::text::written_text;
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
    let label = element(
        "SPAN",
        &[("class", Some("message-author"))],
        vec![text(bubble.label)],
    );
    let head = element(
        "P",
        &[("class", Some("message-head"))],
        vec![label, text(" "), clock_time(bubble.at)],
    );
    let written = written_text(bubble.text).into_any();
    let sources = sources(bubble.sources, bubble.source_words);
    let body = element("DIV", &[("class", Some("bubble"))], vec![written, sources]);
    let attributes = [
        ("class", Some("message")),
        ("id", id.as_deref()),
        ("data-seq", place.as_deref()),
        ("data-author", Some(author_kind(&bubble.author))),
    ];
    element("LI", &attributes, vec![head, body, below])
}

/// A line that says what happened; `kind` is the event's name in the protocol.
#[must_use]
pub fn event_line(seq: Seq, kind: &'static str, words: impl IntoView + 'static) -> AnyView {
    let place = seq.to_string();
    let id = ["m", &place].concat();
    let attributes = [
        ("class", Some("event")),
        ("id", Some(&*id)),
        ("data-seq", Some(&*place)),
        ("data-event", Some(kind)),
    ];
    let words = element("P", &[], vec![words.into_any()]);
    element("LI", &attributes, vec![words])
}

/// The last line of a log while somebody writes. It is not read out: the message will be.
#[must_use]
pub fn typing_line(author: &Author, words: String) -> AnyView {
    let dots = (0..3).map(|_| element("I", &[], vec![])).collect();
    let dots = element(
        "SPAN",
        &[
            ("class", Some("typing-dots")),
            ("aria-hidden", Some("true")),
        ],
        dots,
    );
    let attributes = [
        ("class", Some("typing")),
        ("data-author", Some(author_kind(author))),
        ("aria-live", Some("off")),
    ];
    let line = element("P", &[], vec![text(words), dots]);
    element("LI", &attributes, vec![line])
}

fn sources(sources: Vec<Source>, words: SourceWords) -> AnyView {
    let mut links = Vec::new();
    for source in sources.iter().filter(|source| is_article(&source.url)) {
        if !links.is_empty() {
            links.push(text(words.comma));
        }
        let title = fill(words.title, &[("title", &source.title)]);
        let arrow = element("SPAN", &[("aria-hidden", Some("true"))], vec![text("↗")]);
        let hidden = [("class", Some("visually-hidden"))];
        let hint = element("SPAN", &hidden, vec![text(words.new_tab)]);
        let attributes = [
            ("href", Some(&*source.url)),
            ("target", Some("_blank")),
            ("rel", Some("noopener noreferrer nofollow")),
        ];
        let content = vec![text(title), text(" "), arrow, hint];
        links.push(element("A", &attributes, content));
    }
    if links.is_empty() {
        return nothing();
    }
    let mut line = Vec::new();
    for part in parts(words.line) {
        match part {
            Part::Text(words) => line.push(text(words)),
            Part::Slot(_) => line.append(&mut links),
        }
    }
    element("P", &[("class", Some("message-source"))], line)
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
