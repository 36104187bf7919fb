//! The log of the conversation: everything that was said and done, by whom, and when.

use leptos::html;
use leptos::prelude::*;
use protocol::{Author, ConversationId, Event, EventKind, Note, Seq, Timestamp};
use session::agent::{AgentSession, Delivery, Input, Reply};

use super::desk::Desk;
use super::{focus, words};
use crate::browser::{Follower, clock, soon};
use crate::parts::{Bubble, day_line, event_line, message_item, typing_line};

/// One row.
#[derive(Debug, Clone)]
enum Row {
    /// Another day begins.
    Day(Timestamp),
    /// Something happened.
    Event(Event),
    /// A colleague, or the agent, has noted something for the others.
    Note(Note),
}

impl Row {
    fn key(&self) -> (u8, u128) {
        match self {
            Self::Day(at) => (0, u128::from(clock::day_number(*at))),
            Self::Event(event) => (1, u128::from(event.seq.0)),
            Self::Note(note) => (2, note.id.0),
        }
    }
}

/// The log of one conversation, which stays at its end while the agent reads there.
#[component]
pub(super) fn Log(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let log = NodeRef::<html::Div>::new();
    let ends = desk.read(move |session| ends(session, conversation));
    let notes = desk.read(move |session| session.notes(conversation).to_vec());
    let rows = move || {
        // What is in between two ends never changes.
        let _ = ends.get();
        let notes = notes.get();
        desk.peek(|session| rows(session.events(conversation), &notes))
    };
    let newest_reply = desk.read(move |session| session.newest_reply(conversation));
    let replies = desk.read(move |session| session.replies(conversation));
    let writing = desk.read(move |session| session.writing(conversation).cloned());
    let quiet = quiet_while_loading(ends);
    let follow = follow(log, ends, replies, writing);

    view! {
        <div
            id=focus::LOG
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

/// The loaded events, with the days that begin between them, and each note after the event that it was written after.
fn rows(events: &[Event], notes: &[Note]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(events.len() + notes.len() + 1);
    let mut day = None;
    let first = events.first().map_or(Seq(0), |event| event.seq);
    let mut notes = notes.iter().filter(|note| note.after >= first).peekable();
    for event in events {
        while let Some(note) = notes.next_if(|note| note.after < event.seq) {
            rows.push(Row::Note(note.clone()));
        }
        let event_day = clock::day_number(event.at);
        if day != Some(event_day) {
            rows.push(Row::Day(event.at));
            day = Some(event_day);
        }
        rows.push(Row::Event(event.clone()));
    }
    rows.extend(notes.cloned().map(Row::Note));
    rows
}

fn view_row(row: Row, newest_reply: Memo<Option<(Seq, Delivery)>>) -> AnyView {
    let event = match row {
        Row::Day(at) => return day_line(at).into_any(),
        Row::Event(event) => event,
        Row::Note(note) => return view_note(note).into_any(),
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
                source_words: words::SOURCES,
            };
            let suggested = (!message.replies.is_empty()).then(|| {
                view! { <p class="suggested">{words::suggested(&message.replies)}</p> }
            });
            // It alone says how far it has come.
            let delivery = move || {
                let newest = newest_reply.get().filter(|(newest, _)| *newest == seq);
                newest.map(|(_, state)| delivery(state))
            };
            let below = view! {
                {suggested}
                {delivery}
            };
            message_item(bubble, below).into_any()
        }
        kind => words::event(&kind)
            .map(|(name, words)| {
                let words = view! {
                    {words}
                    " · "
                    <time datetime=clock::machine_time(at)>{clock::time_of_day(at)}</time>
                };
                event_line(seq, name, words)
            })
            .into_any(),
    }
}

/// A note: what no visitor sees looks like nothing that was said to one.
fn view_note(note: Note) -> impl IntoView {
    view! {
        <li class="note" data-note="">
            <p class="note-who">
                {words::NOTE_LABEL} " · " {note.name} " · "
                <time datetime=clock::machine_time(note.at)>{clock::time_of_day(note.at)}</time>
            </p>
            <p class="note-text" dir="auto">
                {note.text}
            </p>
        </li>
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
        source_words: words::SOURCES,
    };
    message_item(bubble, delivery(reply.delivery))
}

fn delivery(delivery: Delivery) -> impl IntoView {
    let name = match delivery {
        Delivery::Sending => "sending",
        Delivery::Waiting => "waiting",
        Delivery::Sent => "sent",
        Delivery::Seen => "seen",
    };
    view! {
        <p class="delivery" data-delivery=name aria-live="off">
            {words::delivery(delivery)}
        </p>
    }
}

/// The button for what was said before, and the word that it is coming.
fn older(desk: Desk, conversation: ConversationId) -> impl IntoView {
    let earlier = desk.read(move |session| session.earlier(conversation));
    Effect::new(move |before: Option<bool>| {
        let earlier = earlier.get();
        if before == Some(true) && !earlier {
            focus::rescue(&[focus::LOG]);
        }
        earlier
    });
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
    let follower = StoredValue::new_local(None::<Follower>);
    let with = move |act: fn(&Follower)| {
        let _ = follower.try_with_value(|follower| follower.as_ref().map(act));
    };
    log.on_load(move |log| follower.set_value(Some(Follower::new(&log))));
    Effect::new(move |before: Option<(Seq, usize)>| {
        let (first, _) = ends.get();
        let count = replies.with(Vec::len);
        writing.track();
        let act = match before {
            Some((before, _)) if before != Seq(0) && first < before => Follower::grown_above,
            // Who writes wants to see it.
            Some((_, before)) if count > before => Follower::go_to_end,
            _ => Follower::grown,
        };
        // By then the page shows what has changed, and has not been painted.
        request_animation_frame(move || with(act));
        (first, count)
    });
    Callback::new(move |()| with(Follower::scrolled))
}
