//! The top of the page: whose desk it is, the connection, being on duty, and notices.

use leptos::prelude::*;
use protocol::CloseCode;
use session::agent::{AgentSession, Input};
use session::{LinkState, Moment};
use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use super::palette::Palette;
use super::{door, focus, words};
use crate::browser::{self, element};
use crate::parts::{notice, text};

/// The bar.
#[component]
pub(super) fn Bar() -> impl IntoView {
    let desk: Desk = expect_context();
    let site = desk.read(|session| session.site().to_owned());
    let name = desk.read(|session| session.name().to_owned());
    let link = link(desk);
    let on_duty = desk.read(AgentSession::is_as_good_as_on_duty);
    let switch = move |_| {
        desk.forget_told();
        desk.input(Input::Duty(!on_duty.get_untracked()));
    };
    view! {
        <header class="bar">
            <div class="bar-who">
                <h1 class="bar-shop">{move || site.get()}</h1>
                <p class="bar-me">
                    <span class="bar-name">{move || name.get()}</span> " · "
                    <span
                        id="connection"
                        role="status"
                        data-connection=move || words::connection(link.get()).1
                    >
                        {move || words::connection(link.get()).0}
                    </span>
                </p>
            </div>
            <button
                id=focus::DUTY
                class="switch"
                type="button"
                role="switch"
                aria-checked=move || on_duty.get().to_string()
                on:click=switch
            >
                {words::ON_DUTY}
                <span class="switch-track" aria-hidden="true"></span>
            </button>
            <Palette />
            <Menu />
        </header>
    }
}

/// The ways to the other pages, and out.
#[component]
fn Menu() -> impl IntoView {
    let desk: Desk = expect_context();
    let is_lead = desk.read(|session| session.role().is_lead());
    let menu = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    view! {
        <details
            node_ref=menu
            class="menu"
            on:keydown=move |event| {
                if element::is_escape(&event) {
                    close();
                    focus::move_to(["menu"]);
                }
            }
        >
            <summary id="menu" class="button">
                {words::MENU}
            </summary>
            <nav class="menu-list" aria-label=words::MENU>
                <a href="/agent/work">{words::MY_WORK}</a>
                {move || {
                    is_lead.get().then(|| view! { <a href="/agent/team">{words::TEAM_PAGE}</a> })
                }}
                <a href="/agent/account">{words::ACCOUNT}</a>
                <button
                    id="sign-out"
                    type="button"
                    on:click=move |_| spawn_local(door::sign_out(desk))
                >
                    {words::SIGN_OUT}
                </button>
            </nav>
        </details>
    }
}

/// What is wrong, and what happened last.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let desk: Desk = expect_context();
    let link = link(desk);
    let lost = Memo::new(move |_| matches!(link.get(), LinkState::Reconnecting { .. }));
    let outdated = Memo::new(move |_| link.get() == LinkState::Stopped(CloseCode::WrongVersion));
    view! {
        <div id="notices" class="notices" role="status">
            {move || {
                lost.get().then(|| notice("reconnecting", vec![text(words::NO_CONNECTION)]))
            }}
            {move || {
                outdated
                    .get()
                    .then(|| {
                        view! {
                            <p class="notice" data-notice="reconnecting">
                                {words::OUTDATED}
                                " "
                                <button
                                    class="button"
                                    type="button"
                                    on:click=move |_| browser::load_afresh()
                                >
                                    {words::LOAD_AGAIN}
                                </button>
                            </p>
                        }
                    })
            }}
            {move || desk.told.get().map(|told| notice(told.kind, vec![text(told.words)]))}
        </div>
    }
}

/// How the connection stands, without the moments that change all the time.
fn link(desk: Desk) -> Memo<LinkState> {
    let link = desk.read(|session| Some(session.link()));
    Memo::new(move |_| match link.get() {
        Some(LinkState::Reconnecting { since, .. }) => LinkState::Reconnecting {
            since,
            next_try: None,
        },
        Some(link) => link,
        None => LinkState::Connecting { since: Moment(0) },
    })
}
