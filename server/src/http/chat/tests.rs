//! The page and its form, asked over HTTP, on a real store.

mod card;
mod compression;
mod contact;
mod forgery;
mod form;
mod page;
mod record;
mod trouble;

use std::collections::HashMap;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, RETRY_AFTER,
};
use protocol::{EventKind, HistoryPage, Seq};
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::bot::{Answer, Bot, BotError, Question};
use crate::bus::LocalBus;
use crate::http;
use crate::origin::PublicUrl;
use crate::service::{Parts, SUPERVISOR_WITHIN, Service, system_clock};
use crate::store::{NewSite, Page, SqliteStore, Store, StoredArticle};

const OURS: &str = "https://chat.example";

/// Answers, erring where it is asked to.
struct Parrot;

impl Bot for Parrot {
    fn answer(&self, question: &Question) -> Result<Answer, BotError> {
        if question.text == "err" {
            return Err(BotError("as you wish".into()));
        }
        Ok(Answer {
            text: format!("You said: {}", question.text),
            sources: vec![],
            replies: vec![],
            offers_human: false,
        })
    }
}

/// A server with the sites `demo` and `other`, both with the parrot.
struct Server {
    app: Arc<App>,
    router: Router,
    _folder: TempDir,
}

/// An answer of the server.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Server {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("test.db"))
            .await
            .unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let mut bots: HashMap<_, Arc<dyn Bot>> = HashMap::new();
        for key in ["demo", "other"] {
            let site = NewSite {
                key: key.into(),
                name: "Lumen & Oak".into(),
                origins: vec!["https://shop.example".into()],
                bot: true,
                contact: "help@shop.example".into(),
                hours: None,
            };
            let site = store.put_site(&site).await.unwrap();
            bots.insert(site, Arc::new(Parrot));
            let markdown = "# Returns\n\nSend it *back*.".into();
            let article = StoredArticle {
                slug: "returns".into(),
                markdown,
            };
            store.put_articles(site, &[article]).await.unwrap();
        }
        let (bus, clock) = (Arc::new(LocalBus::default()), system_clock());
        let lease = Duration::from_secs(45);
        let service = Service::start(Parts {
            store,
            bus,
            bots,
            clock,
            lease,
            supervisor_within: SUPERVISOR_WITHIN,
            follow_ups: None,
        })
        .await
        .unwrap();
        let app = App::of(service, PublicUrl::parse(Some(OURS)).unwrap());
        Self {
            router: http::router(Arc::clone(&app)),
            app,
            _folder: folder,
        }
    }

    async fn send(&self, request: Request) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        Reply {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    async fn get(&self, url: &str, cookie: Option<&str>) -> Reply {
        let mut request = Request::get(url).header(HOST, "chat.example");
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts a form from our own page.
    async fn post(&self, cookie: Option<&str>, fields: &[(&str, &str)]) -> Reply {
        self.post_from(Some(OURS), cookie, fields).await
    }

    async fn post_from(
        &self,
        origin: Option<&str>,
        cookie: Option<&str>,
        fields: &[(&str, &str)],
    ) -> Reply {
        self.send(form_post(origin, cookie, encoded(fields).into()))
            .await
    }

    async fn log(&self, token: &str) -> HistoryPage {
        let site = self.app.service.site("demo").unwrap().id;
        let hash = secret::hash_token(&Token(token.into()));
        let store = self.app.service.store();
        let Some(id) = store.conversation_of(site, &hash).await.unwrap() else {
            return HistoryPage::default();
        };
        store.history(id, Page::After(Seq(0))).await.unwrap()
    }

    /// What the visitor has said.
    async fn said(&self, token: &str) -> Vec<String> {
        let of_visitor = |kind| match kind {
            EventKind::Message(message) if message.author == protocol::Author::Visitor {} => {
                Some(message.text)
            }
            _ => None,
        };
        let events = self.log(token).await.events;
        events
            .into_iter()
            .filter_map(|event| of_visitor(event.kind))
            .collect()
    }

    /// How often a person was asked for.
    async fn requests(&self, token: &str) -> usize {
        let events = self.log(token).await.events;
        let is_request = |kind: &EventKind| matches!(kind, EventKind::HumanRequested { .. });
        events
            .iter()
            .filter(|event| is_request(&event.kind))
            .count()
    }
}

impl Reply {
    /// The value of a hidden input.
    fn hidden(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next()
    }

    fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// What the browser sends back of the cookie that was set.
    fn cookie(&self) -> &str {
        self.header(SET_COOKIE).split(';').next().unwrap()
    }

    #[track_caller]
    fn shows(&self, part: &str) {
        assert!(
            self.body.contains(part),
            "the page lacks\n{part}\nin\n{}",
            self.body
        );
    }

    #[track_caller]
    fn shows_no(&self, part: &str) {
        assert!(
            !self.body.contains(part),
            "the page has\n{part}\nin\n{}",
            self.body
        );
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let pair = |(name, value): &(&str, &str)| {
        format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))
    };
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn form_post(origin: Option<&str>, cookie: Option<&str>, body: Body) -> Request {
    let mut request = Request::post("/chat/demo?locale=en-GB&scheme=dark")
        .header(HOST, "chat.example")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(origin) = origin {
        request = request.header(ORIGIN, origin);
    }
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    request.body(body).unwrap()
}

/// A visitor whose conversation has begun with `hello`.
struct Begun {
    token: String,
    cookie: String,
}

impl Begun {
    async fn on(server: &Server) -> Self {
        let reply = server
            .post(None, &[("act", "say"), ("text", "hello")])
            .await;
        assert_eq!(reply.status, StatusCode::OK);
        Self {
            token: reply.hidden("token").unwrap().into(),
            cookie: reply.cookie().into(),
        }
    }
}
