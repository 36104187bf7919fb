//! The browser, and the only place that calls it: time, chance, elements, events, storage, and the window around us.
//!
//! Everything below is small and plain, so that the pages say what they mean and this module says how.

pub mod clock;
pub mod element;
pub mod form;
pub mod host;
mod keyboard;
pub mod later;
pub mod notification;
pub mod push;
mod scroll;
mod sound;
pub mod step;
mod storage;
mod timer;

pub use keyboard::on_view_resized;
pub use scroll::Follower;
pub use sound::Sound;
pub use storage::Storage;
pub use timer::{Timer, next_task, soon};

use js_sys::{Array, Reflect};
use protocol::CommandId;
use session::Moment;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, EventTarget, VisibilityState, Window};

/// The window that the page runs in.
#[must_use]
pub fn window() -> Window {
    web_sys::window().expect("a page runs in a window")
}

/// The page's document.
#[must_use]
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Now by the page's steady clock.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since the page began: positive, and far below 2^53"
)]
pub fn now() -> Moment {
    let ms = window()
        .performance()
        .map_or_else(js_sys::Date::now, |performance| performance.now());
    Moment(ms as u64)
}

/// A number that nobody can guess, from the browser's own source.
#[must_use]
pub fn random() -> u128 {
    let mut bytes = [0; 16];
    let fill = |crypto: web_sys::Crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok();
    let is_filled = window().crypto().is_ok_and(fill);
    // Every browser that runs WebAssembly has this source.
    assert!(is_filled, "the browser has random numbers");
    u128::from_le_bytes(bytes)
}

/// Texts that the page's boot module has left on the window under this name; none if it has not.
#[must_use]
pub fn texts(name: &str) -> Option<Vec<String>> {
    let texts = Reflect::get(&window(), &JsValue::from_str(name)).ok()?;
    let texts: &Array = texts.dyn_ref()?;
    texts.iter().map(|text| text.as_string()).collect()
}

/// A fresh name for a command.
#[must_use]
pub fn command_id() -> CommandId {
    CommandId(random())
}

/// Calls `handle` for each event of this name, for as long as the page lives. `E` is what the browser hands out for
/// that name.
pub fn on<E: JsCast + 'static>(
    target: &EventTarget,
    name: &str,
    mut handle: impl FnMut(E) + 'static,
) {
    let closure =
        Closure::<dyn FnMut(Event)>::new(move |event: Event| handle(event.unchecked_into()));
    // It can fail only if the target were no event target.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls `handle` when the page comes into view or goes out of it, with whether it is in view now.
pub fn on_view(handle: impl Fn(bool) + 'static) {
    on(&document(), "visibilitychange", move |_: Event| {
        handle(in_view());
    });
}

/// Calls `handle` when the network is back, as far as the browser can tell.
pub fn on_online(handle: impl Fn() + 'static) {
    on(&window(), "online", move |_: Event| handle());
}

/// Calls `handle` when the page is shown, also after the browser had kept it aside.
pub fn on_shown_again(handle: impl Fn() + 'static) {
    on(&window(), "pageshow", move |_: Event| handle());
}

/// Calls `handle` each time the person presses something, which lets a page do more than one that was never touched.
pub fn on_touch(handle: impl Fn() + Clone + 'static) {
    let pressed = handle.clone();
    on(&document(), "pointerdown", move |_: Event| pressed());
    on(&document(), "keydown", move |_: Event| handle());
}

/// Whether the page is in view: its tab is the one in front, and the window is not minimised.
#[must_use]
pub fn in_view() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// The address of a socket on the server that this page came from; `path` begins with a slash.
#[must_use]
pub fn socket_url(path: &str) -> String {
    let location = window().location();
    let secure = location
        .protocol()
        .is_ok_and(|protocol| protocol == "https:");
    let scheme = if secure { "wss://" } else { "ws://" };
    [scheme, &location.host().unwrap_or_default(), path].concat()
}

/// An attribute of the page's body, where the server writes what the page has to know.
#[must_use]
pub fn body_attribute(name: &str) -> Option<String> {
    document().body()?.get_attribute(name)
}

/// Sets what the tab is called.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Loads the page again by its address, even if it came as the answer to a form.
pub fn load_afresh() {
    let location = window().location();
    let address = [
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
    ]
    .concat();
    // It can fail only for an address that is none, and this one is our own.
    let _ = location.replace(&address);
}

/// What the page's address says behind `#NAME=`, once: it is taken out of the address, for it is a secret.
pub fn take_fragment(name: &str) -> Option<String> {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let value = hash
        .strip_prefix('#')?
        .strip_prefix(name)?
        .strip_prefix('=')?;
    if let Ok(history) = window().history() {
        // The step stays what it is; its address alone is another one.
        let step = history.state().unwrap_or(JsValue::NULL);
        let path = location.pathname().unwrap_or_default();
        let _ = history.replace_state_with_url(&step, "", Some(&path));
    }
    Some(value.to_owned())
}

/// Whether the page's address says something behind `#NAME=`.
#[must_use]
pub fn has_fragment(name: &str) -> bool {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix(['#'])
        .and_then(|hash| hash.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with('='))
}

/// Calls `handle` when the page's address says something else behind its `#`.
pub fn on_fragment(handle: impl Fn() + 'static) {
    on(&window(), "hashchange", move |_: Event| handle());
}

/// Loads the page again by the whole of its address.
pub fn reload() {
    // It can fail only in a document that is not shown.
    let _ = window().location().reload();
}

/// Gives an object a property.
fn set(object: &JsValue, name: &str, value: &JsValue) {
    // A plain object takes every property, and a window one of this name.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}
