//! What is known of the people who answer: what they may do, how much they take, and what they are good at.

use std::fmt;

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};

/// What somebody may do at their site. Each has the rights of those before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers visitors.
    #[default]
    Agent,
    /// Supervises: reads every conversation of the site, and is who a visitor or an agent asks for when they ask for a
    /// supervisor. Manages teams, topics and prepared replies.
    Lead,
    /// Configures: decides who works for the site, and as what.
    Admin,
}

impl Role {
    /// Every role there is, the one with the least rights first.
    pub const ALL: [Self; 3] = [Self::Agent, Self::Lead, Self::Admin];

    /// Whether they are a supervisor.
    #[must_use]
    pub fn is_lead(self) -> bool {
        self >= Self::Lead
    }

    /// The role's name, as it crosses the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Lead => "lead",
            Self::Admin => "admin",
        }
    }

    /// The role with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether it is the one that is not told where it is left out.
    #[must_use]
    pub fn is_agent(&self) -> bool {
        *self == Self::Agent
    }
}

/// The fewest conversations that an agent may choose to have at the same time, and the most. More than eight at once is
/// nobody's full attention.
pub const LOADS: std::ops::RangeInclusive<u32> = 1..=8;

/// How many conversations an agent has at the same time who has chosen no number.
pub const USUAL_LOAD: u32 = 4;

/// A team of a site's agents, by the number that the site's store has given it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TeamId(pub u32);

/// One of the topics on a site's own list, by the number that the site's store has given it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopicId(pub u32);

/// A language that people speak: the first part of a tag of BCP 47, 2 or 3 lowercase letters, such as `es`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// The language of a tag: `pt` for `pt-BR`. None for what is no tag of a language.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        let name = tag.split(['-', '_']).next().unwrap_or_default();
        let mut letters = [b' '; 3];
        if !(2..=3).contains(&name.len()) {
            return None;
        }
        for (letter, byte) in letters.iter_mut().zip(name.bytes()) {
            if !byte.is_ascii_alphabetic() {
                return None;
            }
            *letter = byte.to_ascii_lowercase();
        }
        Some(Self(letters))
    }

    /// Its letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.0).expect("its letters are ASCII");
        text.trim_end()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let language = Self::of(&text).filter(|language| language.as_str() == text);
        language.ok_or_else(|| de::Error::custom("a language is 2 or 3 lowercase letters"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_the_first_part_of_a_tag() {
        for (tag, language) in [
            ("es", "es"),
            ("ES", "es"),
            ("pt-BR", "pt"),
            ("zh_Hant", "zh"),
            ("fil-PH", "fil"),
        ] {
            assert_eq!(Language::of(tag).unwrap().as_str(), language, "{tag}");
        }
        for tag in ["", "e", "abcd", "1a", "é", "-es", "e s"] {
            assert_eq!(Language::of(tag), None, "{tag}");
        }
    }

    #[test]
    fn each_role_has_the_rights_of_those_before_it() {
        assert!(Role::Agent < Role::Lead && Role::Lead < Role::Admin);
        assert!(!Role::Agent.is_lead() && Role::Lead.is_lead() && Role::Admin.is_lead());
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("Lead"), None);
    }
}
