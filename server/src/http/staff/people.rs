//! `/agent/team` and `/agent/team/people`: who works for the site, what each answers, and, for admins, as what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use protocol::{AgentId, Language, Role, TeamId, TopicId};

use super::kind::answer;
use super::{Asked, Shown, Visit, done, invitation};
use crate::app::App;
use crate::http::form::{BUTTON, Known};
use crate::page::staff::people::{self, Abilities, LANGUAGES, ROLE, SKILLS, TEAMS};
use crate::page::staff::{Done, Here, Problems, Section, SetUp, TEAM, confirm, words};
use crate::store::{NotMade, StaffChange, StoredAgent};

/// Where all of it is.
const HERE: Here = Here::Team(Section::People);

/// The fields of what somebody answers.
const ABILITIES: Known = Known {
    once: &[],
    many: &[LANGUAGES, TEAMS, SKILLS],
};

/// The field of a role.
const ROLES: Known = Known {
    once: &[ROLE],
    many: &[],
};

/// Routes to the pages of people.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route(TEAM, get(list))
        .route(
            "/agent/team/invite",
            get(invitation::show).post(invitation::invite),
        )
        .route("/agent/team/people/{id}", get(show).post(save))
        .route("/agent/team/people/{id}/role", post(change_role))
        .route(
            "/agent/team/people/{id}/invitation",
            post(invitation::renew),
        )
        .route("/agent/team/people/{id}/remove", get(ask).post(remove))
}

async fn list(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Lead).await?;
        let set_up = visit.set_up().await?;
        // While the desk does not answer, people are shown as they are kept.
        let busy = app.service.staff_list(visit.site.id).await;
        let busy = busy.map(|list| list.people).unwrap_or_default();
        let shown = Shown::after(HERE, words::PEOPLE, asked.done.as_deref());
        let list = people::list(&set_up, &busy, visit.agent.role);
        Ok(visit.page(StatusCode::OK, shown, &list))
    })
    .await
}

/// Somebody of the site, by what an address says.
pub(super) fn person<'s>(set_up: &'s SetUp, id: &str) -> Option<&'s StoredAgent> {
    let id: Option<AgentId> = id.parse().ok();
    set_up.people.iter().find(|it| Some(it.id) == id)
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Lead).await?;
        let set_up = visit.set_up().await?;
        let agent = person(&set_up, &id).ok_or_else(|| visit.not_there())?;
        let problems = Problems::default();
        Ok(sheet(
            &visit,
            StatusCode::OK,
            agent,
            &set_up,
            &Typed::of(agent),
            &problems,
        ))
    })
    .await
}

/// What is in the forms of somebody's page.
struct Typed {
    abilities: Abilities,
    role: String,
}

impl Typed {
    fn of(agent: &StoredAgent) -> Self {
        Self {
            abilities: Abilities::of(agent),
            role: agent.role.name().into(),
        }
    }
}

/// Somebody's page.
fn sheet(
    visit: &Visit<'_>,
    status: StatusCode,
    agent: &StoredAgent,
    set_up: &SetUp,
    typed: &Typed,
    problems: &Problems,
) -> Response {
    let viewer = visit.agent.role;
    let main = people::person(
        agent,
        &typed.abilities,
        &typed.role,
        set_up,
        viewer,
        problems,
    );
    let shown = Shown::with(HERE, &agent.name, problems);
    visit.page(status, shown, &main)
}

/// Why a change of somebody is not made.
fn why(refused: NotMade) -> Problems {
    match refused {
        NotMade::NoSuch => Problems::of_all(words::NOT_A_CHOICE),
        NotMade::LastAdmin => Problems::one(ROLE, words::LAST_ADMIN),
        NotMade::Taken | NotMade::Full => Problems::of_all(words::FULL),
    }
}

async fn save(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Lead).await?;
        let form = visit.form(body, ABILITIES).await?;
        let set_up = visit.set_up().await?;
        let agent = person(&set_up, &id).ok_or_else(|| visit.not_there())?;
        let abilities = Abilities {
            languages: form.all(LANGUAGES),
            teams: form.all(TEAMS),
            skills: form.all(SKILLS),
        };
        let problems = match changed(agent, &abilities, &set_up) {
            Ok(change) => match visit.change(&change).await? {
                Ok(()) => return Ok(done(TEAM, Done::Saved)),
                Err(refused) => why(refused),
            },
            Err(problems) => problems,
        };
        let typed = Typed {
            abilities,
            ..Typed::of(agent)
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(sheet(&visit, status, agent, &set_up, &typed, &problems))
    })
    .await
}

