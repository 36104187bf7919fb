//! The lines of the log, drawn into the list that the server has rendered.

use leptos::prelude::*;
use protocol::{Author, CommandId, Event, EventKind, Message, Seq, Timestamp};
use session::visitor::{Input, PendingState, VisitorSession};

use super::page::Handle;
use super::view::{self, Line, View};
use super::words;
use crate::browser::{clock, now};
use crate::parts::{Bubble, day_line, event_line, message_item, typing_line};

/// Everything that is in the list of messages.
#[must_use]
pub fn lines(page: Handle, view: View) -> impl IntoView {
    view! {
        {move || view.earlier.get().map(|is_loading| earlier(page, is_loading))}
        <For each=move || view.lines.get() key=|line| *line children=move |line| self::line(page, view, line) />
        {move || {
            view.typing.get().map(|author| typing_line(&author, words::is_writing(&author)))
        }}
    }
}

fn earlier(page: Handle, is_loading: bool) -> impl IntoView {
    let label = if is_loading {
        words::LOADING
    } else {
        words::EARLIER
    };
    view! {
        <li class="event">
            <button
                class="button button-quiet"
                type="button"
                disabled=is_loading
                on:click=move |_| page.handle(Input::Earlier)
            >
                {label}
            </button>
        </li>
    }
}

fn line(page: Handle, view: View, line: Line) -> AnyView {
    match line {
        Line::Day(seq) => page
            .read(|session| find(session, seq).map(|event| event.at))
            .map(day_line)
            .into_any(),
        Line::Event(seq) => page
            .read(|session| find(session, seq).map(|event| happened(event, session)))
            .into_any(),
        Line::Theirs(seq) => page
            .read(|session| find(session, seq).and_then(theirs))
            .map(|bubble| message_item(bubble, ()))
            .into_any(),
        Line::Own(id) => own(page, view, id).into_any(),
    }
}

/// A message of the visitor's own. It stays the same element from the key press to its place in the log, so that it is
/// read out once.
fn own(page: Handle, view: View, id: CommandId) -> impl IntoView {
    let written_at = page
        .read(|session| session.server_time(now()))
        .unwrap_or_else(clock::local_now);
    move || {
        view.deliveries.track();
        page.read(|session| {
            let bubble = own_bubble(session, id, written_at)?;
            let delivery = view::delivery(session, id);
            Some(message_item(bubble, self::delivery(page, id, delivery)))
        })
    }
}

fn delivery(page: Handle, id: CommandId, state: Option<PendingState>) -> Option<impl IntoView> {
    let state = state?;
    let name = match state {
        PendingState::Sending => "sending",
        PendingState::Sent => "sent",
        PendingState::NotSent => "waiting",
        PendingState::Refused(_) => "refused",
    };
    let change = matches!(state, PendingState::Refused(_)).then(|| {
        view! {
            " "
            <button
                class="button button-quiet"
                type="button"
                on:click=move |_| page.take_back(id)
            >
                {words::CHANGE_IT}
            </button>
        }
    });
    // The log reads a message out once; how it was delivered would be read as another.
    Some(view! {
        <p class="delivery" data-delivery=name aria-live="off">
            {words::delivery(state)}
            {change}
        </p>
    })
}

fn own_bubble(session: &VisitorSession, id: CommandId, written_at: Timestamp) -> Option<Bubble> {
    let bubble = |seq, at, text: &str| Bubble {
        seq,
        at,
        author: Author::Visitor {},
        label: words::YOU.into(),
        text: text.into(),
        sources: Vec::new(),
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

fn theirs(event: &Event) -> Option<Bubble> {
    let EventKind::Message(message) = &event.kind else {
        return None;
    };
    let Message {
        author,
        text,
        sources,
        ..
    } = message.clone();
    Some(Bubble {
        seq: Some(event.seq),
        at: event.at,
        label: words::author(&author),
        author,
        text,
        sources,
    })
}

fn happened(event: &Event, session: &VisitorSession) -> impl IntoView + use<> {
    let (name, words) = match &event.kind {
        EventKind::HumanRequested { receipt, via } => (
            "human_requested",
            words::requested(*via, &receipt.to_string()),
        ),
        EventKind::Taken { agent } => ("taken", words::taken(agent)),
        EventKind::Returned { reason, agent } => ("returned", words::returned(*reason, agent)),
        EventKind::Resolved { agent } => ("resolved", words::resolved(agent)),
        EventKind::Reopened { .. } => ("reopened", words::REOPENED.into()),
        EventKind::LeftQueue {} if session.site().is_some_and(|site| site.bot) => {
            ("left_queue", words::LEFT_FOR_ASSISTANT.into())
        }
        EventKind::LeftQueue {} => ("left_queue", words::LEFT.into()),
        EventKind::BotFailed {} => ("bot_failed", words::ASSISTANT_FAILED.into()),
        // Messages have lines of their own.
        EventKind::Message(_) => ("message", String::new()),
    };
    event_line(event.seq, name, words)
}

fn find(session: &VisitorSession, seq: Seq) -> Option<&Event> {
    let events = session.events();
    let place = events.binary_search_by_key(&seq, |event| event.seq).ok()?;
    events.get(place)
}
