//! What tells an agent who looks elsewhere that somebody waits: the tab's title, a sound, a notification.

use gloo_net::http::Method;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use session::agent::{Alert, List};
use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use super::words;
use crate::browser::notification::{self, Permission};
use crate::browser::push::Subscriber;
use crate::browser::{self, Sound, Storage, soon};
use crate::connection::request::request;
use crate::json;

const PUSH: &str = "/api/v1/agent/push";

/// Two notes that rise, in hertz: somebody asks for a person.
const REQUEST_HZ: [f32; 2] = [523.25, 659.25];
/// One lower note, in hertz: a visitor wrote.
const MESSAGE_HZ: [f32; 1] = [440.0];

/// The key that this server's notices are signed with.
#[derive(Deserialize)]
struct Key {
    key: String,
}

/// What the server has to know of a browser's subscription. When it expires is the push service's affair, and other fields
/// may come with other browsers.
#[derive(Serialize, Deserialize)]
struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Serialize, Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// Where notices are to be sent no more.
#[derive(Serialize)]
struct Ended {
    endpoint: String,
}

/// The agent's wishes about being alerted.
#[derive(Clone, Copy)]
pub(super) struct Alerts {
    pub sound_on: RwSignal<bool>,
    pub permission: RwSignal<Permission>,
    /// Notices come while the page is closed, too: the page itself shows none then.
    pub is_pushed: RwSignal<bool>,
    /// What a screen reader says, for those who cannot see the lists change.
    pub said: RwSignal<String>,
    sound: StoredValue<Sound, LocalStorage>,
    storage: StoredValue<Storage, LocalStorage>,
}

impl Alerts {
    /// The wishes as this browser remembers them; the sound is on until it is switched off.
    pub fn new() -> Self {
        let storage = Storage::open("human-please/alerts/");
        Self {
            sound_on: RwSignal::new(storage.get("sound").as_deref() != Some("off")),
            permission: RwSignal::new(notification::permission()),
            is_pushed: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            sound: StoredValue::new_local(Sound::default()),
            storage: StoredValue::new_local(storage),
        }
    }

    /// Lets the page sound as soon as the agent has touched it, which browsers ask for.
    pub fn listen(self) {
        browser::on_touch(move || self.sound.with_value(Sound::allow));
    }

    /// Switches the sound on or off, and plays it once when it is on, so that the agent knows it.
    pub fn switch_sound(self) {
        let on = !self.sound_on.get_untracked();
        self.sound_on.set(on);
        let word = if on { "on" } else { "off" };
        self.storage
            .with_value(|storage| storage.set("sound", word));
        if on {
            self.play(&REQUEST_HZ);
        }
    }

    /// Asks the browser for notifications. Only to be called when the agent presses the button that says so.
    pub fn ask(self) {
        spawn_local(async move {
            self.permission.set(notification::ask().await);
            self.subscribe().await;
        });
    }

    /// Takes notices in this browser, where the agent has allowed it: after each sign-in anew, for they end with the session.
    pub async fn subscribe(self) {
        if self.permission.get_untracked() == Permission::Granted {
            self.is_pushed.set(subscribe().await.is_some());
        }
    }

    /// Takes no more notices in this browser.
    pub async fn unsubscribe(self) {
        let Some(subscriber) = Subscriber::find().await else {
            return;
        };
        if let Some(endpoint) = subscriber.unsubscribe().await {
            // A server that cannot be reached forgets it with the session.
            let _ = request(Method::DELETE, PUSH, json::write(&Ended { endpoint })).await;
        }
    }

    fn notify(self, title: &str, body: &str) {
        if !browser::in_view() && !self.is_pushed.get_untracked() {
            notification::notify(title, body);
        }
    }

    /// Draws the agent's attention.
    pub fn give(self, desk: Desk, alert: Alert) {
        match alert {
            Alert::Request => {
                self.play(&REQUEST_HZ);
                let waiting = desk.peek(|session| session.count(List::Queue));
                let in_all = words::waiting_in_all(waiting);
                self.notify(words::SOMEBODY_WAITS, &in_all);
                self.say([words::SOMEBODY_WAITS, ". ", &in_all].concat());
            }
            Alert::Offer => {
                self.play(&REQUEST_HZ);
                self.notify(words::OFFERED, words::OFFER_NOTE);
                self.say([words::OFFERED, ". ", words::OFFER_NOTE].concat());
            }
            Alert::Message => {
                self.play(&MESSAGE_HZ);
                self.say(words::VISITOR_WROTE.into());
            }
        }
    }

    /// Has a screen reader say it, also when it said the same before.
    fn say(self, words: String) {
        self.said.set(String::new());
        soon(move || self.said.set(words));
    }

    fn play(self, notes_hz: &[f32]) {
        if self.sound_on.get_untracked() {
            self.sound.with_value(|sound| sound.play(notes_hz));
        }
    }
}

/// Subscribes, and tells the server where. None where the browser, its maker's service or the server does not take part.
async fn subscribe() -> Option<()> {
    let subscriber = Subscriber::find().await?;
    let answer = request(Method::GET, PUSH, None).await.ok()?;
    let Key { key } = json::read(&answer.body)?;
    let subscription: Subscription = json::read(&subscriber.subscribe(&key).await?)?;
    let answer = request(Method::PUT, PUSH, json::write(&subscription)).await;
    answer.ok()?.is_success().then_some(())
}

/// Keeps the number of people who wait in the tab's title.
pub(super) fn keep_title(desk: Desk) {
    let waiting = desk.read(|session| session.count(List::Queue));
    Effect::new(move |_| browser::set_title(&words::title(waiting.get())));
}

/// The line that says how the agent is alerted, with a switch for the sound and a button for notifications.
#[component]
pub(super) fn AlertLine() -> impl IntoView {
    let desk: Desk = expect_context();
    let alerts = desk.alerts;
    view! {
        <p class="alerts">
            <span>{words::ALERTS}</span>
            <button
                id="sound"
                class="switch"
                type="button"
                role="switch"
                aria-checked=move || alerts.sound_on.get().to_string()
                on:click=move |_| alerts.switch_sound()
            >
                {words::SOUND}
                <span class="switch-track" aria-hidden="true"></span>
            </button>
            {move || match alerts.permission.get() {
                Permission::NotAsked => {
                    view! {
                        <button
                            id="alerts"
                            class="button"
                            type="button"
                            on:click=move |_| alerts.ask()
                        >
                            {words::NOTIFY_ME}
                        </button>
                    }
                        .into_any()
                }
                Permission::Granted => {
                    let words = move || match alerts.is_pushed.get() {
                        true => words::NOTIFIED_ALWAYS,
                        false => words::NOTIFIED,
                    };
                    view! { <span>{words}</span> }.into_any()
                }
                Permission::Denied => view! { <span>{words::NOT_NOTIFIED}</span> }.into_any(),
                Permission::Missing => ().into_any(),
            }}
        </p>
    }
}