/// What makes somebody answer what was chosen.
fn changed(
    agent: &StoredAgent,
    typed: &Abilities,
    set_up: &SetUp,
) -> Result<StaffChange, Problems> {
    let language = |letters: &String| {
        let language = Language::of(letters).filter(|it| it.as_str() == letters)?;
        let is_known = words::language(letters).is_some() || agent.languages.contains(&language);
        is_known.then_some(language)
    };
    let team = |number: &String| {
        let mut teams = set_up.teams.iter().map(|it| it.id);
        teams.find(|it| it.0.to_string() == *number)
    };
    let skill = |number: &String| {
        let mut topics = set_up.topics.iter().map(|it| it.id);
        topics.find(|it| it.0.to_string() == *number)
    };
    let languages: Option<Vec<Language>> = typed.languages.iter().map(language).collect();
    let teams: Option<Vec<TeamId>> = typed.teams.iter().map(team).collect();
    let skills: Option<Vec<TopicId>> = typed.skills.iter().map(skill).collect();
    let mut problems = Problems::default();
    for (field, is_missing) in [
        (LANGUAGES, languages.is_none()),
        (TEAMS, teams.is_none()),
        (SKILLS, skills.is_none()),
    ] {
        if is_missing {
            problems.add(field, words::NOT_A_CHOICE);
        }
    }
    match (languages, teams, skills) {
        (Some(languages), Some(teams), Some(skills)) => Ok(StaffChange::Abilities {
            agent: agent.id,
            languages,
            skills,
            teams,
        }),
        _ => Err(problems),
    }
}

async fn change_role(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Admin).await?;
        let form = visit.form(body, ROLES).await?;
        let set_up = visit.set_up().await?;
        let agent = person(&set_up, &id).ok_or_else(|| visit.not_there())?;
        let role = form.text(ROLE);
        let problems = match Role::named(&role) {
            Some(role) => match visit.change(&StaffChange::Role(agent.id, role)).await? {
                Ok(()) => return Ok(done(TEAM, Done::Saved)),
                Err(refused) => why(refused),
            },
            None => Problems::one(ROLE, words::NOT_A_CHOICE),
        };
        let typed = Typed {
            role,
            ..Typed::of(agent)
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(sheet(&visit, status, agent, &set_up, &typed, &problems))
    })
    .await
}

async fn ask(State(app): State<Arc<App>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Admin).await?;
        let set_up = visit.set_up().await?;
        let agent = person(&set_up, &id).ok_or_else(|| visit.not_there())?;
        let problems = Problems::default();
        Ok(question(&visit, StatusCode::OK, agent, &problems))
    })
    .await
}

fn question(
    visit: &Visit<'_>,
    status: StatusCode,
    agent: &StoredAgent,
    problems: &Problems,
) -> Response {
    let path = people::path(agent);
    let action = [&path, "/remove"].concat();
    let main = confirm(&agent.name, words::PERSON_REMOVED, &action, &path);
    let shown = Shown::with(HERE, words::REMOVE_PERSON, problems);
    visit.page(status, shown, &main)
}

async fn remove(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    answer(async {
        let (head, body) = request.into_parts();
        let visit = Visit::with(&app, &head.headers, Role::Admin).await?;
        visit.form(body, BUTTON).await?;
        let set_up = visit.set_up().await?;
        let agent = person(&set_up, &id).ok_or_else(|| visit.not_there())?;
        match visit.change(&StaffChange::Remove(agent.id)).await? {
            Ok(()) => Ok(done(TEAM, Done::Removed)),
            Err(NotMade::LastAdmin) => {
                let problems = Problems::of_all(words::LAST_ADMIN);
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(question(&visit, status, agent, &problems))
            }
            Err(_) => Err(visit.not_there()),
        }
    })
    .await
}
