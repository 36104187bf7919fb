//! `/api/v1/agent/session`: signing in and out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::Timestamp;
use serde::{Deserialize, Serialize};

use super::cookie::{AGENT_SECONDS, AgentCookie};
use super::problem::{self, foreign_page, problem, signed_out, unavailable};
use crate::app::App;
use crate::floods::Sender;
use crate::secret;
use crate::sign_in::Outcome;

/// Who wants in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    email: String,
    password: String,
}

/// Who is in.
#[derive(Serialize)]
struct Who {
    name: String,
    email: String,
}

/// `POST`: begins a session.
pub async fn sign_in(
    State(app): State<Arc<App>>,
    sender: Sender,
    headers: HeaderMap,
    credentials: Result<Json<Credentials>, JsonRejection>,
) -> Response {
    if let Some(problem) = foreign_page(&app, &headers) {
        return problem;
    }
    let Ok(Json(Credentials { email, password })) = credentials else {
        let detail = "Send {\"email\": …, \"password\": …} as application/json.";
        return problem(StatusCode::BAD_REQUEST, "malformed", detail);
    };
    let store = app.service.store();
    match app
        .sign_in
        .check(&**store, sender.network.address(), email.trim(), password)
        .await
    {
        Ok(Outcome::Welcome(agent)) => {
            let token = secret::new_token();
            let expires_at = Timestamp(app.service.now().0 + AGENT_SECONDS * 1_000);
            match store
                .put_session(&secret::hash_token(&token), agent.id, expires_at)
                .await
            {
                Ok(()) => {
                    let cookie = AgentCookie::set(&token, &app.public_url);
                    (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response()
                }
                Err(error) => unavailable(&app, &error),
            }
        }
        Ok(Outcome::WrongCredentials) => {
            let detail = "The email address or the password is not right.";
            problem(StatusCode::UNAUTHORIZED, "wrong_credentials", detail)
        }
        Ok(Outcome::TooFast(wait)) => {
            let seconds = wait.as_secs().max(1);
            problem::too_fast(seconds, "Too many failed attempts. Try again later.")
        }
        Err(error) => unavailable(&app, &error),
    }
}

/// `GET`: whose session it is.
pub async fn who(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let Some(session) = AgentCookie::read(&headers, &app.public_url) else {
        return signed_out();
    };
    match app
        .service
        .store()
        .session(&session, app.service.now())
        .await
    {
        Ok(Some(agent)) => {
            let body = Json(Who {
                name: agent.name,
                email: agent.email,
            });
            ([(CACHE_CONTROL, "no-store")], body).into_response()
        }
        Ok(None) => signed_out(),
        Err(error) => unavailable(&app, &error),
    }
}

/// `DELETE`: ends the session. Its sockets close within seconds.
pub async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Some(problem) = foreign_page(&app, &headers) {
        return problem;
    }
    if let Some(session) = AgentCookie::read(&headers, &app.public_url)
        && let Err(error) = app.service.store().end_session(&session).await
    {
        return unavailable(&app, &error);
    }
    (
        StatusCode::NO_CONTENT,
        [(SET_COOKIE, AgentCookie::clear(&app.public_url))],
    )
        .into_response()
}
