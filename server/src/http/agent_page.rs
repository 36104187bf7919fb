//! `/agent`: the agents' page. It has nothing of anybody in it; the browser asks for that once it runs.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
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
    let headers = [(CONTENT_TYPE, page.media_type), (CACHE_CONTROL, "no-cache")];
    let mut response = (headers, page.bytes.into_owned()).into_response();
    policy::apply(&mut response, &app.public_url, policy::Kind::Agent);
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    response
}
