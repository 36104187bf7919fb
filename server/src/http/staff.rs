//! `/agent/team`, `/agent/work`, `/agent/account`: the pages on which people manage their own work and their team.
//!
//! Each is HTML without a script. What is posted counts if the browser says that our own page sends it, and every act is
//! looked at again here: who is signed in, what they may do, and whether what they speak of is their own site's. What is
//! not, is answered like what does not exist (S3). Only the fields that a form has are read; a form with others is refused (S4).

mod account;
mod invitation;
mod kind;
mod people;
mod replies;
mod statement;
mod teams;
mod topics;
mod work;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use protocol::Role;
use serde::Deserialize;

use super::chat::private_page;
use super::form::{self, Form, Known};
use super::policy;
use super::session::signed_in;
use crate::app::App;
use crate::page::staff::notice::Notice;
use crate::page::staff::{DESK, Done, Here, Problems, Section, SetUp, StaffPage, Viewer, changes};
use crate::store::{By, NotMade, Site, StaffChange, StoreError, StoredAgent};

/// Routes to the pages.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .merge(people::router())
        .merge(kind::router::<teams::Teams>())
        .merge(kind::router::<topics::Topics>())
        .merge(kind::router::<replies::Replies>())
        .route("/agent/team/changes", get(show_changes))
        .route("/agent/account", get(account::show).post(account::change))
        .route("/agent/work", get(work::show))
        .route("/agent/work/statement.csv", get(statement::download))
}

/// What a page's address may say.
#[derive(Deserialize)]
struct Asked {
    /// What was done before.
    done: Option<String>,
    /// Entries before this one.
    before: Option<i64>,
}

/// One request of somebody who is signed in.
struct Visit<'a> {
    app: &'a App,
    headers: &'a HeaderMap,
    agent: StoredAgent,
    site: Arc<Site>,
}

/// What a request is answered with where it goes no further.
type Answered<T> = Result<T, Response>;

impl<'a> Visit<'a> {
    /// Somebody who is signed in. Whoever is not is led to where they can.
    async fn new(app: &'a App, headers: &'a HeaderMap) -> Answered<Self> {
        let agent = match signed_in(app, headers).await {
            Ok(agent) => agent,
            Err(answer) if answer.status() == StatusCode::UNAUTHORIZED => {
                return Err(Redirect::to(DESK).into_response());
            }
            Err(answer) => return Err(answer),
        };
        let site = app.service.site_by_id(agent.site);
        let site = site.ok_or_else(|| Redirect::to(DESK).into_response())?;
        Ok(Self {
            app,
            headers,
            agent,
            site,
        })
    }

    /// The same, of somebody with at least this role.
    async fn with(app: &'a App, headers: &'a HeaderMap, role: Role) -> Answered<Self> {
        let visit = Self::new(app, headers).await?;
        if visit.agent.role >= role {
            return Ok(visit);
        }
        let notice = match role {
            Role::Admin if visit.agent.role.is_lead() => Notice::ForAdmins,
            _ => Notice::ForLeads,
        };
        Err(visit.notice(StatusCode::FORBIDDEN, notice))
    }

    /// What is posted to this page, if our own page sends it.
    async fn form(&self, body: axum::body::Body, known: Known) -> Answered<Form> {
        form::read((self.headers, &self.app.public_url), body, known)
            .await
            .map_err(|(status, notice)| self.notice(status, notice))
    }

    /// Everything that the people of the site have set up.
    async fn set_up(&self) -> Answered<SetUp> {
        let store = self.app.service.store();
        let read = async {
            let staff = store.staff();
            let mut people = store.agents(self.site.id).await?;
            people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
            Ok(SetUp {
                people,
                teams: staff.teams(self.site.id).await?,
                topics: staff.topics(self.site.id).await?,
                replies: staff.canned_replies(self.site.id).await?,
            })
        };
        read.await.map_err(|error| self.failed(&error))
    }

