//! What the agents' page is told when something cannot be done: a code for the program, and a sentence for people.

use std::time::Duration;

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::App;
use crate::origin;
use crate::store::{NotMade, StoreError};

/// Why not.
#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    detail: &'a str,
    /// The field of the form that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_s: Option<u64>,
}

/// An answer that says what is wrong.
pub fn problem(status: StatusCode, code: &'static str, detail: &str) -> Response {
    let problem = Problem {
        code,
        detail,
        field: None,
        retry_after_s: None,
    };
    (status, Json(problem)).into_response()
}

/// An answer that says which field of a form is wrong, and how.
pub fn bad_field(field: &'static str, code: &'static str, detail: &'static str) -> Response {
    let problem = Problem {
        code,
        detail,
        field: Some(field),
        retry_after_s: None,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response()
}

/// The answer to whoever has tried too often.
pub fn too_fast(wait: Duration) -> Response {
    let seconds = wait.as_secs().max(1);
    let problem = Problem {
        code: "too_fast",
        detail: "Too many failed attempts. Try again later.",
        field: None,
        retry_after_s: Some(seconds),
    };
    let retry = [(RETRY_AFTER, HeaderValue::from(seconds))];
    (StatusCode::TOO_MANY_REQUESTS, retry, Json(problem)).into_response()
}

/// The answer to a page that may not do that, if it comes from one: a foreign page may neither sign somebody in nor out, nor
/// change anything.
pub fn foreign_page(app: &App, headers: &HeaderMap) -> Option<Response> {
    match app.public_url.origin_of(headers, None) {
        origin::From::Own | origin::From::NoPage => None,
        origin::From::Site | origin::From::Foreign => Some(foreign()),
    }
}

/// The answer to another page than our own.
pub fn foreign() -> Response {
    let detail = "Only this server's own page may do that.";
    problem(StatusCode::FORBIDDEN, "foreign_origin", detail)
}

/// The answer to whoever is not signed in.
pub fn signed_out() -> Response {
    problem(StatusCode::UNAUTHORIZED, "signed_out", "Sign in first.")
}

/// The answer to whoever may not do that. What they may not see is answered like what does not exist.
pub fn not_there() -> Response {
    problem(
        StatusCode::NOT_FOUND,
        "not_there",
        "There is no such thing here.",
    )
}

/// The answer to what cannot be read.
pub fn malformed(detail: &str) -> Response {
    problem(StatusCode::BAD_REQUEST, "malformed", detail)
}

/// The answer while the store cannot be reached. It is logged here, once.
pub fn unavailable(app: &App, error: &StoreError) -> Response {
    app.service.store_failed(error);
    let detail = "The server cannot reach its store right now. Try again in a moment.";
    problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail)
}

/// The answer to a change that is not made.
pub fn not_made(why: NotMade) -> Response {
    match why {
        NotMade::NoSuch => not_there(),
        NotMade::Taken => bad_field("name", "taken", "That is taken already. Choose another."),
        NotMade::LastAdmin => bad_field(
            "role",
            "last_admin",
            "Nobody could configure the site then. Make somebody else an admin first.",
        ),
        NotMade::Full => bad_field("name", "full", "There can be no more of these."),
    }
}
