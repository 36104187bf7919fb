//! `/agent/account`: who is signed in, and the form that changes their password.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::Role;

use super::kind::answer;
use super::{Asked, Shown, Visit, done_with};
use crate::app::App;
use crate::http::account::{NotChanged, change_password};
use crate::http::form::Known;
use crate::page::staff::account::{CURRENT, NEW, page};
use crate::page::staff::{ACCOUNT, Done, Here, Problems, words};

/// The fields of the form. The name is there for password managers.
const KNOWN: Known = Known {
    once: &[CURRENT, NEW, "username"],
    many: &[],
};

/// `GET`: the page.
pub async fn show(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Agent).await?;
        let shown = Shown::after(Here::Account, words::ACCOUNT, asked.done.as_deref());
        let main = page(&visit.agent, shown.problems);
        Ok(visit.page(StatusCode::OK, shown, &main))
    })
    .await
}

/// `POST`: changes the password. Every other session of theirs ends, and its sockets within seconds; this browser gets a new one.
pub async fn change(State(app): State<Arc<App>>, request: Request) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Agent).await?;
        let form = visit.form(body, KNOWN).await?;
        let changed = change_password(&app, &visit.agent, form.text(CURRENT), form.text(NEW));
        let (status, problems) = match changed.await {
            Ok(welcome) => return Ok(done_with(welcome, ACCOUNT, Done::Password)),
            Err(NotChanged::WrongPassword) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                Problems::one(CURRENT, words::WRONG_PASSWORD),
            ),
            Err(NotChanged::TooFast(wait)) => (
                StatusCode::TOO_MANY_REQUESTS,
                Problems::one(CURRENT, words::too_fast(wait.as_secs())),
            ),
            Err(NotChanged::Bad(bad)) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                Problems::one(NEW, bad.advice()),
            ),
            Err(NotChanged::NotMade(_) | NotChanged::Failed) => (
                StatusCode::SERVICE_UNAVAILABLE,
                Problems::of_all(words::UNAVAILABLE_WHY),
            ),
            Err(NotChanged::Store(error)) => return Err(visit.failed(&error)),
        };
        let shown = Shown::with(Here::Account, words::ACCOUNT, &problems);
        Ok(visit.page(status, shown, &page(&visit.agent, &problems)))
    })
    .await
}
