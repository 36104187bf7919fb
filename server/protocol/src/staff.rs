//! Who works for a site and what they have set up, as agents' clients are told.

use serde::{Deserialize, Serialize};

use crate::id::AgentId;
use crate::people::{Language, Role, TeamId, TopicId};

/// Whom a conversation is passed on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A team: whoever of it is next.
    Team(TeamId),
    /// A person on duty, who is asked first.
    Person(AgentId),
}

/// Who works for a site, and what they have set up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StaffList {
    /// Everybody, by name.
    pub people: Vec<Colleague>,
    /// The teams, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamFace>,
    /// The topics, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicFace>,
    /// The prepared replies, by shortcut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<PreparedReply>,
}

/// Somebody who works for the same site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Their id.
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
    /// What they may do.
    #[serde(default, skip_serializing_if = "Role::is_agent")]
    pub role: Role,
    /// On duty now.
    pub on_duty: bool,
    /// How many conversations keep them busy.
    pub load: u32,
    /// How many they have chosen to have at the same time, at most.
    pub most: u32,
    /// Their teams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamId>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamFace {
    /// Its number.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// One of the site's topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicFace {
    /// Its number.
    pub id: TopicId,
    /// Its name.
    pub name: String,
}

/// A prepared reply. A client puts its text into the reply box, with [`filled`] placeholders, for the agent to send or change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedReply {
    /// What is typed after a slash to get it.
    pub shortcut: String,
    /// The language that it is in; none for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its text, in which `{name}` stands for a value.
    pub text: String,
}

/// The placeholders that a prepared reply may have: the visitor's name, the agent's, the shop's, the number of the request,
/// and the visitor's order.
pub const PLACEHOLDERS: [&str; 5] = ["name", "agent", "shop", "number", "order"];

/// A prepared reply with the values of its placeholders. One whose value is not known stays as it is, in its braces, for the
/// agent to see.
pub fn filled<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find('{') {
        filled.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let end = rest.find('}');
        let name = end.map(|end| &rest[1..end]);
        let known = name
            .filter(|name| PLACEHOLDERS.contains(name))
            .and_then(&value);
        match (known, end) {
            (Some(value), Some(end)) => {
                filled.push_str(value);
                rest = &rest[end + 1..];
            }
            _ => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The placeholders of a prepared reply that have no value yet.
pub fn unfilled(text: &str) -> impl Iterator<Item = &'static str> + '_ {
    let is_there = |name: &&'static str| text.contains(&["{", name, "}"].concat());
    PLACEHOLDERS.into_iter().filter(is_there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_where_their_value_is_known() {
        let value = |name: &str| match name {
            "name" => Some("Mira {agent}"),
            "agent" => Some("Ana"),
            _ => None,
        };
        for (text, expected) in [
            (
                "Hello {name}, I am {agent}.",
                "Hello Mira {agent}, I am Ana.",
            ),
            ("Order {order} {", "Order {order} {"),
            ("{} {nobody} {{name}}", "{} {nobody} {Mira {agent}}"),
            ("", ""),
        ] {
            assert_eq!(filled(text, value), expected, "{text}");
        }
        let left: Vec<_> = unfilled("Order {order} of {shop}, {else}").collect();
        assert_eq!(left, ["shop", "order"]);
    }
}
