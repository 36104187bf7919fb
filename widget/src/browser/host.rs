//! The window around the page: the shop page that holds our frame, or the app that holds our webview.
//!
//! To a shop page everything goes by `postMessage`, to the one origin that the server allows and never to any other. To
//! an app it goes as a text over the bridges that apps offer; an app answers by a list of calls in the page's own
//! window, where it stands alone. A page in a frame whose holder the server has not named speaks
//! to nobody and listens to nobody.

use std::rc::Rc;

use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Window};

use super::{on, set, soon, window};

/// Where an app puts its calls.
const CALLS_AT: &str = "HumanPlease";

/// Where apps listen: iOS, Android, React Native.
const BRIDGES: [&[&str]; 3] = [
    &["webkit", "messageHandlers", "humanPlease"],
    &["HumanPleaseAndroid"],
    &["ReactNativeWebView"],
];

/// Who holds the page.
#[derive(Debug)]
pub enum Host {
    /// A page that the server allows to, by its window and its origin.
    Page(Window, String),
    /// Nobody but the browser or an app: the page stands on its own.
    Alone,
    /// A page that the server has not named.
    Stranger,
}

impl Host {
    /// The window around this page. `origin` is the one that the server allows to hold the page, if there is one.
    #[must_use]
    pub fn find(origin: Option<String>) -> Self {
        // Compared as it is: a window of another origin lets itself be compared, and nothing else.
        let parent = window()
            .parent()
            .ok()
            .flatten()
            .filter(|parent| !Object::is(parent.as_ref(), window().as_ref()));
        match (parent, origin) {
            (None, _) => Self::Alone,
            (Some(parent), Some(origin)) => Self::Page(parent, origin),
            (Some(_), None) => Self::Stranger,
        }
    }

    /// Whether the page stands on its own, in a tab or in an app.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        matches!(self, Self::Alone)
    }

    /// Whether somebody is there who can take the page out of view and bring it back.
    #[must_use]
    pub fn can_close(&self) -> bool {
        match self {
            Self::Page(..) => true,
            Self::Alone => BRIDGES.iter().any(|path| bridge(path).is_some()),
            Self::Stranger => false,
        }
    }

    /// Tells whoever holds the page; `json` is one object. A page gets the object, an app the text.
    pub fn post(&self, json: &str) {
        match self {
            Self::Stranger => return,
            Self::Page(parent, origin) => {
                if let Ok(message) = JSON::parse(json) {
                    // It fails only for an origin that is no origin, and this one has been read as one.
                    let _ = parent.post_message(&message, origin);
                }
            }
            Self::Alone => {}
        }
        for path in BRIDGES {
            if let Some((bridge, post)) = bridge(path) {
                // An app whose bridge throws is not told: the conversation goes on without it.
                let _ = post.call1(&bridge, &json.into());
            }
        }
    }

    /// Calls `handle` with each message, as JSON, of the page that holds this one: of its window, from its origin, sent
    /// by the browser and not made by a script.
    pub fn on_message(&self, handle: impl Fn(&str) + 'static) {
        let Self::Page(parent, origin) = self else {
            return;
        };
        let (parent, origin) = (parent.clone(), origin.clone());
        on(&window(), "message", move |event: MessageEvent| {
            let from_parent = event
                .source()
                .is_some_and(|from| Object::is(from.as_ref(), parent.as_ref()));
            if event.is_trusted()
                && from_parent
                && event.origin() == origin
                && let Some(json) = to_json(&event.data())
            {
                handle(&json);
            }
        });
    }

    /// Where the page stands alone, calls `handle` with what an app puts into a list in the page's window, as JSON: first
    /// with what was put there before, then with everything that comes. For an app, the list is a list all the time.
    ///
    /// Nothing but an app can do so: the page's policy lets no other script in.
    pub fn on_call(&self, handle: impl Fn(&str) + 'static) {
        if !self.is_nobody() {
            return;
        }
        let handle = Rc::new(handle);
        let take = Closure::<dyn Fn(JsValue)>::new(move |call| {
            let Some(json) = to_json(&call) else { return };
            let handle = Rc::clone(&handle);
            // Later: an app may call from within what it is told, while the page is not done with that.
            soon(move || handle(&json));
        });
        let take = take.into_js_value();
        let global = JsValue::from(window());
        if let Some(Ok(calls)) = at(&global, &[CALLS_AT]).map(JsCast::dyn_into::<Array>) {
            for call in calls {
                // It throws nothing.
                let _ = take.unchecked_ref::<Function>().call1(&global, &call);
            }
        }
        let calls = Object::new();
        set(&calls, "push", &take);
        set(&global, CALLS_AT, &calls);
    }
}

/// What an app offers under these names: the bridge and its method.
fn bridge(path: &[&str]) -> Option<(JsValue, Function)> {
    let bridge = at(&window(), path)?;
    let post = at(&bridge, &["postMessage"])?.dyn_into().ok()?;
    Some((bridge, post))
}

fn to_json(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok()?.as_string()
}

fn at(from: &JsValue, path: &[&str]) -> Option<JsValue> {
    path.iter().try_fold(from.clone(), |value, name| {
        let value = Reflect::get(&value, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    })
}
