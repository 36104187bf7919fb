//! What leads add, change and remove, whatever it is: a list, a form, and a question before it is removed.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use protocol::Role;

use super::{Answered, Asked, Shown, Visit, done};
use crate::app::App;
use crate::http::form::{BUTTON, Form, Known};
use crate::page::staff::{Done, Here, Problems, Section, SetUp, confirm, words};
use crate::store::{NotMade, StaffChange};

/// One kind of what is set up.
pub trait Kind: 'static {
    /// What is in its form.
    type Typed: Default + Send + Sync;

    /// Where it is.
    const SECTION: Section;
    /// What its form for a new one is called.
    const ADD: &'static str;
    /// What happens when one is removed.
    const REMOVED: &'static str;
    /// The fields of its form.
    const KNOWN: Known;
    /// The field that a taken name is told beside, and how.
    const TAKEN: (&'static str, &'static str);

    /// All of them.
    fn list(set_up: &SetUp) -> Markup;
    /// The one with a number, and what it is called.
    fn kept(set_up: &SetUp, id: i64) -> Option<(String, Self::Typed)>;
    /// What was typed.
    fn typed(form: &Form) -> Self::Typed;
    /// The fields with what is typed in them.
    fn fields(typed: &Self::Typed, problems: &Problems, set_up: &SetUp) -> Markup;
    /// What makes the one with a number so, or adds one; or what is wrong with what was typed.
    fn change(
        id: Option<i64>,
        typed: &Self::Typed,
        set_up: &SetUp,
    ) -> Result<StaffChange, Problems>;
    /// What removes one.
    fn removal(id: i64) -> StaffChange;
}

/// Routes to the pages of one kind.
pub fn router<K: Kind>() -> Router<Arc<App>> {
    let path = K::SECTION.path();
    Router::new()
        .route(path, get(list::<K>))
        .route(&format!("{path}/new"), get(new::<K>).post(add::<K>))
        .route(&format!("{path}/{{id}}"), get(show::<K>).post(save::<K>))
        .route(
            &format!("{path}/{{id}}/remove"),
            get(ask::<K>).post(remove::<K>),
        )
}

/// A number in an address: one of ours has these digits and no other way to be written.
fn number(text: &str) -> Option<i64> {
    let id: i64 = text.parse().ok()?;
    (id > 0 && id.to_string() == text).then_some(id)
}

async fn list<K: Kind>(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Lead).await?;
        let set_up = visit.set_up().await?;
        let here = Here::Team(K::SECTION);
        let shown = Shown::after(here, K::SECTION.name(), asked.done.as_deref());
        Ok(visit.page(StatusCode::OK, shown, &K::list(&set_up)))
    })
    .await
}

async fn new<K: Kind>(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Lead).await?;
        let set_up = visit.set_up().await?;
        let sheet = Sheet::<K> {
            id: None,
            name: K::ADD,
            typed: &K::Typed::default(),
            problems: &Problems::default(),
        };
        Ok(sheet.page(&visit, StatusCode::OK, &set_up))
    })
    .await
}

async fn show<K: Kind>(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Lead).await?;
        let set_up = visit.set_up().await?;
        let id = number(&id).ok_or_else(|| visit.not_there())?;
        let (name, typed) = K::kept(&set_up, id).ok_or_else(|| visit.not_there())?;
        let sheet = Sheet::<K> {
            id: Some(id),
            name: &name,
            typed: &typed,
            problems: &Problems::default(),
        };
        Ok(sheet.page(&visit, StatusCode::OK, &set_up))
    })
    .await
}

async fn add<K: Kind>(State(app): State<Arc<App>>, request: Request) -> Response {
    answer(put::<K>(&app, None, request)).await
}

async fn save<K: Kind>(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    answer(put::<K>(&app, Some(id), request)).await
}

