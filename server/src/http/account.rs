//! `/api/v1/agent/invitation` and `/api/v1/agent/password`: how people choose their passwords.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::problem::{
    bad_field, foreign_page, malformed, not_made, problem, too_fast, unavailable,
};
use super::session::{signed_in_here, welcome};
use crate::app::App;
use crate::secret::{self, BadPassword};
use crate::sign_in::Outcome;
use crate::store::{By, NotMade, SecretHash, StaffChange, StoreError, StoredAgent};

/// An invitation that is looked at. The token is in the body, for it is a secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    token: String,
}

/// A password that is chosen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    token: String,
    password: String,
}

/// A password that is changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    current: String,
    password: String,
}

/// Whom an invitation is for.
#[derive(Serialize)]
struct Invited {
    name: String,
    email: String,
    site: String,
}

/// `POST`: whom an invitation is for.
pub async fn look(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    look: Result<Json<Look>, JsonRejection>,
) -> Response {
    if let Some(problem) = foreign_page(&app, &headers) {
        return problem;
    }
    let Ok(Json(Look { token })) = look else {
        return malformed("Send {\"token\": …} as application/json.");
    };
    let Some(invitation) = invitation_of(&token) else {
        return used_up();
    };
    let now = app.service.now();
    match app.service.store().staff().invited(&invitation, now).await {
        Ok(Some(agent)) => {
            let site = app.service.site_by_id(agent.site);
            let body = Json(Invited {
                name: agent.name,
                email: agent.email,
                site: site
                    .map(|site| site.settings.name.clone())
                    .unwrap_or_default(),
            });
            ([(CACHE_CONTROL, "no-store")], body).into_response()
        }
        Ok(None) => used_up(),
        Err(error) => unavailable(&app, &error),
    }
}

/// `PUT`: chooses a password by an invitation, which is used up then, and signs in.
pub async fn accept(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    accept: Result<Json<Accept>, JsonRejection>,
) -> Response {
    if let Some(problem) = foreign_page(&app, &headers) {
        return problem;
    }
    let Ok(Json(Accept { token, password })) = accept else {
        return malformed("Send {\"token\": …, \"password\": …} as application/json.");
    };
    let Some(invitation) = invitation_of(&token) else {
        return used_up();
    };
    let staff = app.service.store().staff();
    let invited = match staff.invited(&invitation, app.service.now()).await {
        Ok(Some(invited)) => invited,
        Ok(None) => return used_up(),
        Err(error) => return unavailable(&app, &error),
    };
    if let Err(bad) = secret::checked_password(&password, &invited.email, &invited.name) {
        return bad_password(bad);
    }
    let Some(hash) = hashed(password).await else {
        return problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "Try again in a moment.",
        );
    };
    let now = app.service.now();
    match staff.accept_invitation(&invitation, now, &hash).await {
        Ok(Some(agent)) => {
            app.service.reload_staff(agent.site).await;
            welcome(&app, agent.id).await
        }
        Ok(None) => used_up(),
        Err(error) => unavailable(&app, &error),
    }
}

/// `PUT`: changes one's own password. Every other session of theirs ends, and its sockets within seconds.
pub async fn change(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    change: Result<Json<Change>, JsonRejection>,
) -> Response {
    let agent = match signed_in_here(&app, &headers).await {
        Ok(agent) => agent,
        Err(answer) => return answer,
    };
    let Ok(Json(Change { current, password })) = change else {
        return malformed("Send {\"current\": …, \"password\": …} as application/json.");
    };
    match change_password(&app, &agent, current, password).await {
        Ok(welcome) => welcome,
        Err(NotChanged::WrongPassword) => {
            bad_field("current", "wrong_password", "That is not your password.")
        }
        Err(NotChanged::TooFast(wait)) => too_fast(wait),
        Err(NotChanged::Bad(bad)) => bad_password(bad),
        Err(NotChanged::NotMade(why)) => not_made(why),
        Err(NotChanged::Failed) => problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "Try again in a moment.",
        ),
        Err(NotChanged::Store(error)) => unavailable(&app, &error),
    }
}

/// Why a password is not changed.
pub enum NotChanged {
    /// The current one is another.
    WrongPassword,
    /// Too many failures; try again after this long.
    TooFast(Duration),
    /// The new one cannot be chosen.
    Bad(BadPassword),
    /// Whose it is was removed meanwhile.
    NotMade(NotMade),
    /// The thread that hashes it failed.
    Failed,
    /// The store did.
    Store(StoreError),
}

/// Changes somebody's own password, which ends their sessions, and welcomes them with a new one.
pub async fn change_password(
    app: &App,
    agent: &StoredAgent,
    current: String,
    password: String,
) -> Result<Response, NotChanged> {
    match app.sign_in.confirm(agent, current).await {
        Outcome::Welcome(_) => {}
        Outcome::WrongCredentials => return Err(NotChanged::WrongPassword),
        Outcome::TooFast(wait) => return Err(NotChanged::TooFast(wait)),
    }
    secret::checked_password(&password, &agent.email, &agent.name).map_err(NotChanged::Bad)?;
    let hash = hashed(password).await.ok_or(NotChanged::Failed)?;
    let by = By {
        name: &agent.name,
        at: app.service.now(),
    };
    let staff = app.service.store().staff();
    let change = StaffChange::Password(agent.id, hash);
    match staff.change(agent.site, &change, by).await {
        Ok(Ok(())) => Ok(welcome(app, agent.id).await),
        Ok(Err(why)) => Err(NotChanged::NotMade(why)),
        Err(error) => Err(NotChanged::Store(error)),
    }
}

fn invitation_of(token: &str) -> Option<SecretHash> {
    secret::token_of(token).map(|token| secret::hash_token(&token))
}

fn used_up() -> Response {
    let detail = "This invitation was used already, or its seven days are over. Ask for a new one.";
    problem(StatusCode::NOT_FOUND, "no_such_invitation", detail)
}

fn bad_password(bad: BadPassword) -> Response {
    bad_field("password", "bad_password", bad.advice())
}

/// The hash of a password; none if the thread that makes it failed.
async fn hashed(password: String) -> Option<String> {
    tokio::task::spawn_blocking(move || secret::hash_password(&password))
        .await
        .ok()
}
