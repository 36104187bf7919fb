//! `/help/SLUG`: a help article, as the link under an answer of the assistant opens it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use super::{accepted_languages, policy};
use crate::app::App;
use crate::assets;
use crate::bot::article::Article;
use crate::languages::Language;
use crate::page::{self, Notice};
use crate::store::{StoreError, StoredArticle};

/// Articles change seldom, and a reader who goes back and forth should not wait.
const FIVE_MINUTES: &str = "public, max-age=300";

/// Shows the article.
pub async fn show(
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    let language = Language::choose(None, accepted_languages(&headers));
    let files = assets::page_files("visitor");
    let files = files.as_ref();
    let (status, cache, html) = match find(&app, &slug).await {
        Ok(Some((shop, article))) => (
            StatusCode::OK,
            FIVE_MINUTES,
            page::article(&shop, &article, files),
        ),
        Ok(None) => (
            StatusCode::NOT_FOUND,
            "no-store",
            page::notice(Notice::NoSuchArticle, &language, None, files),
        ),
        Err(error) => {
            app.service.store_failed(&error);
            let html = page::notice(Notice::ArticlesUnavailable, &language, None, files);
            (StatusCode::SERVICE_UNAVAILABLE, "no-store", html)
        }
    };
    let mut response = (status, [(CACHE_CONTROL, cache)], Html(html)).into_response();
    policy::apply(&mut response, &app.public_url, policy::Kind::Article);
    response
}

/// The article of this name and the shop it belongs to. The address names no site, and most servers have one: where
/// several have an article of the same name, it is the one of the site that was added first.
async fn find(app: &App, slug: &str) -> Result<Option<(String, Article)>, StoreError> {
    let store = app.service.store();
    let mut sites = store.sites().await?;
    sites.sort_by_key(|site| site.id);
    for site in sites {
        let articles = store.articles(site.id).await?;
        if let Some(StoredArticle { slug, markdown }) =
            articles.into_iter().find(|article| article.slug == slug)
        {
            match Article::parse(slug, markdown) {
                Ok(article) => return Ok(Some((site.settings.name, article))),
                // It was checked when it was imported, by this version or another one.
                Err(error) => tracing::error!(%error, "a stored help article cannot be read"),
            }
        }
    }
    Ok(None)
}
