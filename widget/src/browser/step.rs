//! The browser's back and forward buttons.

use wasm_bindgen::JsValue;
use web_sys::PopStateEvent;

use super::{on, window};

/// Names the step of the page's history that we are at.
pub fn name_step(step: &str) {
    if let Ok(history) = window().history() {
        // Browsers refuse it only when it is called a hundred times in half a minute.
        let _ = history.replace_state(&JsValue::from_str(step), "");
    }
}

/// Adds a step to the page's history, so that the back button leads to the one before.
pub fn add_step(step: &str) {
    if let Ok(history) = window().history() {
        // The same: and then the back button leads one step further back.
        let _ = history.push_state(&JsValue::from_str(step), "");
    }
}

/// Calls `handle` with the name of the step that the back or forward button leads to.
pub fn on_step(handle: impl Fn(&str) + 'static) {
    on(&window(), "popstate", move |event: PopStateEvent| {
        // A jump inside the page is a step too, but nobody named it.
        if let Some(step) = event.state().as_string() {
            handle(&step);
        }
    });
}

/// Jumps to the element with this id, as a link to it would, without a step of its own.
pub fn jump_to(id: &str) {
    let here = window()
        .history()
        .and_then(|history| history.state())
        .unwrap_or(JsValue::NULL);
    // It can fail only for an address that is none.
    let _ = window().location().replace(&["#", id].concat());
    if let Ok(history) = window().history() {
        // The jump has dropped the step's name.
        let _ = history.replace_state(&here, "");
    }
}