async fn put<K: Kind>(app: &App, id: Option<String>, request: Request) -> Answered<Response> {
    let (head, body) = request.into_parts();
    let visit = Visit::with(app, &head.headers, Role::Lead).await?;
    let form = visit.form(body, K::KNOWN).await?;
    let typed = K::typed(&form);
    let set_up = visit.set_up().await?;
    let known = match &id {
        Some(id) => number(id).and_then(|id| Some((id, K::kept(&set_up, id)?))),
        None => None,
    };
    let is_gone = id.is_some() && known.is_none();
    let id = known.as_ref().map(|(id, _)| *id);
    let refused = match K::change(id, &typed, &set_up) {
        // What is gone is told before what is wrong with it, and is kept to be added anew.
        _ if is_gone => Err(gone()),
        Ok(change) => visit.change(&change).await?.map_err(why::<K>),
        Err(problems) => Err((StatusCode::UNPROCESSABLE_ENTITY, problems)),
    };
    let Err((status, problems)) = refused else {
        return Ok(done(K::SECTION.path(), Done::Saved));
    };
    let sheet = Sheet::<K> {
        id: id.filter(|_| status != StatusCode::NOT_FOUND),
        name: known.as_ref().map_or(K::ADD, |(_, (name, _))| name),
        typed: &typed,
        problems: &problems,
    };
    Ok(sheet.page(&visit, status, &set_up))
}

fn gone() -> (StatusCode, Problems) {
    (StatusCode::NOT_FOUND, Problems::of_all(words::GONE))
}

/// What a change that is not made is answered with.
fn why<K: Kind>(refused: NotMade) -> (StatusCode, Problems) {
    let problems = match refused {
        // It went while it was looked at.
        NotMade::NoSuch => return gone(),
        NotMade::Taken => Problems::one(K::TAKEN.0, K::TAKEN.1),
        NotMade::Full => Problems::of_all(words::FULL),
        NotMade::LastAdmin => Problems::of_all(words::LAST_ADMIN),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, problems)
}

async fn ask<K: Kind>(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Lead).await?;
        let set_up = visit.set_up().await?;
        let id = number(&id).ok_or_else(|| visit.not_there())?;
        let (name, _) = K::kept(&set_up, id).ok_or_else(|| visit.not_there())?;
        let path = format!("{}/{id}", K::SECTION.path());
        let question = confirm(&name, K::REMOVED, &[&path, "/remove"].concat(), &path);
        let shown = Shown::plain(Here::Team(K::SECTION), words::REMOVE);
        Ok(visit.page(StatusCode::OK, shown, &question))
    })
    .await
}

async fn remove<K: Kind>(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Lead).await?;
        visit.form(body, BUTTON).await?;
        let id = number(&id).ok_or_else(|| visit.not_there())?;
        match visit.change(&K::removal(id)).await? {
            Ok(()) => Ok(done(K::SECTION.path(), Done::Removed)),
            Err(_) => Err(visit.not_there()),
        }
    })
    .await
}

/// What was found, or what stood in the way.
pub async fn answer(answered: impl Future<Output = Answered<Response>>) -> Response {
    answered.await.unwrap_or_else(|answer| answer)
}

/// A form.
struct Sheet<'a, K: Kind> {
    /// Of which one; none for a new one.
    id: Option<i64>,
    name: &'a str,
    typed: &'a K::Typed,
    problems: &'a Problems,
}

impl<K: Kind> Sheet<'_, K> {
    fn page(&self, visit: &Visit<'_>, status: StatusCode, set_up: &SetUp) -> Response {
        let list = K::SECTION.path();
        let path = match self.id {
            Some(id) => format!("{list}/{id}"),
            None => [list, "/new"].concat(),
        };
        let main = html! {
            form method="post" action=(path) {
                (K::fields(self.typed, self.problems, set_up))
                p.actions {
                    button.button.button-strong { (words::SAVE) }
                    a.button href=(list) { (words::CANCEL) }
                    @if self.id.is_some() {
                        a.button.button-danger.end href={ (path) "/remove" } { (words::REMOVE) "…" }
                    }
                }
            }
        };
        let shown = Shown::with(Here::Team(K::SECTION), self.name, self.problems);
        visit.page(status, shown, &main)
    }
}
