//! `/api/v1/agent/push`: where an agent takes notices while no page of ours is open.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::problem::{foreign_page, problem, signed_out, unavailable};
use super::session::{session_of, signed_in, signed_in_here};
use crate::app::App;
use crate::push::{BadSubscription, NewSubscription};

/// What a browser needs in order to subscribe.
#[derive(Serialize)]
struct Key {
    key: String,
}

/// Where a browser takes notices, as its `PushSubscription` says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscribing {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// Which browser takes no more notices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsubscribing {
    endpoint: String,
}

/// `GET`: the key that browsers subscribe with.
pub async fn key(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Err(refused) = signed_in(&app, &headers).await {
        return refused;
    }
    match app.push.key().await {
        Ok(key) => ([(CACHE_CONTROL, "no-store")], Json(Key { key })).into_response(),
        Err(error) => unavailable(&app, &error),
    }
}

/// `PUT`: has notices sent to a browser, until the session ends.
pub async fn subscribe(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    subscribing: Result<Json<Subscribing>, JsonRejection>,
) -> Response {
    if let Some(refused) = foreign_page(&app, &headers) {
        return refused;
    }
    let session = match session_of(&app, &headers).await {
        Ok((session, _)) => session,
        Err(refused) => return refused,
    };
    let Ok(Json(Subscribing { endpoint, keys })) = subscribing else {
        let detail =
            "Send {\"endpoint\": …, \"keys\": {\"p256dh\": …, \"auth\": …}} as application/json.";
        return problem(StatusCode::BAD_REQUEST, "malformed", detail);
    };
    let subscription = match NewSubscription::parse(&endpoint, &keys.p256dh, &keys.auth) {
        Ok(subscription) => subscription,
        Err(why) => {
            let code = match why {
                BadSubscription::Endpoint(_) => "bad_endpoint",
                BadSubscription::PublicKey | BadSubscription::Secret => "bad_keys",
            };
            return problem(StatusCode::BAD_REQUEST, code, &why.to_string());
        }
    };
    match app.push.subscribe(&session, &subscription).await {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => signed_out(),
        Err(error) => unavailable(&app, &error),
    }
}

/// `DELETE`: has no more sent there. The answer is the same whether the agent had subscribed with it or not.
pub async fn unsubscribe(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    unsubscribing: Result<Json<Unsubscribing>, JsonRejection>,
) -> Response {
    let agent = match signed_in_here(&app, &headers).await {
        Ok(agent) => agent,
        Err(refused) => return refused,
    };
    let Ok(Json(Unsubscribing { endpoint })) = unsubscribing else {
        let detail = "Send {\"endpoint\": …} as application/json.";
        return problem(StatusCode::BAD_REQUEST, "malformed", detail);
    };
    match app.push.unsubscribe(agent.id, &endpoint).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => unavailable(&app, &error),
    }
}
