//! `/docs/…`, `/demo/webview` and `/embed.d.ts`: what merchants and visitors read about the product. The pages are files;
//! the server puts into them what only it knows.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::policy::{self, Kind};
use super::statics::{FIVE_MINUTES, file, public_file};
use crate::app::App;
use crate::assets;
use crate::page::{documents, fill_in, reach};

/// Where a document has the ways to all of them.
const DOCUMENTS: &str = "documents";

/// Where a page says how to reach the shop.
const REACH: &str = "reach";

/// Routes to the documents.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/docs",
            get(|| async { Redirect::permanent("/docs/embed") }),
        )
        .route("/docs/{name}", get(document))
        .route("/demo/webview", get(samples))
        .route("/demo/webview/{name}", get(sample))
        .route("/embed.d.ts", get(types))
}

/// Which shop's visitors read a document.
#[derive(Deserialize)]
struct Reader {
    site: Option<String>,
}

async fn document(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(reader): Query<Reader>,
) -> Response {
    if name.contains('.') {
        return match name.as_str() {
            "tokens.css" => file(Some(assets::tokens()), FIVE_MINUTES),
            _ => public_file("docs", &name),
        };
    }
    let site = reader.site.and_then(|key| app.service.site(&key));
    let settings = site.as_deref().map(|site| &site.settings);
    let reach = reach(settings.map(|site| (site.name.as_str(), site.contact.as_str())));
    let here = format!("/docs/{name}");
    page(
        &app,
        &format!("docs/{name}.html"),
        Kind::Document,
        |part| match part {
            DOCUMENTS => Some(documents(&here)),
            REACH => Some(reach.clone()),
            _ => None,
        },
    )
}

async fn samples(State(app): State<Arc<App>>) -> Response {
    page(&app, "demo/webview/index.html", Kind::Document, |part| {
        if part == DOCUMENTS {
            return Some(documents("/demo/webview"));
        }
        let name = part.strip_prefix("source ")?;
        let source = assets::public(&format!("demo/webview/{name}"))?;
        Some(maud::html! { (String::from_utf8_lossy(&source.bytes).trim_end()) })
    })
}

async fn sample(State(app): State<Arc<App>>, Path(name): Path<String>) -> Response {
    match name.as_str() {
        // It stands in a frame of the samples' page.
        "plain.html" => page(&app, "demo/webview/plain.html", Kind::Shop, |_| None),
        _ => public_file("demo/webview", &name),
    }
}

async fn types() -> Response {
    file(assets::public("embed.d.ts"), FIVE_MINUTES)
}

/// A page from the public files, with what `part` gives in the places that are named in it.
fn page(
    app: &App,
    path: &str,
    kind: Kind<'_>,
    part: impl Fn(&str) -> Option<maud::Markup>,
) -> Response {
    let Some(html) = assets::public(path) else {
        return (
            StatusCode::NOT_FOUND,
            "There is no such document. Begin at /docs/embed\n",
        )
            .into_response();
    };
    let headers = [(CONTENT_TYPE, html.media_type), (CACHE_CONTROL, "no-cache")];
    let html = fill_in(&String::from_utf8_lossy(&html.bytes), part);
    let mut response = (headers, html).into_response();
    policy::apply(&mut response, &app.public_url, kind);
    response
}
