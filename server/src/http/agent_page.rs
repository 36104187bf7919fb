//! `/agent`: the agents' page. It has nothing of anybody in it; the browser asks for that once it runs.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use super::policy;
use crate::app::App;
use crate::assets;

/// Shows the page.
pub async fn show(State(app): State<Arc<App>>) -> Response {
    let Some(page) = assets::built("agent/index.html", "") else {
        let text = "This server was built without its pages. Build them with: cargo xtask pages\n";
        return (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
    };
    let headers = [
        (CONTENT_TYPE, page.media_type.to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
        (
            HeaderName::from_static("content-security-policy"),
            policy::page(&app.public_url, policy::Framing::Nobody),
        ),
        (
            HeaderName::from_static("permissions-policy"),
            policy::PERMISSIONS.to_owned(),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin".to_owned(),
        ),
    ];
    (headers, page.bytes.into_owned()).into_response()
}
