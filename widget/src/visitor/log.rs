//! The lines of the log, drawn into the list that the server has rendered.

use ::words::Key;
use leptos::prelude::*;
use protocol::{Author, CommandId, Event, EventKind, Message, Seq, Timestamp};
use session::visitor::{Delivery, VisitorSession};

use super::lines::Line;
use super::words::{say, speech};
use super::{act, view, words};
use crate::parts::{
    Bubble, day_line, element, event_line, message_item, nothing, text, typing_line,
};

/// What is drawn for a line. A line that is not new and cannot have changed stays as it is: none. `written_at` is for
/// the visitor's own messages that the server has not given a time yet.
#[must_use]
pub fn line(
    session: &VisitorSession,
    line: Line,
    is_new: bool,
    written_at: Timestamp,
) -> Option<AnyView> {
    match line {
        Line::Earlier => Some(earlier(session.is_loading())),
        Line::Typing => session
            .typing()
            .map(|author| typing_line(author, words::words().is_writing(author))),
        // One element from the key press to its place in the log, so that it is read out once.
        Line::Own(id) => own(session, id, written_at),
        Line::Day(seq) if is_new => find(session, seq).map(|event| day_line(event.at)),
        Line::Event(seq) if is_new => find(session, seq).map(|event| happened(event, session)),
        Line::Theirs(seq) if is_new => find(session, seq).and_then(theirs),
        Line::Replies(seq) if is_new => find(session, seq).and_then(replies),
        Line::Day(_) | Line::Event(_) | Line::Theirs(_) | Line::Replies(_) => None,
    }
}

fn earlier(is_loading: bool) -> AnyView {
    let label = if is_loading {
        say(Key::Loading)
    } else {
        say(Key::ShowEarlier)
    };
    element(
        "LI",
        &[("class", Some("event"))],
        vec![act::button("earlier", label)],
    )
}

fn own(session: &VisitorSession, id: CommandId, written_at: Timestamp) -> Option<AnyView> {
    let bubble = own_bubble(session, id, written_at)?;
    let below = view::delivery(session, id).map_or_else(nothing, |state| delivery(id, state));
    Some(message_item(bubble, below))
}

fn delivery(id: CommandId, state: Delivery) -> AnyView {
    let name = match state {
        Delivery::Sending => "sending",
        Delivery::Sent => "sent",
        Delivery::Seen => "seen",
        Delivery::NotSent => "waiting",
        Delivery::Refused(_) => "refused",
    };
    let change = match state {
        Delivery::Refused(_) => act::button(
            &[act::TAKE_BACK, &id.to_string()].concat(),
            say(Key::ChangeIt),
        ),
        _ => nothing(),
    };
    // The log reads a message out once; how it was delivered would be read as another.
    let attributes = [
        ("class", Some("delivery")),
        ("data-delivery", Some(name)),
        ("aria-live", Some("off")),
    ];
    element(
        "P",
        &attributes,
        vec![text(words::delivery(state)), text(" "), change],
    )
}

fn own_bubble(session: &VisitorSession, id: CommandId, written_at: Timestamp) -> Option<Bubble> {
    let bubble = |seq, at, text: &str| Bubble {
        seq,
        at,
        author: Author::Visitor {},
        label: say(Key::You).into(),
        text: text.into(),
        sources: Vec::new(),
        source_words: words::source_words(),
    };
    let logged = session
        .events()
        .iter()
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::Message(message) if message.id == id => Some((event, message)),
            _ => None,
        });
    if let Some((event, message)) = logged {
        return Some(bubble(Some(event.seq), event.at, &message.text));
    }
    let pending = session.pending().find(|pending| pending.id == id)?;
    Some(bubble(None, written_at, pending.text))
}

fn theirs(event: &Event) -> Option<AnyView> {
    let EventKind::Message(message) = &event.kind else {
        return None;
    };
    let Message {
        author,
        text,
        sources,
        ..
    } = message.clone();
    let bubble = Bubble {
        seq: Some(event.seq),
        at: event.at,
        label: words::words().author(&author).into_owned(),
        author,
        text,
        sources,
        source_words: words::source_words(),
    };
    Some(message_item(bubble, nothing()))
}

/// The answers that a message suggests, each a button that sends it.
fn replies(event: &Event) -> Option<AnyView> {
    let EventKind::Message(message) = &event.kind else {
        return None;
    };
    let button = |reply: &String| {
        let words = element("BDI", &[], vec![text(reply)]);
        act::submit("reply", "reply", reply, vec![words])
    };
    let buttons = message.replies.iter().map(button).collect();
    let attributes = [
        ("class", Some("replies-box")),
        ("role", Some("group")),
        ("aria-label", Some(say(Key::QuickReplies))),
    ];
    let group = element("DIV", &attributes, buttons);
    Some(element("LI", &[("class", Some("replies"))], vec![group]))
}

fn happened(event: &Event, session: &VisitorSession) -> AnyView {
    let has_bot = session.site().is_some_and(|site| site.bot);
    let speech = speech();
    let (name, words) = speech.told(&event.kind, has_bot);
    event_line(event.seq, name, words.into_owned())
}

fn find(session: &VisitorSession, seq: Seq) -> Option<&Event> {
    let events = session.events();
    let place = events.binary_search_by_key(&seq, |event| event.seq).ok()?;
    events.get(place)
}
