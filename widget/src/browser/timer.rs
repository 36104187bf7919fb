//! Being called later.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::window;

/// The longest delay that a browser keeps, in milliseconds: a longer one would fire at once.
const LONGEST_MS: u64 = 0x7fff_ffff;

/// One timer that can be set again and again. Dropping it stops it.
#[derive(Debug)]
pub struct Timer {
    callback: Closure<dyn Fn()>,
    armed: Cell<Option<i32>>,
}

impl Timer {
    /// A timer that calls `callback` each time it runs out.
    #[must_use]
    pub fn new(callback: impl Fn() + 'static) -> Self {
        Self {
            callback: Closure::new(callback),
            armed: Cell::new(None),
        }
    }

    /// Runs out after `delay_ms` milliseconds, and not at any time that was set before.
    pub fn set(&self, delay_ms: u64) {
        self.stop();
        let delay_ms = i32::try_from(delay_ms.min(LONGEST_MS)).unwrap_or(i32::MAX);
        let armed = window().set_timeout_with_callback_and_timeout_and_arguments_0(
            self.callback.as_ref().unchecked_ref(),
            delay_ms,
        );
        self.armed.set(armed.ok());
    }

    /// Does not run out any more.
    pub fn stop(&self) {
        if let Some(armed) = self.armed.take() {
            window().clear_timeout_with_handle(armed);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Calls `callback` once, a moment after this task: what changed in the page by then has been noticed by the browser, and by
/// screen readers.
pub fn soon(callback: impl FnOnce() + 'static) {
    later(50, callback);
}

/// Calls `callback` once, as a task of its own after this one and whatever the visitor has done meanwhile.
pub fn next_task(callback: impl FnOnce() + 'static) {
    later(0, callback);
}

fn later(delay_ms: i32, callback: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(callback);
    // It can fail only for a window that is gone, and then nothing is left to do.
    let _ = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), delay_ms);
}
