//! `/api/v1/agent/session`: signing in and out.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use protocol::{AgentId, Role, Timestamp};
use serde::{Deserialize, Serialize};

use super::cookie::{AGENT_SECONDS, AgentCookie, DeviceCookie};
use super::problem::{foreign_page, problem, signed_out, too_fast, unavailable};
use crate::app::App;
use crate::floods::Sender;
use crate::secret;
use crate::sign_in::{Attempt, Outcome};
use crate::store::{SecretHash, StoredAgent};

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
    role: Role,
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
    match enter(&app, &sender, &headers, email.trim(), password).await {
        Ok(welcomed) => welcomed,
        Err(NotIn::Wrong) => {
            let detail = "The email address or the password is not right.";
            problem(StatusCode::UNAUTHORIZED, "wrong_credentials", detail)
        }
        Err(NotIn::TooFast(wait)) => too_fast(wait),
        Err(NotIn::Unavailable(answer)) => answer,
    }
}

/// Why somebody is not let in.
pub enum NotIn {
    /// No such account, or another password.
    Wrong,
    /// Too many failures; not before this long.
    TooFast(Duration),
    /// The store cannot be read; what they are answered.
    Unavailable(Response),
}

/// Checks who wants in and begins a session for them: the answer that gives their browser its cookies.
///
/// # Errors
///
/// Why they are not let in.
pub async fn enter(
    app: &App,
    sender: &Sender,
    headers: &HeaderMap,
    email: &str,
    password: String,
) -> Result<Response, NotIn> {
    let attempt = Attempt {
        address: sender.network.address(),
        device: DeviceCookie::read(headers, &app.public_url),
        email,
        password,
    };
    match app.sign_in.check(&**app.service.store(), attempt).await {
        Ok(Outcome::Welcome(agent)) => Ok(welcome(app, agent.id).await),
        Ok(Outcome::WrongCredentials) => Err(NotIn::Wrong),
        Ok(Outcome::TooFast(wait)) => Err(NotIn::TooFast(wait)),
        Err(error) => Err(NotIn::Unavailable(unavailable(app, &error))),
    }
}

/// Begins a session for somebody, in a browser that is known from now on.
pub async fn welcome(app: &App, agent: AgentId) -> Response {
    let store = app.service.store();
    let now = app.service.now();
    let (token, device) = (secret::new_token(), secret::new_token());
    let expires_at = Timestamp(now.0 + AGENT_SECONDS * 1_000);
    let kept = async {
        let session = secret::hash_token(&token);
        store.put_session(&session, agent, expires_at).await?;
        let device = secret::hash_token(&device);
        store.staff().put_device(&device, agent, now).await
    };
    if let Err(error) = kept.await {
        return unavailable(app, &error);
    }
    let cookies = AppendHeaders([
        (SET_COOKIE, AgentCookie::set(&token, &app.public_url)),
        (SET_COOKIE, DeviceCookie::set(&device, &app.public_url)),
    ]);
    (StatusCode::NO_CONTENT, cookies).into_response()
}

/// Who is signed in.
///
/// # Errors
///
/// The answer to somebody who is not, or whose store cannot be read now.
pub async fn signed_in(app: &App, headers: &HeaderMap) -> Result<StoredAgent, Response> {
    let (_, agent) = session_of(app, headers).await?;
    Ok(agent)
}

/// The session of whoever is signed in, and who that is.
///
/// # Errors
///
/// As [`signed_in`].
pub async fn session_of(
    app: &App,
    headers: &HeaderMap,
) -> Result<(SecretHash, StoredAgent), Response> {
    let session = AgentCookie::read(headers, &app.public_url).ok_or_else(signed_out)?;
    let agent = app.service.store().session(&session, app.service.now());
    match agent.await {
        Ok(agent) => Ok((session, agent.ok_or_else(signed_out)?)),
        Err(error) => Err(unavailable(app, &error)),
    }
}

/// Who is signed in and asks for it from our own page: other pages may read nothing here, and change nothing.
///
/// # Errors
///
/// The answer to everybody else.
pub async fn signed_in_here(app: &App, headers: &HeaderMap) -> Result<StoredAgent, Response> {
    match foreign_page(app, headers) {
        Some(problem) => Err(problem),
        None => signed_in(app, headers).await,
    }
}

/// `GET`: whose session it is.
pub async fn who(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    match signed_in(&app, &headers).await {
        Ok(agent) => {
            let body = Json(Who {
                name: agent.name,
                email: agent.email,
                role: agent.role,
            });
            ([(CACHE_CONTROL, "no-store")], body).into_response()
        }
        Err(answer) => answer,
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
