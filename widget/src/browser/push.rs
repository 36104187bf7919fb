//! Notices while the page is closed or asleep: this browser subscribes at its maker's push service, and the server is told
//! where.

use js_sys::{Object, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    PushManager, PushSubscription, PushSubscriptionOptionsInit, RequestInit, Response,
    ServiceWorkerRegistration,
};

use super::window;

const URL: &str = "/api/v1/agent/push";

/// The key that this server's notices are signed with.
#[derive(Deserialize)]
struct Key {
    key: String,
}

/// Has notices sent to this browser for as long as the session lasts. False where the browser or its maker's service does
/// not take part; to do it again changes nothing.
pub async fn subscribe() -> bool {
    try_subscribe().await.is_ok()
}

/// Has no more notices sent to this browser.
pub async fn unsubscribe() {
    // Where there is nothing to end, nothing is sent either: the server forgets it with the session.
    let _ = try_unsubscribe().await;
}

async fn try_subscribe() -> Result<(), JsValue> {
    let manager = manager().await?;
    let answer = fetch("GET", None).await?;
    let text = JsFuture::from(answer.text()?).await?.as_string();
    let text = text.unwrap_or_default();
    let key = crate::json::read::<Key>(&text).ok_or(JsValue::NULL)?.key;
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key_opt_str(Some(&key));
    let subscribed = JsFuture::from(manager.subscribe_with_options(&options)?).await?;
    let subscription: PushSubscription = subscribed.unchecked_into();
    let said = js_sys::JSON::parse(&String::from(js_sys::JSON::stringify(&subscription)?))?;
    // When it expires is the push service's affair, and other fields may come with other browsers.
    let body = Object::new();
    for name in ["endpoint", "keys"] {
        Reflect::set(&body, &name.into(), &Reflect::get(&said, &name.into())?)?;
    }
    let keys = Reflect::get(&said, &"keys".into())?;
    let only = Object::new();
    for name in ["p256dh", "auth"] {
        Reflect::set(&only, &name.into(), &Reflect::get(&keys, &name.into())?)?;
    }
    Reflect::set(&body, &"keys".into(), &only)?;
    fetch("PUT", Some(&body)).await.map(|_| ())
}

async fn try_unsubscribe() -> Result<(), JsValue> {
    let manager = manager().await?;
    let found = JsFuture::from(manager.get_subscription()?).await?;
    if found.is_null() || found.is_undefined() {
        return Ok(());
    }
    let subscription: PushSubscription = found.unchecked_into();
    let body = Object::new();
    Reflect::set(&body, &"endpoint".into(), &subscription.endpoint().into())?;
    JsFuture::from(subscription.unsubscribe()?).await?;
    fetch("DELETE", Some(&body)).await.map(|_| ())
}

/// The browser's way to its push service, once the page's worker runs.
async fn manager() -> Result<PushManager, JsValue> {
    let navigator = window().navigator();
    if !Reflect::has(&navigator, &"serviceWorker".into())? {
        return Err(JsValue::NULL);
    }
    let ready = JsFuture::from(navigator.service_worker().ready()?).await?;
    let registration: ServiceWorkerRegistration = ready.unchecked_into();
    if !Reflect::has(&registration, &"pushManager".into())? {
        return Err(JsValue::NULL);
    }
    registration.push_manager()
}

async fn fetch(method: &str, body: Option<&Object>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        let headers = web_sys::Headers::new()?;
        headers.set("content-type", "application/json")?;
        init.set_headers(&headers);
        init.set_body(&js_sys::JSON::stringify(body)?.into());
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(URL, &init)).await?;
    let answer: Response = answer.unchecked_into();
    if answer.ok() {
        Ok(answer)
    } else {
        Err(JsValue::NULL)
    }
}

/// Calls `handle` with the conversation of a notice that the person has pressed while the page was open.
pub fn on_pressed(mut handle: impl FnMut(String) + 'static) {
    let navigator = window().navigator();
    if Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
        let workers = navigator.service_worker();
        super::on(&workers, "message", move |event: web_sys::MessageEvent| {
            let open = Reflect::get(&event.data(), &"open".into());
            if let Some(open) = open.ok().and_then(|open| open.as_string()) {
                handle(open);
            }
        });
    }
}
