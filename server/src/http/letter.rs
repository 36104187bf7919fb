//! `/continue/KEY` and `/continue/KEY/stop`: what the links of letters open.
//!
//! A link's secret stands behind its `#` and is posted in a body, so that it is in no URL that a server, a proxy or a log
//! sees (S10). It opens one conversation, for seven days: whoever posts it from our own page gets a visitor's cookie with a
//! new token of that conversation, and is led to the chat. A browser that has another conversation of the shop's is asked
//! first: nobody who follows a stranger's link finds that theirs is gone.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use protocol::{ConversationId, Token};

use super::chat::{Sender, fields, no_such_site, private_page};
use super::{VisitorCookie, accepted_languages, policy};
use crate::app::App;
use crate::assets;
use crate::languages::Language;
use crate::page::{self, Address, LetterLink, LetterPage, Notice};
use crate::secret;
use crate::store::{Site, StoreError};
use crate::visitor::{Claim, Conversation, Visitor};

/// The largest body, in bytes: a code of 64 characters, and what a newer page may add.
const MAX_BODY_BYTES: usize = 4 * 1024;

/// `GET /continue/KEY`: where the code is sent from, by a script or by hand.
pub async fn show_continue(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    show(&app, &key, &headers, LetterLink::Continue)
}

/// `GET /continue/KEY/stop`: the same for never being written to again.
pub async fn show_stop(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    show(&app, &key, &headers, LetterLink::Stop)
}

fn show(app: &App, key: &str, headers: &HeaderMap, link: LetterLink) -> Response {
    match Visit::new(app, key, headers) {
        Some(visit) => visit.form(link, None),
        None => no_such_site(app, headers),
    }
}

/// `POST /continue/KEY`: opens the conversation.
pub async fn follow(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (visit, headers, posted) = match receive(&app, &key, request).await {
        Ok(received) => received,
        Err(answer) => return answer,
    };
    match visit.open(&headers, posted).await {
        Ok(answer) => answer,
        Err(error) => visit.failed(&error),
    }
}

/// `POST /continue/KEY/stop`: never writes to the mailbox again.
pub async fn stop(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (visit, _, posted) = match receive(&app, &key, request).await {
        Ok(received) => received,
        Err(answer) => return answer,
    };
    let Some(code) = posted.code else {
        return visit.notice(StatusCode::NOT_FOUND, Notice::LinkGone);
    };
    let post = app.service.store().post();
    match post
        .stop(&secret::hash_token(&code), app.service.now())
        .await
    {
        Ok(true) => visit.notice(StatusCode::OK, Notice::MailStopped),
        Ok(false) => visit.notice(StatusCode::NOT_FOUND, Notice::LinkGone),
        Err(error) => visit.failed(&error),
    }
}

/// Reads a post. Otherwise, the answer to it.
async fn receive<'a>(
    app: &'a App,
    key: &str,
    request: Request,
) -> Result<(Visit<'a>, HeaderMap, Posted), Response> {
    let (head, body) = request.into_parts();
    let visit = Visit::new(app, key, &head.headers);
    let visit = visit.ok_or_else(|| no_such_site(app, &head.headers))?;
    let posted = visit.read(&head.headers, body).await?;
    Ok((visit, head.headers, posted))
}

/// What was posted.
struct Posted {
    /// The code, if it has the form of one.
    code: Option<Token>,
    /// The conversation that this browser has may be replaced.
    is_sure: bool,
}

/// One request of somebody who follows a letter's link.
struct Visit<'a> {
    app: &'a App,
    site: Arc<Site>,
    language: Language,
}

