//! `/agent`: the agents' page. It begins as HTML, so that whoever opens it can sign in, or take somebody, before the page runs:
//! the door to those who are not signed in, the beginning of the queue to those who are. What is pressed until then is posted here.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use desk::{AgentAction, Command};
use maud::Markup;
use protocol::{CommandId, ConversationId, RefusalCode};

use super::agent_app::SHELL;
use super::form::{self, Form, Known};
use super::policy;
use super::problem::{foreign, problem};
use super::session::{NotIn, enter, signed_in};
use crate::app::App;
use crate::assets;
use crate::floods::Sender;
use crate::page::first_look::{self, DESK, Door, FirstLook};
use crate::page::staff::notice::Notice;
use crate::secret;
use crate::service::{CommandJob, Reply};
use crate::store::StoredAgent;

/// Everything that the forms of the page's beginning have.
const KNOWN: Known = Known {
    once: &[
        first_look::EMAIL,
        first_look::PASSWORD,
        first_look::DUTY,
        first_look::TAKE,
    ],
    many: &[],
};

/// Shows the page.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap, uri: Uri) -> Response {
    if uri.path_and_query().is_some_and(|asked| asked == SHELL) {
        return page(&app, StatusCode::OK, None);
    }
    match signed_in(&app, &headers).await {
        Ok(agent) => first_page(&app, &agent, StatusCode::OK, "").await,
        Err(answer) if answer.status() == StatusCode::UNAUTHORIZED => {
            page(&app, StatusCode::OK, Some(&Door::default().markup()))
        }
        // The page says so itself, and tries again.
        Err(_) => page(&app, StatusCode::OK, None),
    }
}

/// Does what was pressed before the page runs: signs in, goes on or off duty, takes somebody. A script that wants to stay where
/// it is asks for JSON.
pub async fn act(
    State(app): State<Arc<App>>,
    sender: Sender,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let form = match form::read((&headers, &app.public_url), body, KNOWN).await {
        Ok(form) => form,
        Err((_, Notice::Foreign)) => return foreign(),
        Err((status, _)) => {
            let detail = "Send the form of this server's own page.";
            return problem(status, "malformed", detail);
        }
    };
    if form.has(first_look::EMAIL) || form.has(first_look::PASSWORD) {
        return sign_in(&app, &sender, &headers, &form).await;
    }
    let wants_json = headers
        .get(ACCEPT)
        .is_some_and(|accept| accept == "application/json");
    let agent = match signed_in(&app, &headers).await {
        Ok(agent) => agent,
        Err(answer) if wants_json || answer.status() != StatusCode::UNAUTHORIZED => return answer,
        Err(_) => return Redirect::to(DESK).into_response(),
    };
    let (command, leads_to) = match wanted(&agent, &form) {
        Some(wanted) => wanted,
        None => return problem(StatusCode::BAD_REQUEST, "malformed", "Press one button."),
    };
    app.service.expect_agent(agent.site, agent.id).await;
    let job = CommandJob {
        site: agent.site,
        id: Some(CommandId(secret::random_id())),
        opened_by: None,
        command,
        reply: Reply::Nobody,
    };
    match app.service.command(job).await {
        Ok(_) if wants_json => StatusCode::NO_CONTENT.into_response(),
        Ok(_) => Redirect::to(&leads_to).into_response(),
        Err(code) if wants_json => problem(status_of(code), "refused", code.sentence()),
        Err(code) => first_page(&app, &agent, status_of(code), code.sentence()).await,
    }
}

/// What a form of somebody who is signed in asks for, and where it leads.
fn wanted(agent: &StoredAgent, form: &Form) -> Option<(Command, String)> {
    let agent = agent.id;
    if form.has(first_look::DUTY) {
        let on = form.text(first_look::DUTY) == first_look::ON;
        return Some((Command::Duty { agent, on }, DESK.to_owned()));
    }
    let conversation: ConversationId = form.text(first_look::TAKE).parse().ok()?;
    let take = Command::Agent {
        agent,
        conversation,
        action: AgentAction::Take,
    };
    Some((take, format!("{DESK}#case={conversation}")))
}

async fn sign_in(app: &App, sender: &Sender, headers: &HeaderMap, form: &Form) -> Response {
    let email = form.text(first_look::EMAIL);
    let email = email.trim();
    let password = form.text(first_look::PASSWORD);
    let door = |problem| Door { email, problem };
    if email.is_empty() || password.is_empty() {
        let door = door(words::desk::NOT_FILLED_IN.to_owned());
        return page(app, StatusCode::UNPROCESSABLE_ENTITY, Some(&door.markup()));
    }
    let (status, why) = match enter(app, sender, headers, email, password).await {
        Ok(mut welcomed) if welcomed.status().is_success() => {
            *welcomed.status_mut() = StatusCode::SEE_OTHER;
            let headers = welcomed.headers_mut();
            headers.insert(LOCATION, HeaderValue::from_static(DESK));
            return welcomed;
        }
        Err(NotIn::Wrong) => (
            StatusCode::UNAUTHORIZED,
            words::desk::WRONG_CREDENTIALS.to_owned(),
        ),
        Err(NotIn::TooFast(wait)) => (
            StatusCode::TOO_MANY_REQUESTS,
            words::desk::too_many_tries(wait.as_secs()),
        ),
        Ok(_) | Err(NotIn::Unavailable(_)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            words::desk::NOT_SIGNED_IN.to_owned(),
        ),
    };
    page(app, status, Some(&door(why).markup()))
}

/// The page of somebody who is signed in; `refused` is what was not done.
async fn first_page(app: &App, agent: &StoredAgent, status: StatusCode, refused: &str) -> Response {
    let service = &app.service;
    let greeting = service.greet_agent(agent.site, agent.id, None).await;
    let staff = service.staff_list(agent.site).await;
    let site = service.site_by_id(agent.site);
    let (Ok(greeting), Ok(staff), Some(site)) = (greeting, staff, site) else {
        // The page says what is wrong, and tries again.
        return page(app, status, None);
    };
    let look = FirstLook {
        site: &site.settings.name,
        greeting: &greeting,
        staff: &staff,
        now: service.now(),
        refused,
    };
    page(app, status, Some(&look.markup()))
}

/// The built page, which begins with this; with nothing but that it is on its way, if there is nothing.
fn page(app: &App, status: StatusCode, beginning: Option<&Markup>) -> Response {
    let Some(built) = assets::built("agent/index.html", "") else {
        let text = "This server was built without its pages. Build them with: cargo xtask pages\n";
        return (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
    };
    let html = String::from_utf8_lossy(&built.bytes);
    let html = match beginning {
        Some(beginning) => first_look::begin(&html, beginning),
        None => html.into_owned(),
    };
    // What is in it is one person's, and of this moment.
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(built.media_type)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let mut response = (status, headers, html).into_response();
    policy::apply(&mut response, &app.public_url, policy::Kind::Agent);
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    response
}

fn status_of(code: RefusalCode) -> StatusCode {
    match code {
        RefusalCode::NoSuchConversation => StatusCode::NOT_FOUND,
        code if code.retry() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::CONFLICT,
    }
}
