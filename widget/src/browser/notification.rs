//! Notifications outside the page. They say that somebody waits, never what anybody wrote: others may see the screen.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

use super::window;

/// Whether the browser shows notifications of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The person has not been asked.
    NotAsked,
    /// It does.
    Granted,
    /// The person or their browser said no.
    Denied,
    /// This browser has no notifications.
    Missing,
}

/// Whether the browser shows notifications of this page now.
#[must_use]
pub fn permission() -> Permission {
    let missing = js_sys::Reflect::get(&window(), &"Notification".into())
        .map_or(true, |class| class.is_undefined());
    if missing {
        return Permission::Missing;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::NotAsked,
    }
}

/// Asks the person, in the browser's own words. Only to be called when they press a button that says so.
pub async fn ask() -> Permission {
    if permission() == Permission::NotAsked
        && let Ok(answer) = Notification::request_permission()
    {
        // Refused or dismissed, the permission says so.
        let _ = JsFuture::from(answer).await;
    }
    permission()
}

/// Shows a notification if that is allowed. It replaces the one shown before; a press on it brings the page to front.
pub fn notify(title: &str, body: &str) {
    if permission() != Permission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag("human-please");
    // Some phones allow notifications only to installed apps, and throw.
    if let Ok(notification) = Notification::new_with_options(title, &options) {
        let shown = notification.clone();
        let press = Closure::once_into_js(move || {
            // It can fail only for a window that is gone.
            let _ = window().focus();
            shown.close();
        });
        notification.set_onclick(Some(press.unchecked_ref()));
    }
}
