//! Files: the built pages' files, the demo shop, icons.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::compress::{self, Encoding};
use super::policy;
use crate::app::App;
use crate::assets::{self, Asset};
use crate::languages::script_words;
use crate::page::Theme;

/// Files whose name has the hash of what is in them never change.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What keeps its name while it changes: merchants' pages get a new loader within minutes.
pub(super) const FIVE_MINUTES: &str = "public, max-age=300";

/// Routes to files.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/demo") }))
        .route("/assets/words/{file}", get(words_file))
        .route("/assets/theme/{file}", get(theme_file))
        .route("/assets/letter/{file}", get(letter_file))
        .route("/assets/staff/{file}", get(staff_file))
        .route("/assets/{page}/{file}", get(page_file))
        .route("/demo", get(shop))
        .route("/demo/{file}", get(shop_file))
        .route("/icons/{file}", get(icon))
        .route(
            "/favicon.ico",
            get(|| async { Redirect::permanent("/icons/app.svg") }),
        )
}

async fn page_file(Path((page, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    if !matches!(page.as_str(), "visitor" | "agent") || !is_plain(&name) {
        return file(None, FOR_EVER);
    }
    file(
        assets::built(&format!("{page}/{name}"), accepted(&headers)),
        FOR_EVER,
    )
}

/// How a shop's page differs from our own look.
async fn theme_file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let style = Theme::style_in(&name);
    made(style, "text/css; charset=utf-8", &headers)
}

/// The script of the pages that letters lead to.
async fn letter_file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let (known, script) = assets::letter_script();
    let script = (name == *known).then(|| script.clone());
    made(script, "text/javascript; charset=utf-8", &headers)
}

/// The style of the pages that staff manage their work on.
async fn staff_file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let (known, style) = assets::staff_style();
    let style = (name == *known).then(|| style.clone());
    made(style, "text/css; charset=utf-8", &headers)
}

/// What the page's scripts say, in one language.
async fn words_file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    made(script_words(&name), "application/json", &headers)
}

/// A file that is made from its name, which says all that is in it.
fn made(content: Option<String>, media_type: &'static str, headers: &HeaderMap) -> Response {
    let Some(content) = content else {
        return file(None, FOR_EVER);
    };
    let head = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, FOR_EVER)];
    let mut response = head.into_response();
    compress::answer_with(
        &mut response,
        content.into_bytes(),
        Encoding::accepted(headers),
    );
    response
}

async fn shop(State(app): State<Arc<App>>) -> Response {
    let mut response = file(assets::public("demo/index.html"), "no-cache");
    policy::apply(&mut response, &app.public_url, policy::Kind::Shop);
    response
}

async fn shop_file(Path(name): Path<String>) -> Response {
    public_file("demo", &name)
}

async fn icon(Path(name): Path<String>) -> Response {
    public_file("icons", &name)
}

/// A file beside a page, from this folder of the public files.
pub fn public_file(folder: &str, name: &str) -> Response {
    let asset = is_plain(name).then(|| assets::public(&format!("{folder}/{name}")));
    file(asset.flatten(), FIVE_MINUTES)
}

/// Whether a name is that of a file beside a page. A path would lead to another folder, and a page has a URL of its
/// own, with a policy.
fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\']) && !name.ends_with(".html")
}

/// The encodings that a client accepts.
pub(super) fn accepted(headers: &HeaderMap) -> &str {
    headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Answers with a file, or says that there is none.
pub(super) fn file(asset: Option<Asset>, cache: &'static str) -> Response {
    let Some(Asset {
        bytes,
        encoding,
        media_type,
    }) = asset
    else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let headers = [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, cache),
        (VARY, "accept-encoding"),
    ];
    let mut response = (headers, bytes.into_owned()).into_response();
    if let Some(encoding) = encoding {
        response
            .headers_mut()
            .insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
