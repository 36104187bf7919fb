//! *Queue* and *My conversations*.

use leptos::prelude::*;
use protocol::{CaseHolder, ConversationId, LOADS, Timestamp};
use session::agent::{AgentSession, Deed, Input, Line};

use super::alerts::AlertLine;
use super::desk::Desk;
use super::find::Find;
use super::marks::{marks, supervisor_mark, vulnerable_mark};
use super::{focus, words};
use crate::browser;
use crate::parts::waited;

/// How urgent a wait is: three minutes is what the law allows for most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Under a minute.
    New,
    /// One to three minutes.
    Due,
    /// Three minutes and more.
    Late,
}

impl Urgency {
    pub fn of(wait_ms: u64) -> Self {
        match wait_ms {
            0..60_000 => Self::New,
            60_000..180_000 => Self::Due,
            _ => Self::Late,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Due => "due",
            Self::Late => "late",
        }
    }
}

/// How long somebody has waited since then, in milliseconds.
pub(super) fn waited_ms(since: Option<Timestamp>, now: Timestamp) -> u64 {
    since.map_or(0, |since| now.since_ms(since))
}

/// Takes a conversation, or leads to where an agent who is off duty can do so.
pub(super) fn take(desk: Desk, conversation: ConversationId) {
    desk.forget_told();
    let (on_duty, receipt) = desk.peek(|session| {
        let case = session.case(conversation);
        (
            session.is_as_good_as_on_duty(),
            case.and_then(|case| case.receipt),
        )
    });
    if on_duty {
        let id = browser::command_id();
        desk.input(Input::Act(Deed::Take, conversation, id));
    } else {
        desk.open(conversation);
        desk.tell(words::off_duty_take(receipt));
        focus::move_to([focus::TAKE_NOW]);
    }
}

/// Looks at a conversation: the agent's own to answer it, any other to read it.
fn open(desk: Desk, conversation: ConversationId) {
    desk.open(conversation);
    focus::move_to([focus::REPLY, focus::TITLE]);
}

/// The pane with both lists.
#[component]
pub(super) fn Lists() -> impl IntoView {
    let desk: Desk = expect_context();
    // Gone with the press on the switch, not when the server has answered: by then the next press is on its way, and
    // the lists must not move under it.
    let off_duty = desk.read(|session| session.site() != "" && !session.is_as_good_as_on_duty());
    let is_lead = desk.read(|session| session.role().is_lead());
    view! {
        <section id=focus::LISTS class="pane lists" aria-label=words::LISTS tabindex="-1">
            {move || off_duty.get().then(|| view! { <p class="alerts">{words::OFF_DUTY}</p> })}
            <AlertLine />
            <Find />
            <div class="list-block">
                {title(desk.read(|session| session.queue().len()), words::QUEUE, words::NOBODY_WAITS)}
                <div class="take-row">
                    <TakeNext />
                    <AtOnce />
                </div>
                <ul class="entries" role="list" aria-label=words::QUEUE>
                    <For
                        each={
                            let ids = desk.read(|session| ids(&session.queue()));
                            move || ids.get()
                        }
                        key=|conversation| *conversation
                        children=|conversation| view! { <Waiting conversation /> }
                    />
                </ul>
            </div>
            <div class="list-block">
                {title(desk.read(|session| session.mine().len()), words::MINE, words::NONE_MINE)}
                <ul class="entries" role="list" aria-label=words::MINE>
                    <For
                        each={
                            let ids = desk.read(|session| ids(&session.mine()));
                            move || ids.get()
                        }
                        key=|conversation| *conversation
                        children=|conversation| view! { <Own conversation /> }
                    />
                </ul>
            </div>
            {move || is_lead.get().then(|| view! { <Others /> })}
        </section>
    }
}

/// One press for whatever is next: the longest wait that suits the agent.
#[component]
fn TakeNext() -> impl IntoView {
    let desk: Desk = expect_context();
    let shown = desk.read(|session| !session.queue().is_empty() && session.is_as_good_as_on_duty());
    let busy = desk.read(AgentSession::takes_next);
    move || {
        shown.get().then(|| {
            view! {
                <button
                        id="take-next"
                        class="button"
                        type="button"
                        aria-busy=move || busy.get().then_some("true")
                        on:click=move |_| {
                            desk.forget_told();
                            desk.input(Input::TakeNext);
                        }
                    >
                        {words::TAKE_NEXT}
                </button>
            }
        })
    }
}