impl<'a> Visit<'a> {
    fn new(app: &'a App, key: &str, headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            app,
            site: app.service.site(key)?,
            language: Language::choose(None, accepted_languages(headers)),
        })
    }

    /// Reads what was posted; otherwise, the answer to it. Where the browser does not say that our own page sends it,
    /// another one could have it open a conversation of its choice.
    async fn read(&self, headers: &HeaderMap, body: Body) -> Result<Posted, Response> {
        if Sender::of(headers, &self.app.public_url) != Sender::Own {
            return Err(self.notice(StatusCode::FORBIDDEN, Notice::ForeignForm));
        }
        let media_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let media_type = media_type.and_then(|it| it.split(';').next());
        let is_form = media_type.is_some_and(|it| {
            it.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        });
        if !is_form {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(self.notice(status, Notice::UnreadableForm));
        }
        let body = to_bytes(body, MAX_BODY_BYTES).await;
        let fields = body.ok().and_then(|body| fields(&body));
        let Some(fields) = fields else {
            return Err(self.notice(StatusCode::BAD_REQUEST, Notice::UnreadableForm));
        };
        let value = |wanted: &str| {
            let found = fields.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        // A mail program may break a code that is copied, and a phone begins words with a capital letter.
        let code = value("code").unwrap_or_default();
        let code: String = code.split_whitespace().collect();
        Ok(Posted {
            code: secret::token_of(&code.to_ascii_lowercase()),
            is_sure: value("sure") == Some("yes"),
        })
    }

    async fn open(&self, headers: &HeaderMap, posted: Posted) -> Result<Response, StoreError> {
        let store = self.app.service.store();
        let gone = || self.notice(StatusCode::NOT_FOUND, Notice::LinkGone);
        let Some(code) = posted.code else {
            return Ok(gone());
        };
        let link = secret::hash_token(&code);
        let now = self.app.service.now();
        let Some(linked) = store.post().linked(self.site.id, &link, now).await? else {
            return Ok(gone());
        };
        match self.known(headers).await? {
            Some(known) if known == linked => return Ok(self.to_chat(None)),
            Some(_) if !posted.is_sure => return Ok(self.form(LetterLink::Continue, Some(&code))),
            Some(_) | None => {}
        }
        let key = secret::new_token();
        let hash = secret::hash_token(&key);
        store.post().put_visitor_key(linked, &hash).await?;
        let cookie = VisitorCookie::set(&key, &self.site, &self.app.public_url);
        Ok(self.to_chat(Some(cookie)))
    }

    /// The conversation that this browser has.
    async fn known(&self, headers: &HeaderMap) -> Result<Option<ConversationId>, StoreError> {
        let claim = Claim {
            cookie: VisitorCookie::read(headers, &self.site, &self.app.public_url),
            ..Claim::default()
        };
        let store = self.app.service.store();
        let found = Visitor::find(&**store, self.site.id, claim).await;
        let visitor = found.map_err(|(_, error)| error)?;
        Ok(match visitor.conversation {
            Conversation::Begun(conversation) => Some(conversation),
            Conversation::New | Conversation::Unknown => None,
        })
    }

    fn to_chat(&self, cookie: Option<HeaderValue>) -> Response {
        let mut response = self.answer(StatusCode::SEE_OTHER, String::new());
        let url = Address::new(&self.site.settings.key).url();
        let url = HeaderValue::from_str(&url).expect("an address is escaped");
        response.headers_mut().insert(LOCATION, url);
        if let Some(cookie) = cookie {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }

    fn form(&self, link: LetterLink, other: Option<&Token>) -> Response {
        let files = assets::page_files("visitor");
        let html = LetterPage {
            link,
            language: &self.language,
            key: &self.site.settings.key,
            shop: &self.site.settings.name,
            files: files.as_ref(),
            other,
        }
        .render();
        self.answer(StatusCode::OK, html)
    }

    fn failed(&self, error: &StoreError) -> Response {
        self.app.service.store_failed(error);
        self.notice(StatusCode::SERVICE_UNAVAILABLE, Notice::NotShown)
    }

    fn notice(&self, status: StatusCode, notice: Notice) -> Response {
        let files = assets::page_files("visitor");
        let back = Address::new(&self.site.settings.key).url();
        let html = page::notice(notice, &self.language, Some(&back), files.as_ref());
        self.answer(status, html)
    }

    /// An answer that is for this visitor alone, is kept nowhere on the way, and is found by nobody who searches.
    fn answer(&self, status: StatusCode, html: String) -> Response {
        let mut response = private_page(self.app, status, html, policy::Kind::Letter);
        response.headers_mut().insert(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        );
        response
    }
}
