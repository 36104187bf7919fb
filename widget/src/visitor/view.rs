//! What the page shows, as signals: one for each thing that changes by itself, so that nothing else is drawn again.

use leptos::prelude::*;
use protocol::{Answering, Author, CommandId, Event, EventKind, RefusalCode, Seq, Waiting};
use session::visitor::{PendingState, VisitorSession};
use session::{LinkState, Moment};

use super::words;
use crate::browser::clock;
use crate::parts::waited;

/// From this wait on, in milliseconds, the card says that the line still moves: three minutes, in which Ley 10/2025
/// wants nearly everybody answered.
const LONG_WAIT_MS: u64 = 3 * 60 * 1_000;

/// A connection that comes back within this time, in milliseconds, was not worth a notice.
const SHORT_GAP_MS: u64 = 2_000;

/// The signals.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The lines of the log, in order.
    pub lines: RwSignal<Vec<Line>>,
    /// Counts what happened to the visitor's own messages.
    pub deliveries: RwSignal<u32>,
    /// Older lines exist: whether they are on their way.
    pub earlier: RwSignal<Option<bool>>,
    /// Who writes at the other side.
    pub typing: RwSignal<Option<Author>>,
    /// What stands on the way to a person.
    pub desk: RwSignal<Desk>,
    /// The place in line.
    pub place: RwSignal<String>,
    /// The time waited.
    pub wait: RwSignal<String>,
    /// What else is said about the line.
    pub queue_note: RwSignal<String>,
    /// The connection.
    pub connection: RwSignal<Option<Trouble>>,
    /// What the server cannot store, in words.
    pub cannot_store: RwSignal<Option<String>>,
    /// Storage is blocked.
    pub no_storage: RwSignal<bool>,
    /// The earlier conversation is gone.
    pub replaced: RwSignal<bool>,
}

/// What is wrong with the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It is lost, and tried again.
    Reconnecting,
    /// The page has to be loaded again.
    Outdated,
}

/// A line of the log, by what it stays the same by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// Another day begins with this event.
    Day(Seq),
    /// What happened.
    Event(Seq),
    /// What somebody else wrote.
    Theirs(Seq),
    /// What the visitor wrote, whether the server has it or not.
    Own(CommandId),
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
    /// The person, and the request's number.
    Person(String, Option<String>),
    /// The button, after the end.
    Ended,
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
            Self::Queue => "queue",
            Self::Person(..) => "agent",
            Self::Ended => "ended",
        }
    }
}

impl View {
    /// The signals of a page that knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lines: RwSignal::default(),
            deliveries: RwSignal::default(),
            earlier: RwSignal::default(),
            typing: RwSignal::default(),
            desk: RwSignal::new(Desk::Idle),
            place: RwSignal::default(),
            wait: RwSignal::default(),
            queue_note: RwSignal::default(),
            connection: RwSignal::default(),
            cannot_store: RwSignal::default(),
            no_storage: RwSignal::default(),
            replaced: RwSignal::default(),
        }
    }

    /// Shows the log as the session has it.
    pub fn show_log(&self, session: &VisitorSession) {
        set(self.lines, lines(session));
        self.deliveries
            .update(|count| *count = count.wrapping_add(1));
        set(
            self.earlier,
            session.has_earlier().then(|| session.is_loading()),
        );
        set(self.typing, session.typing().cloned());
    }

    /// The first line that is shown.
    #[must_use]
    pub fn first_line(&self) -> Option<Line> {
        self.lines.with_untracked(|lines| lines.first().copied())
    }

    /// Shows who answers, how long the visitor has waited, and what is wrong. `lasts` if the browser keeps what is saved.
    pub fn show_state(&self, session: &VisitorSession, now: Moment, lasts: bool) {
        set(self.desk, desk(session));
        self.show_queue(session, now, lasts);
        let trouble = match session.link() {
            LinkState::Reconnecting { since, .. } if now.since_ms(since) >= SHORT_GAP_MS => {
                Some(Trouble::Reconnecting)
            }
            LinkState::Stopped(_) => Some(Trouble::Outdated),
            _ => None,
        };
        set(self.connection, trouble);
        let contact = session.site().map_or("", |site| &site.contact);
        let is_full = session.trouble() == Some(RefusalCode::Unavailable);
        set(
            self.cannot_store,
            is_full.then(|| words::cannot_store(contact)),
        );
        set(self.replaced, session.was_replaced());
        set(self.no_storage, !lasts);
    }

    fn show_queue(&self, session: &VisitorSession, now: Moment, lasts: bool) {
        let Some(state) = session.state() else { return };
        let Answering::Queue { position, on_duty } = state.answering else {
            return;
        };
        let wait_ms = wait_ms(session, state.waiting, now);
        set(self.place, words::place(position));
        set(self.wait, waited(wait_ms));
        let receipt = state.waiting.map(|waiting| waiting.receipt.to_string());
        let is_long = wait_ms >= LONG_WAIT_MS;
        set(
            self.queue_note,
            words::queue_note(receipt.as_deref(), on_duty, is_long, lasts),
        );
    }
}

impl Default for View {
    fn default() -> Self {
        Self::new()
    }
}

/// How far one of the visitor's own messages has come; none where nothing is said about it: only the newest one that
/// the server has says so.
#[must_use]
pub fn delivery(session: &VisitorSession, id: CommandId) -> Option<PendingState> {
    if let Some(pending) = session.pending().find(|pending| pending.id == id) {
        return Some(pending.state);
    }
    let newest_own = session.events().iter().rev().find_map(own_id);
    let is_newest = newest_own == Some(id) && session.pending().next().is_none();
    is_newest.then_some(PendingState::Sent)
}

/// The name and the words for who answers now; none before that is known.
#[must_use]
pub fn status(session: &VisitorSession) -> Option<(&'static str, String)> {
    Some(match &session.state()?.answering {
        Answering::Bot {} => ("bot", words::ASSISTANT_ANSWERS.into()),
        Answering::Queue { .. } => ("queue", words::IN_LINE.into()),
        Answering::Agent { name } => ("agent", words::answers_now(name)),
        Answering::Nobody { .. } if is_solved(session.events()) => ("ended", words::SOLVED.into()),
        Answering::Nobody { .. } => ("ended", words::PERSON_ANSWERS.into()),
    })
}

fn lines(session: &VisitorSession) -> Vec<Line> {
    let mut lines = Vec::with_capacity(session.events().len() + 4);
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
    lines
}

fn desk(session: &VisitorSession) -> Desk {
    let Some(state) = session.state() else {
        return if session.human_pending() {
            Desk::Asking
        } else {
            Desk::Idle
        };
    };
    match &state.answering {
        Answering::Queue { .. } => Desk::Queue,
        Answering::Agent { name } => {
            let receipt = state.waiting.map(|waiting| waiting.receipt.to_string());
            Desk::Person(name.clone(), receipt)
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

fn own_id(event: &Event) -> Option<CommandId> {
    match &event.kind {
        EventKind::Message(message) if message.author == (Author::Visitor {}) => Some(message.id),
        _ => None,
    }
}

/// Sets a signal only if it changes: every set draws something again.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