/// How many conversations the agent takes at the same time.
#[component]
fn AtOnce() -> impl IntoView {
    let desk: Desk = expect_context();
    let most = desk.read(AgentSession::most);
    let choose = move |event| {
        desk.forget_told();
        if let Ok(most) = event_target_value(&event).parse() {
            desk.input(Input::Most(most));
        }
    };
    let choices = LOADS
        .map(|number| {
            view! {
                <option value=number.to_string() prop:selected=move || most.get() == number>
                    {number}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="at-once">
            {words::AT_ONCE}
            <select
                id="at-once"
                class="at-once-number"
                title=words::AT_ONCE_HINT
                on:change=choose
            >
                {choices}
            </select>
        </label>
    }
}

/// What colleagues hold, for those who supervise them.
#[component]
fn Others() -> impl IntoView {
    let desk: Desk = expect_context();
    let count = desk.read(|session| session.others().len());
    view! {
        <div class="list-block">
            {title(count, words::ALL, words::NONE_WITH_COLLEAGUES)}
            <ul class="entries" role="list" aria-label=words::ALL>
                <For
                    each={
                        let ids = desk.read(|session| ids(&session.others()));
                        move || ids.get()
                    }
                    key=|conversation| *conversation
                    children=|conversation| view! { <Other conversation /> }
                />
            </ul>
        </div>
    }
}

/// One that a colleague holds.
#[component]
fn Other(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let line = desk.read(move |session| find(session.others(), conversation));
    let holder = Memo::new(move |_| {
        line.with(|line| match line.as_ref().map(|line| &line.case.holder) {
            Some(CaseHolder::Other { name }) => name.clone(),
            _ => String::new(),
        })
    });
    let id = format!("other-{conversation}");
    let words_id = format!("{id}-words");
    view! {
        <li class="entry">
            <div class="entry-lines">
                <button
                    class="entry-open"
                    type="button"
                    id=id
                    aria-describedby=words_id.clone()
                    aria-current=current(desk, conversation)
                    on:click=move |_| open(desk, conversation)
                >
                    {move || who(&line.get())}
                    " "
                    <span class="entry-note">{move || holder.get()}</span>
                    {vulnerable_mark(line)}
                    {marks(desk, line)}
                </button>
                <p class="entry-words" id=words_id dir="auto">
                    {move || preview(&line.get())}
                </p>
            </div>
        </li>
    }
}

/// A list's heading with its count, or with what it means that the list is empty.
fn title(count: Memo<usize>, name: &'static str, empty: &'static str) -> impl IntoView {
    let shown = move || {
        (count.get() > 0).then(|| {
            view! {
                " "
                <span class="count" aria-hidden="true">
                    {move || count.get()}
                </span>
            }
        })
    };
    view! {
        <h2 class="list-title">{name} {shown}</h2>
        {move || (count.get() == 0).then(|| view! { <p class="empty">{empty}</p> })}
    }
}

/// One who waits. A line's button is named by who it is about and only described by what they wrote, which could pass
/// for the name of another button; the style stretches it over the line.
#[component]
fn Waiting(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let line = desk.read(move |session| find(session.queue(), conversation));
    let since = Memo::new(move |_| {
        line.with(|line| {
            let case = &line.as_ref()?.case;
            // Whom somebody answers waits for the supervisor alone.
            let waits_for_lead = case
                .supervisor
                .filter(|_| case.holder != CaseHolder::Queue {});
            waits_for_lead.map(|wish| wish.since).or(case.since)
        })
    });
    let wait_ms = move || waited_ms(since.get(), desk.time.get());
    let urgency = Memo::new(move |_| Urgency::of(wait_ms()).name());
    // Who needs particular care goes first for that, whether they came back or not.
    let came_back = Memo::new(move |_| {
        line.with(|line| {
            let case = line.as_ref().map(|line| &line.case);
            case.is_some_and(|case| case.priority && case.vulnerable.is_none())
        })
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
fn Own(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let line = desk.read(move |session| find(session.mine(), conversation));
    let unread = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |line| line.unread)));
    let id = focus::own_line(conversation);
    let words_id = format!("{id}-words");
    view! {
        <li class="entry">
            <div class="entry-lines">
                <button
                    class="entry-open"
                    type="button"
                    id=id
                    aria-describedby=words_id.clone()
                    aria-current=current(desk, conversation)
                    on:click=move |_| open(desk, conversation)
                >
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

fn ids(lines: &[Line]) -> Vec<ConversationId> {
    lines.iter().map(|line| line.case.conversation).collect()
}

fn find(lines: Vec<Line>, conversation: ConversationId) -> Option<Line> {
    lines
        .into_iter()
        .find(|line| line.case.conversation == conversation)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_grows_urgent_after_one_minute_and_after_three() {
        for (wait_ms, name) in [
            (0, "new"),
            (59_999, "new"),
            (60_000, "due"),
            (179_999, "due"),
            (180_000, "late"),
            (u64::MAX, "late"),
        ] {
            assert_eq!(Urgency::of(wait_ms).name(), name, "{wait_ms}");
        }
    }
}
