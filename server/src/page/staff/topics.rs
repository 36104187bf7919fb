//! Topics: the list, and the form of one.

use maud::{Markup, html};
use protocol::MAX_LABEL_CHARS;

use super::table::{change, or_dash, table};
use super::{Problems, Section, SetUp, words};
use crate::store::Team;

/// The id of a field.
pub const NAME: &str = "name";
/// The id of a field.
pub const WORDS: &str = "words";
/// The id of a field.
pub const TEAM: &str = "team";

/// What is in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The topic's name.
    pub name: String,
    /// The words by which it is known, one on each line.
    pub words: String,
    /// The number of the team that has it; empty for none.
    pub team: String,
}

/// All of them.
#[must_use]
pub fn list(set_up: &SetUp) -> Markup {
    let rows = set_up.topics.iter().map(|topic| {
        let team = set_up
            .teams
            .iter()
            .find(|it| Some(it.id) == topic.plan.team);
        let path = format!("{}/{}", Section::Topics.path(), topic.id.0);
        vec![
            html! { bdi { (topic.plan.name) } },
            html! { span.excerpt { (or_dash(&topic.plan.words.join(", "))) } },
            or_dash(team.map_or("", |it| &it.name)),
            change(&path, words::CHANGE, &topic.plan.name),
        ]
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    let columns = [
        words::TOPIC_NAME,
        words::TOPIC_WORDS,
        words::TOPIC_TEAM,
        words::CHANGE,
    ];
    html! {
        p.actions { a.button.button-strong href={ (Section::Topics.path()) "/new" } { (words::ADD_TOPIC) } }
        @if rows.is_empty() { p.quiet { (words::NONE_YET) } } @else {
            (table(words::TOPICS, &columns, &rows))
        }
    }
}

/// The fields of the form.
#[must_use]
pub fn fields(typed: &Typed, problems: &Problems, teams: &[Team]) -> Markup {
    let none = (String::new(), words::NO_TEAM.to_owned());
    let teams = teams
        .iter()
        .map(|it| (it.id.0.to_string(), it.name.clone()));
    let choices: Vec<(String, String)> = std::iter::once(none).chain(teams).collect();
    let field = |id, label, hint| problems.field(id, label, hint);
    html! {
        (field(NAME, words::TOPIC_NAME, words::TOPIC_NAME_HINT).text(&typed.name, MAX_LABEL_CHARS))
        (field(WORDS, words::TOPIC_WORDS, words::TOPIC_WORDS_HINT).lines(&typed.words, 8, false))
        (field(TEAM, words::TOPIC_TEAM, words::TOPIC_TEAM_HINT).select(&choices, &typed.team))
    }
}
