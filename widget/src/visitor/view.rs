//! What the page shows, read from the session.

use protocol::{
    Answering, Author, CommandId, Event, EventKind, RefusalCode, Seq, State, Timestamp, Waiting,
};
use session::visitor::{Delivery, VisitorSession};
use session::{LinkState, Moment};

use super::words;
use crate::browser::clock;
use crate::parts::waited;

/// From this wait on, in milliseconds, the card says that the line still moves: three minutes, in which Ley 10/2025
/// wants nearly everybody answered.
const LONG_WAIT_MS: u64 = 3 * 60 * 1_000;

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

/// A line of the log, by what it stays the same by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// What came before the first event can be asked for.
    Earlier,
    /// Another day begins with this event.
    Day(Seq),
    /// What happened.
    Event(Seq),
    /// What somebody else wrote.
    Theirs(Seq),
    /// What the visitor wrote, whether the server has it or not.
    Own(CommandId),
    /// Somebody else is writing.
    Typing,
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
    (session.trouble() == Some(RefusalCode::Unavailable)).then(|| words::cannot_store(contact))
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
    let expected = match (on_duty, state.waiting.and_then(|waiting| waiting.estimate)) {
        (0, _) => words::nobody(next_opening(state).as_deref()),
        (_, Some(estimate)) if wait_ms > estimate.to_ms => words::LONGER_THAN_USUAL.into(),
        (_, Some(estimate)) => words::usual(estimate),
        _ if wait_ms >= LONG_WAIT_MS => words::STILL_HERE.into(),
        _ => String::new(),
    };
    Some(Queue {
        place: words::place(position),
        wait: waited(wait_ms),
        note: words::queue_note(&expected, receipt.as_deref(), on_duty > 0, lasts),
    })
}

/// When people are next here, in the reader's zone; none where they are here now, or the shop does not say.
fn next_opening(state: &State) -> Option<String> {
    let opening = state.opening.filter(|opening| !opening.open)?;
    opening.until.map(day_and_time)
}

/// A moment in the reader's zone: `Saturday 21 November, 10:31`.
#[must_use]
pub fn day_and_time(at: Timestamp) -> String {
    [&clock::day(at), ", ", &clock::time_of_day(at)].concat()
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

/// The name and the words for who answers now; none before that is known.
#[must_use]
pub fn status(session: &VisitorSession) -> Option<(&'static str, String)> {
    Some(match &session.state()?.answering {
        Answering::Bot {} => ("bot", words::ASSISTANT_ANSWERS.into()),
        Answering::Queue { .. } => ("queue", words::IN_LINE.into()),
        Answering::Agent { name, .. } => ("agent", words::answers_now(name)),
        Answering::Nobody { .. } if is_solved(session.events()) => ("ended", words::SOLVED.into()),
        Answering::Nobody { .. } => ("ended", words::PERSON_ANSWERS.into()),
    })
}

/// The lines of the log, and of what stands after it.
#[must_use]
pub fn lines(session: &VisitorSession) -> Vec<Line> {
    let mut lines = Vec::with_capacity(session.events().len() + 4);
    if session.has_earlier() {
        lines.push(Line::Earlier);
    }
    let mut day = None;
    for event in session.events() {
        let day_number = clock::day_number(event.at);
        if day.replace(day_number) != Some(day_number) {
            lines.push(Line::Day(event.seq));
        }
        lines.push(match &event.kind {
            EventKind::Message(message) if message.author == (Author::Visitor {}) => {
                Line::Own(message.id)
            }
            EventKind::Message(_) => Line::Theirs(event.seq),
            _ => Line::Event(event.seq),
        });
    }
    lines.extend(session.pending().map(|pending| Line::Own(pending.id)));
    lines.extend(session.typing().map(|_| Line::Typing));
    lines
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
            (false, words::ASKING_NOTE.into())
        } else {
            (is_offered, String::new())
        };
    };
    let words = match wish.due {
        None => words::supervisor_asked(&clock::time_of_day(wish.since), &state.answering),
        Some(due) => {
            let is_late = session.server_time(now) > Some(due);
            words::supervisor_due(&day_and_time(due), is_late)
        }
    };
    (false, words)
}

fn wait_ms(session: &VisitorSession, waiting: Option<Waiting>, now: Moment) -> u64 {
    let since = waiting.map(|waiting| waiting.since);
    session
        .server_time(now)
        .zip(since)
        .map_or(0, |(now, since)| now.since_ms(since))
}

/// Whether a person has marked the conversation as solved, and nothing came after.
fn is_solved(events: &[Event]) -> bool {
    events
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
fn is_human_offered(events: &[Event]) -> bool {
    events
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

fn own_id(event: &Event) -> Option<(CommandId, Seq)> {
    match &event.kind {
        EventKind::Message(message) if message.author == (Author::Visitor {}) => {
            Some((message.id, event.seq))
        }
        _ => None,
    }
}
