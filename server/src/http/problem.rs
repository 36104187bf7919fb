//! What the agents' resources answer when they do not do what they were asked for.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::App;
use crate::origin;
use crate::store::StoreError;

/// Why not.
#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

/// An answer with a code for programs and a sentence for people.
pub fn problem(status: StatusCode, code: &'static str, detail: &str) -> Response {
    let retry_after_s = None;
    let body = Problem {
        code,
        detail,
        retry_after_s,
    };
    (status, Json(body)).into_response()
}

/// Too much was asked for: again after some seconds.
pub fn too_fast(seconds: u64, detail: &str) -> Response {
    let body = Problem {
        code: "too_fast",
        detail,
        retry_after_s: Some(seconds),
    };
    (
        StatusCode::TOO_MANY_REQUESTS,
        [(RETRY_AFTER, HeaderValue::from(seconds))],
        Json(body),
    )
        .into_response()
}

/// A page of somebody else's may do nothing in an agent's name.
pub fn foreign_page(app: &App, headers: &HeaderMap) -> Option<Response> {
    match app.public_url.origin_of(headers, None) {
        origin::From::Own | origin::From::NoPage => None,
        origin::From::Site | origin::From::Foreign => {
            let detail = "Only this server's own page may do that.";
            Some(problem(StatusCode::FORBIDDEN, "foreign_origin", detail))
        }
    }
}

/// Nobody is signed in.
pub fn signed_out() -> Response {
    problem(StatusCode::UNAUTHORIZED, "signed_out", "Sign in first.")
}

/// The store does not answer.
pub fn unavailable(app: &App, error: &StoreError) -> Response {
    app.service.store_failed(error);
    let detail = "The server cannot reach its store right now. Try again in a moment.";
    problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail)
}
