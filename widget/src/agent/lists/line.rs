//! The lines of the lists: one who waits, one that the agent holds, one that a colleague holds.

use leptos::prelude::*;
use protocol::{CaseHolder, ConversationId};
use session::agent::{Input, Line};

use super::super::desk::Desk;
use super::super::marks::{marks, supervisor_mark, vulnerable_mark};
use super::super::{focus, words};
use super::entries::Place;
use super::{open, take, waited_ms};
use crate::parts::waited;

/// One who waits. A line's button is named by who it is about and only described by what they wrote, which could pass
/// for the name of another button; the style stretches it over the line.
#[component]
pub(super) fn Waiting(conversation: ConversationId, place: Place) -> impl IntoView {
    let desk: Desk = expect_context();
    let line = desk.read(move |session| session.line(conversation));
    let since = Memo::new(move |_| line.with(|line| line.as_ref()?.case.waits_since()));
    let wait_ms = move || waited_ms(since.get(), desk.time.get());
    let urgency = Memo::new(move |_| words::Urgency::of(wait_ms()).name());
    let came_back = Memo::new(move |_| {
        line.with(|line| line.as_ref().is_some_and(|line| line.case.came_back()))
    });
    let is_offered = Memo::new(move |_| {
        line.with(|line| line.as_ref().is_some_and(|line| line.case.offer.is_some()))
    });
    let id = focus::waiting_line(conversation);
    let [wait_id, words_id] = ["wait", "words"].map(|part| format!("{id}-{part}"));
    let rest = format!("{wait_id} {words_id}");
    let whole = format!("{id} {words_id}");
    view! {
        <li
            class="entry"
            style:--at=place.at()
            data-case=conversation.to_string()
            data-first=place.is_first()
            aria-posinset=place.number()
            aria-setsize=place.count()
            data-wait=move || urgency.get()
            data-offer=move || is_offered.get().then_some("")
        >
            <div class="entry-lines">
                <span class="entry-wait" id=wait_id role="timer" aria-label=words::WAITING>
                    {move || waited(wait_ms())}
                </span>
                <button
                    class="entry-open"
                    type="button"
                    id=id
                    aria-describedby=rest
                    aria-current=current(desk, conversation)
                    on:click=move |_| open(desk, conversation)
                >
                    {move || who(&line.get())}
                    {move || {
                        came_back
                            .get()
                            .then(|| {
                                view! {
                                    " "
                                    <span class="entry-note">{words::CAME_BACK}</span>
                                }
                            })
                    }}
                    {vulnerable_mark(line)}
                    {supervisor_mark(line)}
                    {marks(desk, line)}
                </button>
                <p class="entry-words" id=words_id dir="auto">
                    {move || preview(&line.get())}
                </p>
            </div>
            <button
                class="button take"
                type="button"
                id=focus::take_button(conversation)
                aria-describedby=whole
                on:click=move |_| take(desk, conversation)
            >
                {words::TAKE}
            </button>
            {move || {
                is_offered
                    .get()
                    .then(|| {
                        view! {
                            <button
                                class="button let-go"
                                type="button"
                                on:click=move |_| {
                                    desk.forget_told();
                                    desk.input(Input::Pass(conversation));
                                    focus::move_to([focus::LISTS]);
                                }
                            >
                                {words::LET_GO}
                            </button>
                        }
                    })
            }}
        </li>
    }
}

/// One that the agent holds.
#[component]
pub(super) fn Own(conversation: ConversationId, place: Place) -> impl IntoView {
    let desk: Desk = expect_context();
    let line = desk.read(move |session| session.line(conversation));
    let unread = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |line| line.unread)));
    let who = view! {
        <span>{move || who(&line.get())}</span>
        {vulnerable_mark(line)}
        {supervisor_mark(line)}
        {marks(desk, line)}
        {move || {
            (unread.get() > 0)
                .then(|| {
                    view! {
                        <span class="entry-unread">
                            {move || unread.get()}
                            <span class="visually-hidden">{words::UNREAD}</span>
                        </span>
                    }
                })
        }}
    };
    held(
        focus::own_line(conversation),
        line,
        (conversation, place),
        who,
    )
}

/// One that a colleague holds.
#[component]
pub(super) fn Other(conversation: ConversationId, place: Place) -> impl IntoView {
    let desk: Desk = expect_context();
    let line = desk.read(move |session| session.line(conversation));
    let holder = Memo::new(move |_| {
        line.with(|line| match line.as_ref().map(|line| &line.case.holder) {
            Some(CaseHolder::Other { name }) => name.clone(),
            _ => String::new(),
        })
    });
    let who = view! {
        {move || who(&line.get())}
        " "
        <span class="entry-note">{move || holder.get()}</span>
        {vulnerable_mark(line)}
        {marks(desk, line)}
    };
    held(
        format!("other-{conversation}"),
        line,
        (conversation, place),
        who,
    )
}

/// The line of a conversation that somebody holds: the button with this id and what it is named by, and what was written.
fn held(
    id: String,
    line: Memo<Option<Line>>,
    (conversation, place): (ConversationId, Place),
    who: impl IntoView,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let words_id = format!("{id}-words");
    view! {
        <li
            class="entry"
            style:--at=place.at()
            data-case=conversation.to_string()
            data-first=place.is_first()
            aria-posinset=place.number()
            aria-setsize=place.count()
        >
            <div class="entry-lines">
                <button
                    class="entry-open"
                    type="button"
                    id=id
                    aria-describedby=words_id.clone()
                    aria-current=current(desk, conversation)
                    on:click=move |_| open(desk, conversation)
                >
                    {who}
                </button>
                <p class="entry-words" id=words_id dir="auto">
                    {move || preview(&line.get())}
                </p>
            </div>
        </li>
    }
}

fn current(desk: Desk, conversation: ConversationId) -> impl Fn() -> Option<&'static str> {
    let viewed = desk.read(move |session| session.viewing() == Some(conversation));
    move || viewed.get().then_some("true")
}

fn who(line: &Option<Line>) -> String {
    words::visitor(line.as_ref().and_then(|line| line.case.receipt))
}

fn preview(line: &Option<Line>) -> String {
    match line {
        Some(line) if line.writing => words::writing(&protocol::Author::Visitor {}),
        Some(line) if !line.case.preview.is_empty() => line.case.preview.clone(),
        _ => words::NO_MESSAGE.into(),
    }
}
