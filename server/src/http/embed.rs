//! The loader: `/embed.js` in a language, a language's words alone, and the loader's other half.
//!
//! # Languages
//!
//! `/embed.js` speaks the language that its address asks for (`?locale=TAG`), or else the one that the browser prefers. A
//! page in another language fetches that one's words from `/embed/words.js?locale=TAG`: a module and not JSON, because a
//! page whose policy allows the loader allows it too.
//!
//! # Versions
//!
//! `/embed.js` keeps its address while it changes. It names the other half by its hash; a loader of an earlier version, in a
//! page that was opened before the server was renewed, gets the other half as it is now.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_LANGUAGE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::accepted_languages;
use super::statics::{FIVE_MINUTES, FOR_EVER, accepted, file};
use crate::app::App;
use crate::assets::{self, Asset};
use crate::languages::Language;

/// The other half under the name that every build has.
const PANEL: &str = "panel.js";

/// Routes to the loader.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/embed.js", get(loader))
        .route("/embed/words.js", get(words))
        .route("/assets/loader/{file}", get(panel))
}

#[derive(Deserialize)]
struct Asked {
    locale: Option<String>,
}

async fn loader(asked: Result<Query<Asked>, QueryRejection>, headers: HeaderMap) -> Response {
    in_language(asked, &headers, |tag, encodings| {
        assets::built(&format!("loader/embed-{tag}.js"), encodings)
            // Not built: as it was written, in English.
            .or_else(|| assets::public("embed.js"))
    })
}

async fn words(asked: Result<Query<Asked>, QueryRejection>, headers: HeaderMap) -> Response {
    in_language(asked, &headers, |tag, encodings| {
        assets::built(&format!("loader/words-{tag}.js"), encodings)
    })
}

async fn panel(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let built = |name: &str| assets::built(&format!("loader/{name}"), accepted(&headers));
    let is_panel = name == PANEL || (name.starts_with("panel-") && name.ends_with(".js"));
    let answer = match built(&name) {
        Some(asset) if is_panel && name != PANEL => file(Some(asset), FOR_EVER),
        // Of another version, or not built.
        _ if is_panel => file(built(PANEL).or_else(|| assets::public(PANEL)), "no-cache"),
        _ => file(None, FOR_EVER),
    };
    for_any_page(answer)
}

/// Answers with what `find` has in the best language, told the language's tag and the accepted encodings.
fn in_language(
    asked: Result<Query<Asked>, QueryRejection>,
    headers: &HeaderMap,
    find: impl Fn(&str, &str) -> Option<Asset>,
) -> Response {
    let asked = asked.ok().and_then(|Query(asked)| asked.locale);
    let tag = Language::choose(asked.as_deref(), accepted_languages(headers)).tag();
    let mut response = for_any_page(file(find(tag, accepted(headers)), FIVE_MINUTES));
    let headers = response.headers_mut();
    headers.insert(
        VARY,
        HeaderValue::from_static("accept-encoding, accept-language"),
    );
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(tag));
    response
}

/// Merchants' pages load these as modules, or with `crossorigin` and an integrity hash.
fn for_any_page(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
