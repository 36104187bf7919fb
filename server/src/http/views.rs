//! `/api/v1/agent/views`: the filters that an agent keeps.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::{Filter, MAX_VIEW_NAME_CHARS, MAX_VIEWS, SavedView, SavedViews, ViewName};

use super::problem::{bad_field, malformed, unavailable};
use super::search::{Wrong, checked};
use super::session::{signed_in, signed_in_here};
use crate::app::App;

/// `GET`: the agent's own views, by name.
pub async fn list(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let agent = match signed_in(&app, &headers).await {
        Ok(agent) => agent,
        Err(refused) => return refused,
    };
    match app.service.store().search().views(agent.id).await {
        Ok(views) => {
            let body = Json(SavedViews { views });
            ([(CACHE_CONTROL, "no-store")], body).into_response()
        }
        Err(error) => unavailable(&app, &error),
    }
}

/// `PUT`: keeps a view, in place of the one with the same name.
pub async fn keep(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    view: Result<Json<SavedView>, JsonRejection>,
) -> Response {
    let agent = match signed_in_here(&app, &headers).await {
        Ok(agent) => agent,
        Err(refused) => return refused,
    };
    let Ok(Json(SavedView { name, filter })) = view else {
        return malformed("Send {\"name\": …, \"filter\": {…}} as application/json.");
    };
    let name = match checked_name(&name) {
        Ok(name) => name,
        Err(wrong) => return wrong.answer(),
    };
    if let Err(wrong) = checked(&filter, &agent) {
        return wrong.answer();
    }
    let view = SavedView {
        name: name.to_owned(),
        filter: Filter {
            q: filter.q.trim().to_owned(),
            ..filter
        },
    };
    let kept = app.service.store().search();
    match kept.put_view(agent.id, &view, MAX_VIEWS).await {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => bad_field(
            "name",
            "too_many",
            "You keep 20 views already. Remove one first, or use its name.",
        ),
        Err(error) => unavailable(&app, &error),
    }
}

/// `DELETE`: forgets a view. The answer is the same whether there was one or not.
pub async fn forget(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    named: Result<Json<ViewName>, JsonRejection>,
) -> Response {
    let agent = match signed_in_here(&app, &headers).await {
        Ok(agent) => agent,
        Err(refused) => return refused,
    };
    let Ok(Json(ViewName { name })) = named else {
        return malformed("Send {\"name\": …} as application/json.");
    };
    let kept = app.service.store().search();
    match kept.end_view(agent.id, name.trim()).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => unavailable(&app, &error),
    }
}

/// A name as it is kept: trimmed, and on one line.
fn checked_name(name: &str) -> Result<&str, Wrong> {
    let name = name.trim();
    let chars = name.chars().count();
    if chars == 0 {
        return Err(Wrong::new("name", "empty", "Give the view a name."));
    }
    if chars > MAX_VIEW_NAME_CHARS {
        let detail = "A view's name has at most 60 characters.";
        return Err(Wrong::new("name", "too_long", detail));
    }
    if name.contains(char::is_control) {
        let detail = "A view's name is one line of text.";
        return Err(Wrong::new("name", "bad_name", detail));
    }
    Ok(name)
}
