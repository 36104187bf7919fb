//! What the page shows, read from the session.

use std::borrow::Cow;

use ::words::{Key, Wait};
use protocol::{
    Answering, Author, CommandId, Event, EventKind, RefusalCode, Seq, Waiting, is_human_offered,
    is_solved,
};
use session::visitor::{Delivery, VisitorSession};
use session::{LinkState, Moment};

use super::words::{say, speech, words};
use crate::parts::waited;

/// A connection that comes back within this time, in milliseconds, was not worth a notice.
const SHORT_GAP_MS: u64 = 2_000;

/// What is wrong with the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It is lost, and tried again.
    Reconnecting,
    /// The page has to be loaded again.
    Outdated,
}

/// What stands on the way to a person. It is never nothing (G1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Desk {
    /// The button.
    Idle,
    /// The button, after the assistant could not help.
    Offered,
    /// The request is on its way.
    Asking,
    /// The button, after the request was refused, with how else to reach the shop.
    Failed(String),
    /// The place in line.
    Queue,
    /// The place in line, which the visitor gives up as soon as the server hears of it.
    Leaving,
    /// The person, whether they are a supervisor, and the request's number.
    Person(String, bool, Option<String>),
    /// The button, after the end.
    Ended,
}

/// The place in line, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    /// The place.
    pub place: String,
    /// The time waited.
    pub wait: String,
    /// What else is said about it.
    pub note: String,
}

impl Desk {
    /// The name in the page's `data-desk`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Offered => "offered",
            Self::Asking => "asking",
            Self::Failed(_) => "failed",
            Self::Queue | Self::Leaving => "queue",
            Self::Person(..) => "agent",
            Self::Ended => "ended",
        }
    }
}

/// What is wrong with the connection; none while it works, and for a moment after it was lost.
#[must_use]
pub fn trouble(session: &VisitorSession, now: Moment) -> Option<Trouble> {
    match session.link() {
        LinkState::Reconnecting { since, .. } if now.since_ms(since) >= SHORT_GAP_MS => {
            Some(Trouble::Reconnecting)
        }
        LinkState::Stopped(_) => Some(Trouble::Outdated),
        _ => None,
    }
}

/// What the visitor is told while the server can store nothing.
#[must_use]
pub fn cannot_store(session: &VisitorSession) -> Option<String> {
    let contact = session.site().map_or("", |site| &site.contact);
    (session.trouble() == Some(RefusalCode::Unavailable)).then(|| {
        let also = if contact.is_empty() {
            String::new()
        } else {
            words().fill(Key::AlsoReachUs, &[("contact", contact)])
        };
        [say(Key::CannotStore), " ", &also].concat()
    })
}

/// Whether the visitor waits in line.
#[must_use]
pub fn is_waiting(session: &VisitorSession) -> bool {
    let answering = session.state().map(|state| &state.answering);
    matches!(answering, Some(Answering::Queue { .. }))
}

/// The place in line, in words; none where the visitor is not in line. `lasts` if the browser keeps what is saved.
#[must_use]
pub fn queue(session: &VisitorSession, now: Moment, lasts: bool) -> Option<Queue> {
    let state = session.state()?;
    let Answering::Queue { position, on_duty } = state.answering else {
        return None;
    };
    let wait_ms = wait_ms(session, state.waiting, now);
    let receipt = state.waiting.map(|waiting| waiting.receipt.to_string());
    let opening = state.opening.filter(|opening| !opening.open);
    let speech = speech();
    Some(Queue {
        place: speech.place(position),
        wait: waited(wait_ms),
        note: speech.queue_note(&Wait {
            receipt: receipt.as_deref(),
            wait_ms,
            estimate: state.waiting.and_then(|waiting| waiting.estimate),
            on_duty,
            next: opening.and_then(|opening| opening.until),
            is_kept: Some(lasts),
        }),
    })
}

/// How far one of the visitor's own messages has come; none where nothing is said about it: only the newest one that
/// the server has says so.
#[must_use]
pub fn delivery(session: &VisitorSession, id: CommandId) -> Option<Delivery> {
    if let Some(pending) = session.pending().find(|pending| pending.id == id) {
        return Some(pending.state);
    }
    let (newest_own, seq) = session.events().iter().rev().find_map(own_id)?;
    let is_newest = newest_own == id && session.pending().next().is_none();
    let is_seen = session.state().is_some_and(|state| seq <= state.seen);
    is_newest.then_some(if is_seen {
        Delivery::Seen
    } else {
        Delivery::Sent
    })
}

/// The visitor's own messages whose delivery may still change: those on their way, and the newest one that the server
/// has.
pub fn unsettled(session: &VisitorSession) -> impl Iterator<Item = CommandId> {
    let newest = session.events().iter().rev().find_map(own_id);
    let pending = session.pending().map(|pending| pending.id);
    pending.chain(newest.map(|(id, _)| id))
}

/// The name and the words for who answers now; none before that is known.
#[must_use]
pub fn status(session: &VisitorSession) -> Option<(&'static str, Cow<'static, str>)> {
    let answering = &session.state()?.answering;
    Some(words().status(answering, session.events()))
}

/// What stands on the way to a person.
#[must_use]
pub fn desk(session: &VisitorSession) -> Desk {
    let Some(state) = session.state() else {
        return if session.human_pending() {
            Desk::Asking
        } else {
            Desk::Idle
        };
    };
    match &state.answering {
        Answering::Queue { .. } if session.leave_pending() => Desk::Leaving,
        Answering::Queue { .. } => Desk::Queue,
        Answering::Agent { name, lead } => {
            let receipt = state.waiting.map(|waiting| waiting.receipt.to_string());
            Desk::Person(name.clone(), *lead, receipt)
        }
        _ if session.human_pending() => Desk::Asking,
        _ if session.human_failed() => {
            let contact = session.site().map(|site| site.contact.clone());
            Desk::Failed(contact.unwrap_or_default())
        }
        Answering::Bot {} if is_human_offered(session.events()) => Desk::Offered,
        Answering::Nobody { .. } if is_solved(session.events()) => Desk::Ended,
        Answering::Bot {} | Answering::Nobody { .. } => Desk::Idle,
    }
}

/// Whether a supervisor can be asked for, below this on the way to a person, and what has come of it.
#[must_use]
pub fn supervisor(session: &VisitorSession, desk: &Desk, now: Moment) -> (bool, String) {
    let state = session.state();
    let Some((state, wish)) = state.and_then(|state| Some((state, state.supervisor?))) else {
        let is_offered = matches!(desk, Desk::Queue | Desk::Person(_, false, _) | Desk::Ended);
        return if session.supervisor_pending() {
            (false, say(Key::AskingNote).into())
        } else {
            (is_offered, String::new())
        };
    };
    let now = session.server_time(now);
    (
        false,
        speech().supervisor_asked(wish, &state.answering, now),
    )
}

fn wait_ms(session: &VisitorSession, waiting: Option<Waiting>, now: Moment) -> u64 {
    let since = waiting.map(|waiting| waiting.since);
    session
        .server_time(now)
        .zip(since)
        .map_or(0, |(now, since)| now.since_ms(since))
}

fn own_id(event: &Event) -> Option<(CommandId, Seq)> {
    match &event.kind {
        EventKind::Message(message) if message.author == (Author::Visitor {}) => {
            Some((message.id, event.seq))
        }
        _ => None,
    }
}
