//! The log of the conversation: everything that was said and done, by whom, and when.

use std::cell::Cell;

use leptos::html;
use leptos::prelude::*;
use protocol::{Author, ConversationId, Event, EventKind, Message, Seq, Timestamp};
use session::agent::{AgentSession, Delivery, Input, Reply};

use super::desk::Desk;
use super::words;
use crate::browser::scroll::{self, Position};
use crate::browser::{clock, soon};
use crate::parts::{Bubble, clock_time, day_line, event_line, message_item, typing_line};

/// One row.
#[derive(Debug, Clone)]
enum Row {
    /// Another day begins.
    Day(Timestamp),
    /// Something happened.
    Event(Event),
}

impl Row {
    fn key(&self) -> (bool, u64) {
        match self {
            Self::Day(at) => (false, u64::from(clock::day_number(*at))),
            Self::Event(event) => (true, event.seq.0),
        }
    }
}

/// The log of one conversation, which stays at its end while the agent reads there.
#[component]
pub(super) fn Log(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let log = NodeRef::<html::Div>::new();
    let ends = desk.read(move |session| ends(session, conversation));
    let rows = move || {
        // What is in between two ends never changes.
        let _ = ends.get();
        desk.peek(|session| rows(session.events(conversation)))
    };
    let newest_reply = desk.read(move |session| newest_reply(session, conversation));
    let replies = desk.read(move |session| session.replies(conversation));
    let writing = desk.read(move |session| session.writing(conversation).cloned());
    let quiet = quiet_while_loading(ends);
    let follow = follow(log, ends, replies, writing);

    view! {
        <div
            id="log"
            class="log"
            role="log"
            aria-label=words::LOG
            aria-live=move || quiet.get().then_some("off")
            tabindex="0"
            node_ref=log
            on:scroll=move |_| follow.run(())
        >
            {older(desk, conversation)}
            <ol id="messages" class="messages" role="list">
                <For
                    each=rows
                    key=Row::key
                    children=move |row| view_row(row, newest_reply)
                />
                <For
                    each=move || replies.get()
                    key=|reply| (reply.id, reply.delivery == Delivery::Waiting, reply.delivery == Delivery::Sent)
                    children=move |reply| view_reply(desk, reply)
                />
                {move || writing.get().map(|author| typing_line(&author, words::writing(&author)))}
            </ol>
        </div>
    }
}

/// The first and the last event, and whether more are before the first.
fn ends(session: &AgentSession, conversation: ConversationId) -> (Seq, Seq) {
    let events = session.events(conversation);
    let seq = |event: Option<&Event>| event.map_or(Seq(0), |event| event.seq);
    (seq(events.first()), seq(events.last()))
}

fn rows(events: &[Event]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(events.len() + 1);
    let mut day = None;
    for event in events {
        let event_day = clock::day_number(event.at);
        if day != Some(event_day) {
            rows.push(Row::Day(event.at));
            day = Some(event_day);
        }
        rows.push(Row::Event(event.clone()));
    }
    rows
}

/// The newest message that a person wrote: it alone says *Sent*.
fn newest_reply(session: &AgentSession, conversation: ConversationId) -> Seq {
    let events = session.events(conversation);
    let by_person = |event: &&Event| {
        matches!(
            event.kind,
            EventKind::Message(Message {
                author: Author::Agent { .. },
                ..
            })
        )
    };
    events
        .iter()
        .rfind(by_person)
        .map_or(Seq(0), |event| event.seq)
}

fn view_row(row: Row, newest_reply: Memo<Seq>) -> AnyView {
    let event = match row {
        Row::Day(at) => return day_line(at).into_any(),
        Row::Event(event) => event,
    };
    let (seq, at) = (event.seq, event.at);
    match event.kind {
        EventKind::Message(message) => {
            let bubble = Bubble {
                seq: Some(seq),
                at,
                label: words::author(&message.author),
                author: message.author,
                text: message.text,
                sources: message.sources,
            };
            let below = move || (newest_reply.get() == seq).then(|| delivery(Delivery::Sent));
            message_item(bubble, below).into_any()
        }
        kind => words::event(&kind)
            .map(|(name, words)| {
                let words = view! { {words} " · " {clock_time(at)} };
                event_line(seq, name, words)
            })
            .into_any(),
    }
}

fn view_reply(desk: Desk, reply: Reply) -> impl IntoView {
    let name = desk.peek(|session| session.name().to_owned());
    let author = Author::Agent { name };
    let bubble = Bubble {
        seq: None,
        at: desk.time.get_untracked(),
        label: words::author(&author),
        author,
        text: reply.text,
        sources: Vec::new(),
    };
    message_item(bubble, delivery(reply.delivery))
}

fn delivery(delivery: Delivery) -> impl IntoView {
    let name = match delivery {
        Delivery::Sending => "sending",
        Delivery::Waiting => "waiting",
        Delivery::Sent => "sent",
    };
    view! {
        <p class="delivery" data-delivery=name>
            {words::delivery(delivery)}
        </p>
    }
}

/// The button for what was said before, and the word that it is coming.
fn older(desk: Desk, conversation: ConversationId) -> impl IntoView {
    let earlier = desk.read(move |session| session.earlier(conversation));
    let empty = desk.read(move |session| {
        session.events(conversation).is_empty() && session.loading(conversation)
    });
    view! {
        {move || empty.get().then(|| view! { <p class="empty">{words::LOADING}</p> })}
        {move || {
            earlier
                .get()
                .then(|| {
                    view! {
                        <p class="older">
                            <button
                                id="older"
                                class="button"
                                type="button"
                                on:click=move |_| desk.input(Input::Older(conversation))
                            >
                                {words::OLDER}
                            </button>
                        </p>
                    }
                })
        }}
    }
}

/// Keeps what is loaded, and not said just now, from being read out.
fn quiet_while_loading(ends: Memo<(Seq, Seq)>) -> RwSignal<bool> {
    let quiet = RwSignal::new(true);
    Effect::new(move |before: Option<(Seq, Seq)>| {
        let (first, last) = ends.get();
        let grew_at_the_end = before.is_some_and(|before| before.0 == first && before.1 < last);
        if !grew_at_the_end {
            quiet.set(true);
            soon(move || {
                let _ = quiet.try_set(false);
            });
        }
        (first, last)
    });
    quiet
}

/// Keeps the end in view while the reader is there, and otherwise what they read. What is returned is to be called
/// when they scroll.
fn follow(
    log: NodeRef<html::Div>,
    ends: Memo<(Seq, Seq)>,
    replies: Memo<Vec<Reply>>,
    writing: Memo<Option<Author>>,
) -> Callback<()> {
    let position = StoredValue::new_local(Cell::new(Position::END));
    let note = move || {
        if let Some(log) = log.get_untracked() {
            let _ = position.try_with_value(|position| position.set(scroll::position(&log)));
        }
    };
    Effect::new(move |before: Option<Seq>| {
        let (first, _) = ends.get();
        replies.track();
        writing.track();
        let is_older = before.is_some_and(|before| first < before);
        request_animation_frame(move || {
            let Some(before) = position.try_with_value(Cell::get) else {
                return;
            };
            if let Some(log) = log.get_untracked() {
                if before.is_at_end() {
                    scroll::to_end(&log);
                } else if is_older {
                    scroll::keep(&log, before);
                }
            }
            note();
        });
        first
    });
    Callback::new(move |()| note())
}
