//! *Queue*, *My conversations*, for leads what others hold, and what is solved.

mod entries;
mod line;

use leptos::prelude::*;
use protocol::{ConversationId, LOADS, Timestamp};
use session::agent::{AgentSession, Deed, Input, List};

use super::alerts::AlertLine;
use super::desk::Desk;
use super::find::{Find, Resolved};
use super::{focus, words};
use crate::browser;
use entries::Entries;

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
                <Title list=List::Queue name=words::QUEUE empty=words::NOBODY_WAITS />
                <div class="take-row">
                    <TakeNext />
                    <AtOnce />
                </div>
                <Entries list=List::Queue name=words::QUEUE />
            </div>
            <div class="list-block">
                <Title list=List::Mine name=words::MINE empty=words::NONE_MINE />
                <Entries list=List::Mine name=words::MINE />
            </div>
            {move || {
                is_lead
                    .get()
                    .then(|| {
                        view! {
                            <div class="list-block">
                                <Title
                                    list=List::Others
                                    name=words::ALL
                                    empty=words::NONE_WITH_COLLEAGUES
                                />
                                <Entries list=List::Others name=words::ALL />
                            </div>
                        }
                    })
            }}
            <Resolved />
        </section>
    }
}

/// One press for whatever is next: the longest wait that suits the agent.
#[component]
fn TakeNext() -> impl IntoView {
    let desk: Desk = expect_context();
    let shown =
        desk.read(|session| session.count(List::Queue) > 0 && session.is_as_good_as_on_duty());
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

/// A list's heading with its count, or with what it means that the list is empty.
#[component]
fn Title(list: List, name: &'static str, empty: &'static str) -> impl IntoView {
    let desk: Desk = expect_context();
    let count = desk.read(move |session| session.count(list));
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
