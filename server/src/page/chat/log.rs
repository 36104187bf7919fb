//! The log: what was said, by whom, and what happened.

use std::borrow::Cow;

use maud::{Markup, html};
use protocol::{
    Author, Event, EventKind, HistoryPage, Message, RequestVia, ReturnReason, Seq, SiteFace, Source,
};

use super::super::moment::Moment;
use super::linked;

/// The list items of a page of the log, of which a person has seen everything up to `seen`.
pub fn entries(site: &SiteFace, history: &HistoryPage, seen: Seq) -> Markup {
    let newest_own = history.events.iter().rev().find(|event| is_own(event));
    let newest = history.events.last();
    let mut day = None;
    html! {
        @if history.earlier {
            li.event {
                p { "Your conversation is longer: this page shows the end of it." }
            }
        }
        @for event in &history.events {
            @let moment = Moment::of(event.at);
            @if !day.replace(moment).is_some_and(|before| before.is_same_day(moment)) {
                li.day { time datetime=(moment.machine_date()) { (moment.day()) } }
            }
            (entry(site, event, &Marks {
                is_newest_own: newest_own.is_some_and(|own| own.seq == event.seq),
                is_newest: newest.is_some_and(|newest| newest.seq == event.seq),
                is_seen: event.seq <= seen,
            }))
        }
    }
}

/// What is said of an entry because of its place.
struct Marks {
    is_newest_own: bool,
    is_newest: bool,
    is_seen: bool,
}

/// How a person is called: never without the word that says it is one.
pub fn person(name: &str) -> Cow<'_, str> {
    if name.is_empty() {
        "A person · human".into()
    } else {
        format!("{name} · human").into()
    }
}

/// Whether the conversation ended because a person marked it as solved.
pub fn is_solved(history: &HistoryPage) -> bool {
    history
        .events
        .iter()
        .rev()
        .find_map(|event| match event.kind {
            EventKind::Resolved { .. } => Some(true),
            EventKind::LeftQueue {} | EventKind::Reopened { .. } => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

/// Whether the assistant could not help the last time it was asked.
pub fn is_human_offered(history: &HistoryPage) -> bool {
    history
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::Message(message) if message.author == (Author::Bot {}) => {
                Some(message.offers_human)
            }
            EventKind::BotFailed {} => Some(true),
            EventKind::LeftQueue {} => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

fn is_own(event: &Event) -> bool {
    matches!(&event.kind, EventKind::Message(message) if message.author == Author::Visitor {})
}

fn entry(site: &SiteFace, event: &Event, marks: &Marks) -> Markup {
    match &event.kind {
        EventKind::Message(message) => bubble(event, message, marks),
        other => {
            let (name, words) = told(site, other);
            line(event, name, &words, marks)
        }
    }
}

/// What kind of event it is, and what it tells the visitor. A message's words are those of its author.
pub fn told<'a>(site: &SiteFace, kind: &'a EventKind) -> (&'static str, Cow<'a, str>) {
    match kind {
        EventKind::Message(message) => ("message", (&message.text).into()),
        EventKind::HumanRequested { receipt, via } => {
            let who = match via {
                RequestVia::Bot => "The AI assistant asked for a person",
                RequestVia::Button | RequestVia::Reopen | RequestVia::Message => {
                    "You asked for a person"
                }
            };
            ("human_requested", format!("{who} · No. {receipt}").into())
        }
        EventKind::Taken { agent, lead: false } => {
            ("taken", format!("{} is here", person(agent)).into())
        }
        EventKind::Taken { agent, lead: true } => {
            let words = format!("{} is here, a supervisor", person(agent));
            ("taken", words.into())
        }
        EventKind::Returned { reason, agent } => {
            let agent = short(agent);
            let words = match reason {
                ReturnReason::Vanished => format!(
                    "{agent} had to go. You are back at the front of the line, with your time kept."
                ),
                ReturnReason::Transferred => {
                    format!("{agent} passed you on. You are back at the front of the line, with your time kept.")
                }
            };
            ("returned", words.into())
        }
        EventKind::Resolved { agent } => {
            let agent = short(agent);
            let words =
                format!("{agent} marked this as solved. Write again and it goes back to {agent}.");
            ("resolved", words.into())
        }
        EventKind::Reopened { .. } => ("reopened", "Open again".into()),
        EventKind::LeftQueue {} if site.bot => (
            "left_queue",
            "You left the line. The AI assistant answers again.".into(),
        ),
        EventKind::LeftQueue {} => ("left_queue", "You left the line.".into()),
        EventKind::BotFailed {} => (
            "bot_failed",
            "The AI assistant could not answer. Your message is kept. A person can help: press Human please, below."
                .into(),
        ),
        EventKind::SupervisorRequested {} => {
            ("supervisor_requested", "You asked for a supervisor".into())
        }
        EventKind::CallbackPromised { by } => {
            let by = Moment::of(*by).day_and_time();
            let words = format!(
                "No supervisor was free within three minutes. One will contact you by {by}."
            );
            ("callback_promised", words.into())
        }
        EventKind::Unknown {} => ("unknown", "Something happened that this page cannot show".into()),
    }
}

/// What an author is called: never without what they are.
pub fn author(author: &Author) -> (&'static str, Cow<'_, str>) {
    match author {
        Author::Visitor {} => ("visitor", "You".into()),
        Author::Bot {} => ("bot", "AI assistant".into()),
        Author::Agent { name } => ("agent", person(name)),
    }
}

/// A person's name in a sentence that shows that they are one.
pub fn short(name: &str) -> &str {
    if name.is_empty() { "The person" } else { name }
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

fn bubble(event: &Event, message: &Message, marks: &Marks) -> Markup {
    let (kind, label) = author(&message.author);
    let moment = Moment::of(event.at);
    html! {
        li.message id={ "m" (event.seq) } data-seq=(event.seq) data-author=(kind) {
            p.message-head {
                span.message-author { (label) }
                " "
                time.message-time datetime=(moment.machine_time()) { (moment.time_of_day()) }
                (end(event, marks))
            }
            div.bubble {
                p.message-text dir="auto" { (linked(&message.text)) }
                (sources(&message.sources))
            }
            @if marks.is_newest_own {
                @if marks.is_seen {
                    p.delivery data-delivery="seen" { "Seen" }
                } @else {
                    p.delivery data-delivery="sent" { "Sent" }
                }
            }
        }
    }
}

fn sources(sources: &[Source]) -> Markup {
    let sources: Vec<&Source> = sources
        .iter()
        .filter(|source| is_article(&source.url))
        .collect();
    html! {
        @if !sources.is_empty() {
            p.message-source {
                "from "
                @for (index, source) in sources.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href=(source.url) target="_blank" rel="noopener noreferrer" {
                        "“" (source.title) "” "
                        span aria-hidden="true" { "↗" }
                        span.visually-hidden { "(opens in a new tab)" }
                    }
                }
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
