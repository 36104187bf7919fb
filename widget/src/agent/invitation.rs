//! Choosing a password, for somebody who was invited: what the link of an invitation opens.

use gloo_net::http::Method;
use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use super::{focus, words};
use crate::browser::{element, soon};
use crate::connection::request::{Answer, Unreachable, request};
use crate::json;

const INVITATION: &str = "/api/v1/agent/invitation";

#[derive(Serialize)]
struct Look<'a> {
    token: &'a str,
}

#[derive(Serialize)]
struct Accept<'a> {
    token: &'a str,
    password: &'a str,
}

/// Whom an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Invited {
    name: String,
    email: String,
    site: String,
}

/// The form. Whom it is for is asked of the server; until that is known, nothing can be typed in vain.
#[component]
pub(super) fn Invitation(token: String) -> impl IntoView {
    let token = StoredValue::new(token);
    let invited = RwSignal::new(None::<Invited>);
    let trouble = RwSignal::new(String::new());
    let look = move || {
        spawn_local(async move {
            let body = json::write(&Look {
                token: &token.get_value(),
            });
            match request(Method::POST, INVITATION, body).await {
                Ok(answer) if answer.status == 200 => invited.set(json::read(&answer.body)),
                Ok(answer) => trouble.set(why_not(&answer)),
                Err(Unreachable) => trouble.set(words::UNREACHABLE_NOW.into()),
            }
        });
    };
    look();
    view! {
        <main class="door">
            <div class="door-form">
                <h1 class="door-title">{words::INVITED_TITLE}</h1>
                {move || match invited.get() {
                    Some(invited) => view! { <Choose token invited /> }.into_any(),
                    None => {
                        view! {
                            <p class="door-note" role="status">
                                {move || match trouble.get() {
                                    words if words.is_empty() => words::OPENING.into(),
                                    words => words,
                                }}
                            </p>
                            // Whoever has used it already has a password.
                            <p>
                                <a href="/agent">{words::SIGN_IN}</a>
                            </p>
                        }
                            .into_any()
                    }
                }}
            </div>
        </main>
    }
}

#[component]
fn Choose(token: StoredValue<String>, invited: Invited) -> impl IntoView {
    let desk: Desk = expect_context();
    let password = NodeRef::<html::Input>::new();
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let shown = RwSignal::new(false);
    let Invited { name, email, site } = invited;
    let address = email.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        let Some(password) = password.get() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        error.set(String::new());
        busy.set(true);
        let (address, chosen) = (address.clone(), password.value());
        spawn_local(async move {
            let body = json::write(&Accept {
                token: &token.get_value(),
                password: &chosen,
            });
            let told = match request(Method::PUT, INVITATION, body).await {
                Ok(answer) if answer.is_success() => {
                    desk.sit_down(address.to_lowercase());
                    focus::move_to([focus::DUTY]);
                    return;
                }
                Ok(answer) => why_not(&answer),
                Err(Unreachable) => words::UNREACHABLE_NOW.into(),
            };
            error.set(told);
            busy.set(false);
            soon(move || element::focus(&password));
        });
    };
    view! {
        <form id="invitation" class="door-form" method="post" action="/agent" novalidate on:submit=submit>
            <p class="door-note">{words::invited(&name, &site)}</p>
            <label class="field">
                <span class="field-label">{words::EMAIL}</span>
                <input
                    class="field-input"
                    type="email"
                    name="email"
                    autocomplete="username"
                    readonly
                    value=email
                />
            </label>
            <label class="field">
                <span class="field-label">{words::NEW_PASSWORD}</span>
                <input
                    node_ref=password
                    class="field-input"
                    id="new-password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="new-password"
                    required
                    aria-invalid=move || (!error.get().is_empty()).then_some("true")
                    aria-describedby="password-hint password-error"
                    on:input=move |_| error.set(String::new())
                />
            </label>
            <p id="password-error" class="field-error" role="alert">
                {move || error.get()}
            </p>
            <p id="password-hint" class="door-note">{words::PASSWORD_HINT}</p>
            <label class="check">
                <input
                    type="checkbox"
                    on:change=move |event| shown.set(event_target_checked(&event))
                />
                {words::SHOW_PASSWORD}
            </label>
            <button
                class="button button-strong"
                type="submit"
                aria-busy=move || busy.get().then_some("true")
            >
                {words::CHOOSE_AND_BEGIN}
            </button>
        </form>
    }
}

fn why_not(answer: &Answer) -> String {
    let detail = answer.detail();
    detail.unwrap_or_else(|| words::NOT_CHOSEN.into())
}
