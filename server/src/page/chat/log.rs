//! The log: what was said, by whom, and what happened.

use maud::{Markup, html};
use protocol::{Author, Event, EventKind, HistoryPage, Message, Seq, Source};
use words::{Key, Locale as _, Part, Words, fill};

use super::super::moment::Moment;
use super::super::text::written;
use super::{ChatPage, replies};
use crate::languages::Plain;

/// The list items of a page of the log, of which a person has seen everything up to `seen`.
pub fn entries(page: &ChatPage<'_>, history: &HistoryPage, seen: Seq) -> Markup {
    let calendar = page.speech().locale;
    let newest_own = history.events.iter().rev().find(|event| is_own(event));
    let newest = history.events.last();
    let suggesting = replies::suggesting(history);
    let mut day = None;
    html! {
        @if history.earlier {
            li.event {
                p { (page.say(Plain::LongerConversation)) }
            }
        }
        @for event in &history.events {
            @let moment = Moment::of(event.at);
            @if !day.replace(moment).is_some_and(|before| before.is_same_day(moment)) {
                li.day { time datetime=(moment.machine_date()) { (calendar.day(event.at)) } }
            }
            (entry(page, event, &Marks {
                suggests: suggesting == Some(event.seq),
                is_newest_own: newest_own.is_some_and(|own| own.seq == event.seq),
                is_newest: newest.is_some_and(|newest| newest.seq == event.seq),
                is_seen: event.seq <= seen,
            }))
        }
    }
}

/// What is said of an entry because of its place.
struct Marks {
    suggests: bool,
    is_newest_own: bool,
    is_newest: bool,
    is_seen: bool,
}

fn is_own(event: &Event) -> bool {
    matches!(&event.kind, EventKind::Message(message) if message.author == Author::Visitor {})
}

fn entry(page: &ChatPage<'_>, event: &Event, marks: &Marks) -> Markup {
    match &event.kind {
        EventKind::Message(message) => bubble(page, event, message, marks),
        other => {
            let speech = page.speech();
            let (name, words) = speech.told(other, page.site.bot);
            line(event, name, &words, marks)
        }
    }
}

/// What kind of author this is, for styles and scripts.
pub fn author_kind(author: &Author) -> &'static str {
    match author {
        Author::Visitor {} => "visitor",
        Author::Bot {} => "bot",
        Author::Agent { .. } => "agent",
    }
}

fn line(event: &Event, name: &str, words: &str, marks: &Marks) -> Markup {
    html! {
        li.event id={ "m" (event.seq) } data-seq=(event.seq) data-event=(name) {
            p { (words) (end(event, marks)) }
        }
    }
}

/// Where the browser goes if nothing is newer than this: a post leads to the event after the newest one.
fn end(event: &Event, marks: &Marks) -> Markup {
    html! {
        @if marks.is_newest { span id={ "m" (event.seq.next()) } {} }
    }
}

fn bubble(page: &ChatPage<'_>, event: &Event, message: &Message, marks: &Marks) -> Markup {
    let words = page.words();
    let moment = Moment::of(event.at);
    html! {
        li.message id={ "m" (event.seq) } data-seq=(event.seq) data-author=(author_kind(&message.author)) {
            p.message-head {
                span.message-author { (words.author(&message.author)) }
                " "
                time.message-time datetime=(moment.machine_time()) { (page.speech().locale.time(event.at)) }
                (end(event, marks))
            }
            div.bubble {
                div.message-text { (written(&message.text)) }
                (sources(words, &message.sources))
            }
            @if marks.is_newest_own {
                @if marks.is_seen {
                    p.delivery data-delivery="seen" { (words.get(Key::Seen)) }
                } @else {
                    p.delivery data-delivery="sent" { (words.get(Key::Sent)) }
                }
            }
        }
        @if marks.suggests { (replies::buttons(page, &message.replies)) }
    }
}

fn sources(words: &Words, sources: &[Source]) -> Markup {
    let sources: Vec<&Source> = sources
        .iter()
        .filter(|source| is_article(&source.url))
        .collect();
    html! {
        @if !sources.is_empty() {
            p.message-source {
                @for part in words.parts(Key::Source) {
                    @match part {
                        Part::Text(text) => (text)
                        Part::Slot(_) => (source_links(words, &sources))
                    }
                }
            }
        }
    }
}

fn source_links(words: &Words, sources: &[&Source]) -> Markup {
    html! {
        @for (index, source) in sources.iter().enumerate() {
            @if index > 0 { (words.get(Key::Comma)) }
            a href=(source.url) target="_blank" rel="noopener noreferrer nofollow" {
                (fill(words.get(Key::Quoted), &[("title", &source.title)])) " "
                span aria-hidden="true" { "↗" }
                span.visually-hidden { (words.get(Key::NewTab)) }
            }
        }
    }
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
            " javascript:alert(1)",
            "//evil.example",
            "/\\evil.example",
            "data:text/html,x",
            "help/returns",
            "",
        ] {
            assert!(!is_article(url), "{url}");
        }
    }
}
