//! The people of a site: the list, what may be changed of one, and inviting somebody.

use std::collections::BTreeSet;

use maud::{Markup, html};
use protocol::{Colleague, MAX_EMAIL_BYTES, MAX_NAME_CHARS, Role};

use super::table::{change, or_dash, table};
use super::{Problems, SetUp, TEAM, WORK, words};
use crate::store::StoredAgent;

/// The id of a field.
pub const EMAIL: &str = "email";
/// The id of a field.
pub const NAME: &str = "name";
/// The id of a field.
pub const ROLE: &str = "role";
/// The id of a field.
pub const LANGUAGES: &str = "languages";
/// The id of a field.
pub const TEAMS: &str = "teams";
/// The id of a field.
pub const SKILLS: &str = "skills";

/// What is in the form of somebody who is invited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invited {
    /// What they will sign in with.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The name of their role.
    pub role: String,
}

/// What is in the form of what somebody answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abilities {
    /// The letters of their languages.
    pub languages: Vec<String>,
    /// The numbers of their teams.
    pub teams: Vec<String>,
    /// The numbers of their topics.
    pub skills: Vec<String>,
}

impl Abilities {
    /// As they are kept.
    #[must_use]
    pub fn of(agent: &StoredAgent) -> Self {
        let texts =
            |numbers: &mut dyn Iterator<Item = u32>| numbers.map(|it| it.to_string()).collect();
        Self {
            languages: agent.languages.iter().map(ToString::to_string).collect(),
            teams: texts(&mut agent.teams.iter().map(|it| it.0)),
            skills: texts(&mut agent.skills.iter().map(|it| it.0)),
        }
    }
}

/// Where what may be changed of somebody is.
#[must_use]
pub fn path(agent: &StoredAgent) -> String {
    format!("{TEAM}/people/{}", agent.id)
}

/// Everybody. `busy` is how the desk sees them.
#[must_use]
pub fn list(set_up: &SetUp, busy: &[Colleague], viewer: Role) -> Markup {
    let rows: Vec<Vec<Markup>> = set_up
        .people
        .iter()
        .map(|agent| row(agent, set_up, busy))
        .collect();
    let columns = [
        words::NAME,
        words::ROLE,
        words::DUTY,
        words::LOAD,
        words::TEAMS,
        words::LANGUAGES,
        words::SKILLS,
        words::CHANGE,
    ];
    html! {
        @if viewer == Role::Admin {
            p.actions { a.button.button-strong href={ (TEAM) "/invite" } { (words::INVITE) } }
        }
        (table(words::PEOPLE, &columns, &rows))
    }
}

fn row(agent: &StoredAgent, set_up: &SetUp, busy: &[Colleague]) -> Vec<Markup> {
    let seen = busy.iter().find(|it| it.id == agent.id);
    let on_duty = seen.map_or(agent.on_duty, |it| it.on_duty);
    let load = seen.map_or(0, |it| it.load);
    let teams = set_up
        .teams
        .iter()
        .filter(|it| agent.teams.contains(&it.id));
    let teams: Vec<&str> = teams.map(|it| it.name.as_str()).collect();
    let skills = set_up
        .topics
        .iter()
        .filter(|it| agent.skills.contains(&it.id));
    let skills: Vec<&str> = skills.map(|it| it.plan.name.as_str()).collect();
    let languages = agent.languages.iter();
    let mut languages: Vec<String> = languages
        .map(|it| super::replies::language_name(Some(*it)))
        .collect();
    languages.sort();
    let any_or = |texts: &str| match texts {
        "" => html! { span.quiet { (words::ANY) } },
        texts => html! { bdi { (texts) } },
    };
    vec![
        html! {
            bdi { (agent.name) } br;
            span.quiet.small { bdi { (agent.email) } }
            @if agent.password.is_empty() { br; span.quiet.small { (words::INVITED) } }
        },
        html! { (words::role(agent.role)) },
        html! {
            @if on_duty { span.on { (words::ON_DUTY) } } @else { span.quiet { (words::OFF_DUTY) } }
        },
        html! { (load) " / " (agent.most) },
        or_dash(&teams.join(", ")),
        any_or(&languages.join(", ")),
        any_or(&skills.join(", ")),
        html! {
            span.row-links {
                (change(&path(agent), words::CHANGE, &agent.name))
                (change(&format!("{WORK}?agent={}", agent.id), words::WORK_OF, &agent.name))
            }
        },
    ]
}

