//! Inviting somebody, and giving somebody a new link. The link is a secret: it is in the answer to the post that makes it, and
//! in no address and no log (S10).

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::{AgentId, MAX_NAME_CHARS, Role, Timestamp, Token, checked_email};

use super::kind::answer;
use super::people::person;
use super::{Answered, Shown, Visit};
use crate::app::App;
use crate::http::form::{BUTTON, Known};
use crate::page::staff::people::{self, EMAIL, Invited, NAME, ROLE};
use crate::page::staff::{Here, Problems, Section, words};
use crate::secret;
use crate::store::{INVITATION_MS, NotMade, StaffChange};
use crate::typed;

/// Where it is.
const HERE: Here = Here::Team(Section::People);

/// The fields of the form.
const KNOWN: Known = Known {
    once: &[EMAIL, NAME, ROLE],
    many: &[],
};

/// `GET`: the form.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Admin).await?;
        let typed = Invited {
            role: Role::default().name().into(),
            ..Invited::default()
        };
        let problems = Problems::default();
        Ok(sheet(&visit, StatusCode::OK, &typed, &problems))
    })
    .await
}

fn sheet(visit: &Visit<'_>, status: StatusCode, typed: &Invited, problems: &Problems) -> Response {
    let shown = Shown::with(HERE, words::INVITE, problems);
    visit.page(status, shown, &people::invite(typed, problems))
}

/// `POST`: adds somebody, who chooses a password by the link that is shown then.
pub async fn invite(State(app): State<Arc<App>>, request: Request) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Admin).await?;
        let form = visit.form(body, KNOWN).await?;
        let typed = Invited {
            email: form.text(EMAIL),
            name: form.text(NAME),
            role: form.text(ROLE),
        };
        let problems = match checked(&typed) {
            Ok((email, name, role)) => {
                // Somebody who is known keeps their name and role: they get a new link on their own page.
                let known = app.service.store().agent_by_email(&email).await;
                match known.map_err(|error| visit.failed(&error))? {
                    Some(_) => Problems::one(EMAIL, words::TAKEN_EMAIL),
                    None => {
                        let id = AgentId(secret::random_id());
                        let made = make(&visit, id, &email, &name, role).await?;
                        match made {
                            Ok(answer) => return Ok(answer),
                            Err(_) => Problems::one(EMAIL, words::TAKEN_EMAIL),
                        }
                    }
                }
            }
            Err(problems) => problems,
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(sheet(&visit, status, &typed, &problems))
    })
    .await
}

fn checked(typed: &Invited) -> Result<(String, String, Role), Problems> {
    let mut problems = Problems::default();
    let email = checked_email(&typed.email);
    let name = typed::one_line(&typed.name, MAX_NAME_CHARS);
    let role = Role::named(&typed.role);
    if email.is_err() {
        problems.add(EMAIL, words::NOT_AN_EMAIL);
    }
    if let Err(bad) = &name {
        problems.add(NAME, bad.advice());
    }
    if role.is_none() {
        problems.add(ROLE, words::NOT_A_CHOICE);
    }
    match (email, name, role) {
        (Ok(email), Ok(name), Some(role)) => Ok((email.into(), name, role)),
        _ => Err(problems),
    }
}

/// `POST`: gives somebody a new link; those before stop working.
pub async fn renew(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Admin).await?;
        visit.form(body, BUTTON).await?;
        let set_up = visit.set_up().await?;
        let known = person(&set_up, &id).ok_or_else(|| visit.not_there())?;
        let made = make(&visit, known.id, &known.email, &known.name, known.role).await?;
        made.map_err(|_| visit.not_there())
    })
    .await
}

async fn make(
    visit: &Visit<'_>,
    id: AgentId,
    email: &str,
    name: &str,
    role: Role,
) -> Answered<Result<Response, NotMade>> {
    let token = secret::new_token();
    let invite = StaffChange::Invite {
        id,
        email: email.into(),
        name: name.into(),
        role,
        invitation: secret::hash_token(&token),
        expires_at: Timestamp(visit.app.service.now().0 + INVITATION_MS),
    };
    Ok(visit.change(&invite).await?.map(|()| {
        let shown = Shown::plain(HERE, words::LINK_TITLE);
        let main = people::link(name, &link(visit, &token));
        visit.page(StatusCode::OK, shown, &main)
    }))
}

/// The whole link, as whoever asks for it reaches this server. What stands behind the `#` is sent to no server.
fn link(visit: &Visit<'_>, token: &Token) -> String {
    let path = ["/agent#invitation=", &token.0].concat();
    let link = visit.app.public_url.link(&path);
    if !link.starts_with('/') {
        return link;
    }
    let text = |name| visit.headers.get(name).and_then(|it| it.to_str().ok());
    let origin = text(ORIGIN).filter(|it| it.starts_with("http"));
    match (origin, text(HOST)) {
        (Some(origin), _) => [origin, &path].concat(),
        (None, Some(host)) => ["http://", host, &path].concat(),
        (None, None) => path,
    }
}