    /// Makes a change in the name of whoever is signed in, and has the desk heed it.
    async fn change(&self, change: &StaffChange) -> Answered<Result<(), NotMade>> {
        let by = By {
            name: &self.agent.name,
            at: self.app.service.now(),
        };
        let staff = self.app.service.store().staff();
        let made = staff.change(self.site.id, change, by).await;
        let made = made.map_err(|error| self.failed(&error))?;
        if made.is_ok() {
            self.app.service.reload_staff(self.site.id).await;
        }
        Ok(made)
    }

    /// A page with something on it.
    fn page(&self, status: StatusCode, shown: Shown<'_>, main: &maud::Markup) -> Response {
        let page = StaffPage {
            viewer: Viewer {
                name: &self.agent.name,
                role: self.agent.role,
                site: &self.site.settings.name,
            },
            here: shown.here,
            title: shown.title,
            done: shown.done,
            problems: shown.problems,
        };
        let html = page.around(main);
        let mut response = private_page(self.app, status, html, policy::Kind::Staff);
        response.headers_mut().insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
        response
    }

    fn notice(&self, status: StatusCode, notice: Notice) -> Response {
        let shown = Shown::plain(Here::Elsewhere, notice.title());
        self.page(status, shown, &notice.markup())
    }

    /// What does not exist, and what is another site's.
    fn not_there(&self) -> Response {
        self.notice(StatusCode::NOT_FOUND, Notice::NotThere)
    }

    /// The store cannot be reached. It is logged here, once.
    fn failed(&self, error: &StoreError) -> Response {
        self.app.service.store_failed(error);
        self.notice(StatusCode::SERVICE_UNAVAILABLE, Notice::Unavailable)
    }
}

/// How a page is shown.
#[derive(Clone, Copy)]
struct Shown<'a> {
    here: Here,
    title: &'a str,
    done: Option<Done>,
    problems: &'a Problems,
}

impl<'a> Shown<'a> {
    /// With nothing to say of what was done before.
    fn plain(here: Here, title: &'a str) -> Self {
        static NONE: std::sync::LazyLock<Problems> = std::sync::LazyLock::new(Problems::default);
        Self {
            here,
            title,
            done: None,
            problems: &NONE,
        }
    }

    /// With what was done before.
    fn after(here: Here, title: &'a str, done: Option<&str>) -> Self {
        Self {
            done: done.and_then(Done::named),
            ..Self::plain(here, title)
        }
    }

    /// With what is wrong with what was typed.
    fn with(here: Here, title: &'a str, problems: &'a Problems) -> Self {
        Self {
            problems,
            ..Self::plain(here, title)
        }
    }
}

/// To the page after a change, as a new request: loading it again then changes nothing again.
fn done(path: &str, done: Done) -> Response {
    Redirect::to(&[path, "?done=", done.name()].concat()).into_response()
}

/// The same with what an answer had to say, such as its cookies.
fn done_with(mut answer: Response, path: &str, done: Done) -> Response {
    *answer.status_mut() = StatusCode::SEE_OTHER;
    let to = [path, "?done=", done.name()].concat();
    let to = HeaderValue::from_str(&to).expect("our own paths are plain");
    answer.headers_mut().insert(LOCATION, to);
    answer
}

async fn show_changes(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let visit = match Visit::with(&app, &headers, Role::Lead).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let staff = app.service.store().staff();
    // One more tells whether there is another page.
    let count = changes::PAGE_ENTRIES + 1;
    let entries = staff.audit(visit.site.id, asked.before, count).await;
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return visit.failed(&error),
    };
    let has_older = entries.len() > changes::PAGE_ENTRIES;
    entries.truncate(changes::PAGE_ENTRIES);
    let older = entries.last().filter(|_| has_older).map(|entry| entry.id);
    let section = Section::Changes;
    let shown = Shown::plain(Here::Team(section), section.name());
    let list = changes::list(&entries, older, asked.before.is_none());
    visit.page(StatusCode::OK, shown, &list)
}