/// What may be changed of somebody.
#[must_use]
pub fn person(
    agent: &StoredAgent,
    typed: &Abilities,
    role: &str,
    set_up: &SetUp,
    viewer: Role,
    problems: &Problems,
) -> Markup {
    let path = path(agent);
    html! {
        p.quiet { bdi { (agent.email) } " · " (words::role(agent.role)) }
        h2 { (words::ABILITIES) }
        form method="post" action=(path) {
            (abilities(typed, set_up, problems))
            p.actions {
                button.button.button-strong { (words::SAVE) }
                a.button href=(TEAM) { (words::CANCEL) }
            }
        }
        @if viewer == Role::Admin {
            h2 { (words::CHANGE_ROLE) }
            form method="post" action={ (path) "/role" } {
                (role_field(role, problems))
                p.quiet { (words::ROLE_CONSEQUENCE) }
                p.actions { button.button { (words::CHANGE_ROLE) } }
            }
            h2 { (words::NEW_LINK) }
            form method="post" action={ (path) "/invitation" } {
                p.quiet { (words::NEW_LINK_HINT) }
                p.actions { button.button { (words::NEW_LINK) } }
            }
            h2 { (words::REMOVE_PERSON) }
            p.quiet { (words::PERSON_REMOVED) }
            p.actions { a.button.button-danger href={ (path) "/remove" } { (words::REMOVE_PERSON) "…" } }
        }
    }
}

fn abilities(typed: &Abilities, set_up: &SetUp, problems: &Problems) -> Markup {
    // One that nobody has named here stays: it was set, and is shown as it is.
    let named = words::LANGUAGE_NAMES.map(|(letters, name)| (letters.to_owned(), name.to_owned()));
    let known: BTreeSet<String> = named.iter().map(|(letters, _)| letters.clone()).collect();
    let others = typed.languages.iter().filter(|it| !known.contains(*it));
    let others = others.map(|letters| (letters.clone(), letters.clone()));
    let languages: Vec<(String, String)> = named.iter().cloned().chain(others).collect();
    let teams = set_up
        .teams
        .iter()
        .map(|it| (it.id.0.to_string(), it.name.clone()));
    let teams: Vec<(String, String)> = teams.collect();
    let skills = set_up
        .topics
        .iter()
        .map(|it| (it.id.0.to_string(), it.plan.name.clone()));
    let skills: Vec<(String, String)> = skills.collect();
    let field = |id, label, hint| problems.field(id, label, hint);
    let among = |chosen: &[String], it: &str| chosen.iter().any(|other| other == it);
    html! {
        (field(TEAMS, words::TEAMS, "").checkboxes(&teams, |it| among(&typed.teams, it)))
        (field(SKILLS, words::SKILLS, words::SKILLS_HINT).checkboxes(&skills, |it| among(&typed.skills, it)))
        (field(LANGUAGES, words::LANGUAGES, words::LANGUAGES_HINT).checkboxes(&languages, |it| among(&typed.languages, it)))
    }
}

fn role_field(chosen: &str, problems: &Problems) -> Markup {
    let roles = Role::ALL.map(|role| (role.name().to_owned(), words::role(role).to_owned()));
    problems
        .field(ROLE, words::ROLE, words::ROLE_HINT)
        .select(&roles, chosen)
}

/// The form of somebody who is invited.
#[must_use]
pub fn invite(typed: &Invited, problems: &Problems) -> Markup {
    let field = |id, label, hint| problems.field(id, label, hint);
    html! {
        form method="post" action={ (TEAM) "/invite" } {
            (field(NAME, words::NAME, words::NAME_HINT).text(&typed.name, MAX_NAME_CHARS))
            (field(EMAIL, words::EMAIL, words::EMAIL_HINT).text(&typed.email, MAX_EMAIL_BYTES))
            (role_field(&typed.role, problems))
            p.actions {
                button.button.button-strong { (words::INVITE_BUTTON) }
                a.button href=(TEAM) { (words::CANCEL) }
            }
        }
    }
}

/// The link by which somebody chooses a password. It is on this page alone.
#[must_use]
pub fn link(name: &str, link: &str) -> Markup {
    html! {
        p { strong { bdi { (name) } } " " (words::LINK_FOR) }
        p.link-box { code { (link) } }
        p { (words::LINK_ONCE) }
        p.actions { a.button href=(TEAM) { (words::BACK_TO_PEOPLE) } }
    }
}
