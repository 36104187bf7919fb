//! What the answers of the conversation page have in common.

use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use protocol::Seq;

use super::super::accepted_languages;
use super::policy;
use crate::app::App;
use crate::assets;
use crate::languages::Language;
use crate::page::{self, Notice};

/// The event after the last one that a page shows: what a script that gets no connection learns news by.
const NEXT_EVENT: HeaderName = HeaderName::from_static("human-please-next");

/// When a browser or a script may try again after the store has failed, in seconds.
const TRY_AGAIN_SECONDS: &str = "5";

/// Names the event after the last one that a page shows.
pub fn name_next(response: &mut Response, next: Seq) {
    let next = HeaderValue::from(next.0);
    response.headers_mut().insert(NEXT_EVENT, next);
}

/// There is no site with the key in the address.
pub fn no_such_site(app: &App, headers: &HeaderMap) -> Response {
    let files = assets::page_files("visitor");
    let language = Language::choose(None, accepted_languages(headers));
    let html = page::notice(Notice::NoSuchSite, &language, None, files.as_ref());
    private_page(app, StatusCode::NOT_FOUND, html, policy::Kind::Article)
}

/// An answer that is for this visitor alone and is kept nowhere on the way.
pub fn private_page(
    app: &App,
    status: StatusCode,
    html: String,
    kind: policy::Kind<'_>,
) -> Response {
    let headers = [(CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, Html(html)).into_response();
    policy::apply(&mut response, &app.public_url, kind);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = HeaderValue::from_static(TRY_AGAIN_SECONDS);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}
