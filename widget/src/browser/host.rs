//! The window around the page: the shop page that holds our frame, or the app that holds our webview.
//!
//! Both speak one schema, `{humanPlease: 1, type, detail}`. To a shop page it goes by `postMessage` to the one origin
//! that the server allows, never to any other; to an app it goes as JSON over the bridges that apps offer. An app answers by
//! posting the same schema to the page's own window.

use js_sys::{Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use super::{on, window};

/// Who holds the page.
#[derive(Debug)]
pub struct Host {
    /// The shop page and its origin; none where the page stands on its own.
    parent: Option<(Window, String)>,
}

/// A value in the `detail` of a message. Never a text that somebody wrote, a name, or a secret.
#[derive(Debug, Clone, Copy)]
pub enum Detail {
    /// A count, a place, a number.
    Number(u64),
    /// One of our own words.
    Word(&'static str),
}

impl Host {
    /// The window around this page. `origin` is the one that the server allows to hold the page, if there is one.
    #[must_use]
    pub fn find(origin: Option<String>) -> Self {
        let parent = window()
            .parent()
            .ok()
            .flatten()
            .filter(|parent| !same_window(parent, &window()));
        Self {
            parent: parent.zip(origin),
        }
    }

    /// Whether a shop page holds this page in a frame.
    #[must_use]
    pub fn is_shop_page(&self) -> bool {
        self.parent.is_some()
    }

    /// Tells whoever holds the page that something happened.
    pub fn post(&self, kind: &'static str, detail: &[(&'static str, Detail)]) {
        let message = Object::new();
        set(&message, "humanPlease", &JsValue::from(1));
        set(&message, "type", &kind.into());
        if !detail.is_empty() {
            let object = Object::new();
            for &(name, value) in detail {
                #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
                let value = match value {
                    Detail::Number(number) => JsValue::from_f64(number as f64),
                    Detail::Word(word) => word.into(),
                };
                set(&object, name, &value);
            }
            set(&message, "detail", &object);
        }
        if let Some((parent, origin)) = &self.parent {
            // It fails only for an origin that is no origin, and this one has been read as one.
            let _ = parent.post_message(&message, origin);
        }
        self.post_to_app(&message);
    }

    /// Calls `handle` with the type and the detail of each message that comes from whoever holds the page, and from nobody
    /// else.
    pub fn listen(&self, handle: impl Fn(&str, &JsValue) + 'static) {
        let (source, origin) = match &self.parent {
            Some((parent, origin)) => (parent.clone(), origin.clone()),
            // On its own, the page hears the app that runs it: that speaks from inside the page.
            None => (window(), window().location().origin().unwrap_or_default()),
        };
        on(&window(), "message", move |event: MessageEvent| {
            // Compared as it is: the window of another page is no instance of this page's `Window`.
            let from_source = event
                .source()
                .is_some_and(|from| Object::is(from.as_ref(), source.as_ref()));
            let ours = from_source && event.origin() == origin;
            if ours && let Some((kind, detail)) = read(&event.data()) {
                handle(&kind, &detail);
            }
        });
    }

    fn post_to_app(&self, message: &Object) {
        let global = JsValue::from(window());
        // iOS takes the object itself, the others a text.
        if let Some(bridge) = at(&global, &["webkit", "messageHandlers", "humanPlease"]) {
            call(&bridge, message);
        }
        for name in ["HumanPleaseAndroid", "ReactNativeWebView"] {
            if let Some(bridge) = at(&global, &[name])
                && let Ok(text) = JSON::stringify(message)
            {
                call(&bridge, &text);
            }
        }
    }
}

/// What comes with a message, as JSON; empty if there is none.
#[must_use]
pub fn json_of(detail: &JsValue) -> String {
    let json = JSON::stringify(detail).ok();
    json.and_then(|json| json.as_string()).unwrap_or_default()
}

fn read(data: &JsValue) -> Option<(String, JsValue)> {
    // Some webviews hand over the JSON as text.
    let parsed = match data.as_string() {
        Some(text) => JSON::parse(&text).ok()?,
        None => data.clone(),
    };
    let version = at(&parsed, &["humanPlease"])?.as_f64()?;
    if version != 1.0 {
        return None;
    }
    let kind = at(&parsed, &["type"])?.as_string()?;
    Some((kind, at(&parsed, &["detail"]).unwrap_or_default()))
}

fn at(from: &JsValue, path: &[&str]) -> Option<JsValue> {
    path.iter().try_fold(from.clone(), |value, name| {
        let value = Reflect::get(&value, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    })
}

fn call(bridge: &JsValue, argument: &JsValue) {
    if let Some(post) =
        at(bridge, &["postMessage"]).and_then(|post| post.dyn_into::<Function>().ok())
    {
        // An app whose bridge throws is not told: the conversation goes on without it.
        let _ = post.call1(bridge, argument);
    }
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // A plain object takes every property.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn same_window(one: &Window, other: &Window) -> bool {
    // A window of another origin lets itself be compared, and nothing else.
    Object::is(one.as_ref(), other.as_ref())
}
