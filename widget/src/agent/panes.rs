//! The desk: three panes side by side, or one at a time with tabs where only one fits.

use leptos::prelude::*;
use session::agent::{AgentSession, List};

use super::bar::{Bar, Notices};
use super::case::CasePane;
use super::desk::{Desk, Pane};
use super::lists::{Lists, waited_ms};
use super::talk::TalkPane;
use super::words;

/// Everything that a signed-in agent sees.
#[component]
pub(super) fn Panes() -> impl IntoView {
    let desk: Desk = expect_context();
    view! {
        <div id="desk-page" class="desk-page" data-view=move || desk.pane.get().name()>
            <Bar />
            <Notices />
            <p class="visually-hidden" role="status">
                {move || desk.alerts.said.get()}
            </p>
            <Tabs />
            <main class="panes">
                <Lists />
                <TalkPane />
                <CasePane />
            </main>
        </div>
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let desk: Desk = expect_context();
    let waiting = desk.read(|session| session.count(List::Queue));
    let unread = desk.read(AgentSession::all_unread);
    let first = desk.read(AgentSession::longest_wait);
    let urgency =
        Memo::new(move |_| words::Urgency::of(waited_ms(first.get(), desk.time.get())).name());
    let count = move || {
        (waiting.get() > 0).then(|| {
            view! {
                " "
                <span class="count" data-wait=move || urgency.get()>
                    {move || waiting.get()}
                    <span class="visually-hidden">" waiting"</span>
                </span>
            }
        })
    };
    let unread_count = move || {
        (unread.get() > 0).then(|| {
            view! {
                " "
                <span class="entry-unread">
                    {move || unread.get()} <span class="visually-hidden">{words::UNREAD}</span>
                </span>
            }
        })
    };
    let current = move |pane| move || (desk.pane.get() == pane).then_some("true");
    view! {
        <nav id="tabs" class="tabs" aria-label=words::PANES>
            <button
                class="tab tab-queue"
                type="button"
                aria-current=current(Pane::Queue)
                on:click=move |_| desk.go_to(Pane::Queue)
            >
                {words::QUEUE}
                {count}
                {unread_count}
            </button>
            <button
                class="tab tab-conversation"
                type="button"
                aria-current=current(Pane::Conversation)
                on:click=move |_| desk.go_to(Pane::Conversation)
            >
                {words::CONVERSATION}
            </button>
            <button
                class="tab"
                type="button"
                aria-current=current(Pane::Case)
                on:click=move |_| desk.go_to(Pane::Case)
            >
                {words::CASE}
            </button>
        </nav>
    }
}
