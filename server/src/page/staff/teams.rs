//! Teams: the list, and the form of one.

use maud::{Markup, html};
use protocol::MAX_LABEL_CHARS;

use super::table::{change, or_dash, table};
use super::{Problems, Section, SetUp, words};
use crate::store::StoredAgent;

/// The id of a field.
pub const NAME: &str = "name";
/// The id of a field.
pub const MEMBERS: &str = "members";

/// What is in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The team's name.
    pub name: String,
    /// The ids of those who belong to it.
    pub members: Vec<String>,
}

/// All of them.
#[must_use]
pub fn list(set_up: &SetUp) -> Markup {
    let rows = set_up.teams.iter().map(|team| {
        let members = set_up
            .people
            .iter()
            .filter(|it| it.teams.contains(&team.id));
        let members: Vec<&str> = members.map(|it| it.name.as_str()).collect();
        let path = format!("{}/{}", Section::Teams.path(), team.id.0);
        vec![
            html! { bdi { (team.name) } },
            or_dash(&members.join(", ")),
            change(&path, words::CHANGE, &team.name),
        ]
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    html! {
        p.actions { a.button.button-strong href={ (Section::Teams.path()) "/new" } { (words::ADD_TEAM) } }
        @if rows.is_empty() { p.quiet { (words::NONE_YET) } } @else {
            (table(words::TEAMS, &[words::TEAM_NAME, words::TEAM_MEMBERS, words::CHANGE], &rows))
        }
    }
}

/// The fields of the form.
#[must_use]
pub fn fields(typed: &Typed, problems: &Problems, people: &[StoredAgent]) -> Markup {
    let choices: Vec<(String, String)> = people
        .iter()
        .map(|it| (it.id.to_string(), it.name.clone()))
        .collect();
    let field = |id, label, hint| problems.field(id, label, hint);
    html! {
        (field(NAME, words::TEAM_NAME, words::TEAM_NAME_HINT).text(&typed.name, MAX_LABEL_CHARS))
        (field(MEMBERS, words::TEAM_MEMBERS, words::TEAM_MEMBERS_HINT)
            .checkboxes(&choices, |id| typed.members.iter().any(|it| it == id)))
    }
}
