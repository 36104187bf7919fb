//! Notices while the page is closed or asleep: this browser subscribes at its maker's push service. Telling the server where
//! is the agent page's own affair.

use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    PushManager, PushSubscription, PushSubscriptionOptionsInit, ServiceWorkerRegistration,
};

use super::window;

/// The browser's way to its push service.
#[derive(Debug)]
pub struct Subscriber(PushManager);

impl Subscriber {
    /// The way, once the page's worker runs. None where the browser has none.
    pub async fn find() -> Option<Self> {
        manager().await.ok().map(Self)
    }

    /// Has notices that are signed with this key sent to this browser; to do it again changes nothing. The subscription, as
    /// the browser writes it in JSON; none where its maker's service does not take part.
    pub async fn subscribe(&self, key: &str) -> Option<String> {
        let options = PushSubscriptionOptionsInit::new();
        options.set_user_visible_only(true);
        options.set_application_server_key_opt_str(Some(key));
        let subscribing = self.0.subscribe_with_options(&options).ok()?;
        let subscription = JsFuture::from(subscribing).await.ok()?;
        JSON::stringify(&subscription).ok()?.as_string()
    }

    /// Has no more notices sent to this browser. Where they were sent; none if there was nothing to end.
    pub async fn unsubscribe(&self) -> Option<String> {
        let found = JsFuture::from(self.0.get_subscription().ok()?).await.ok()?;
        if found.is_null() || found.is_undefined() {
            return None;
        }
        let subscription: PushSubscription = found.unchecked_into();
        let endpoint = subscription.endpoint();
        JsFuture::from(subscription.unsubscribe().ok()?)
            .await
            .ok()?;
        Some(endpoint)
    }
}

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
