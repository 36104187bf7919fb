//! The door: signing in, and finding out whether somebody is signed in.

use gloo_net::http::Method;
use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use session::agent::Input;
use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use super::{focus, words};
use crate::browser::{element, soon};
use crate::connection::request::{Answer, Unreachable, request};
use crate::json;

/// Where a session at the desk begins and ends.
const SESSION: &str = "/api/v1/agent/session";

#[derive(Serialize)]
struct Credentials<'a> {
    email: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
struct SignedIn {
    email: String,
}

#[derive(Deserialize)]
struct NotSignedIn {
    #[serde(default)]
    retry_after_s: u64,
}

/// Finds out whether somebody is signed in, and shows them the desk or the door. While the server cannot be reached,
/// says so and tries again.
pub(super) async fn look_in(desk: Desk) {
    match request(Method::GET, SESSION, None).await {
        Ok(answer) if answer.status == 200 => match email_of(&answer) {
            Some(email) => desk.sit_down(email),
            None => desk.leave(""),
        },
        Ok(answer) if answer.status == 401 => desk.leave(""),
        Ok(_) | Err(Unreachable) => {
            desk.door_note.set(words::UNREACHABLE);
            desk.look_in_later();
        }
    }
}

/// A connection could not be made: the desk is left if the reason is that nobody is signed in any more.
pub(super) async fn check(desk: Desk) {
    if let Ok(answer) = request(Method::GET, SESSION, None).await
        && answer.status == 401
    {
        desk.input(Input::SignedOut);
    }
}

/// Signs out.
pub(super) async fn sign_out(desk: Desk) {
    desk.alerts.unsubscribe().await;
    // A server that cannot be reached keeps the session until it ends by itself; this page forgets it anyway.
    let _ = request(Method::DELETE, SESSION, None).await;
    desk.leave("");
    focus::move_to(["email"]);
}

/// What is shown until it is known whether somebody is signed in.
pub(super) fn opening() -> impl IntoView {
    let desk: Desk = expect_context();
    let note = move || match desk.door_note.get() {
        "" => words::OPENING,
        note => note,
    };
    view! {
        <main class="door">
            <div class="door-form">
                <h1 class="door-title">{words::DOOR_TITLE}</h1>
                <p class="door-note" role="status">
                    {note}
                </p>
            </div>
        </main>
    }
}

/// The form to sign in, which says why somebody was not let in before it was there.
#[component]
pub(super) fn Door(not_let_in: String) -> impl IntoView {
    let desk: Desk = expect_context();
    let email = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let invalid = RwSignal::new(!not_let_in.is_empty());
    let error = RwSignal::new(match desk.door_note.get_untracked() {
        "" => not_let_in,
        note => note.to_owned(),
    });
    let busy = RwSignal::new(false);

    let fail = move |words: String, blames_fields: bool| {
        error.set(words);
        invalid.set(blames_fields);
        busy.set(false);
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        let (Some(email), Some(password)) = (email.get(), password.get()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let (address, secret) = (email.value().trim().to_owned(), password.value());
        if address.is_empty() || secret.is_empty() {
            fail(words::NOT_FILLED_IN.into(), true);
            element::focus(if address.is_empty() {
                &email
            } else {
                &password
            });
            return;
        }
        // Emptied first, so that the same words are read out again.
        error.set(String::new());
        busy.set(true);
        spawn_local(async move {
            match sign_in(&address, &secret).await {
                Ok(()) => {
                    desk.sit_down(address.to_lowercase());
                    focus::move_to([focus::DUTY]);
                }
                Err(Refusal::Credentials) => {
                    fail(words::WRONG_CREDENTIALS.into(), true);
                    soon(move || element::focus(&password));
                }
                Err(Refusal::Other(words)) => fail(words, false),
            }
        });
    };
    let forgive = move |_| {
        invalid.set(false);
        error.set(String::new());
    };
    let aria_invalid = move || invalid.get().then_some("true");

    view! {
        <main class="door">
            <form
                id="sign-in"
                class="door-form"
                method="post"
                action="/agent"
                novalidate
                on:submit=submit
            >
                <h1 class="door-title">{words::DOOR_TITLE}</h1>
                <p class="door-note">{words::DOOR_NOTE}</p>
                <p id="sign-in-error" class="field-error" role="alert">
                    {move || error.get()}
                </p>
                <label class="field">
                    <span class="field-label">{words::EMAIL}</span>
                    <input
                        node_ref=email
                        class="field-input"
                        id="email"
                        name="email"
                        type="email"
                        autocomplete="username"
                        required
                        aria-invalid=aria_invalid
                        aria-describedby="sign-in-error"
                        on:input=forgive
                    />
                </label>
                <label class="field">
                    <span class="field-label">{words::PASSWORD}</span>
                    <input
                        node_ref=password
                        class="field-input"
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                        aria-invalid=aria_invalid
                        aria-describedby="sign-in-error"
                        on:input=forgive
                    />
                </label>
                <button
                    class="button button-strong"
                    type="submit"
                    aria-busy=move || busy.get().then_some("true")
                >
                    {words::SIGN_IN}
                </button>
            </form>
        </main>
    }
}

enum Refusal {
    Credentials,
    Other(String),
}

async fn sign_in(email: &str, password: &str) -> Result<(), Refusal> {
    let credentials = Credentials { email, password };
    // Two texts always have a JSON form.
    let body = json::write(&credentials).unwrap_or_default();
    let answer = request(Method::POST, SESSION, Some(body))
        .await
        .map_err(|Unreachable| Refusal::Other(words::UNREACHABLE_NOW.into()))?;
    match answer.status {
        200..=299 => Ok(()),
        401 => Err(Refusal::Credentials),
        429 => {
            let retry_after_s =
                json::read(&answer.body).map_or(0, |refusal: NotSignedIn| refusal.retry_after_s);
            Err(Refusal::Other(words::too_many_tries(retry_after_s)))
        }
        _ => Err(Refusal::Other(words::NOT_SIGNED_IN.into())),
    }
}

fn email_of(answer: &Answer) -> Option<String> {
    let signed_in: SignedIn = json::read(&answer.body)?;
    Some(signed_in.email.to_lowercase())
}
