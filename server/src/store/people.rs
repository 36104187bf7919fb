//! Sites, the people who answer for them, and their articles, as they are kept.

use std::collections::BTreeSet;

use desk::Agent;
use protocol::{AgentId, Language, Role, TeamId, TopicId};

use crate::hours::Hours;

/// A site's number in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub i64);

/// One merchant's installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its number.
    pub id: SiteId,
    /// What was set.
    pub settings: NewSite,
}

/// What a merchant sets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewSite {
    /// Names it in the script tag: 1 to 64 of `a-z`, `0-9` and `-`. Not a secret.
    pub key: String,
    /// The shop's name as visitors see it.
    pub name: String,
    /// The origins whose pages may embed the chat, such as `https://shop.example`.
    pub origins: Vec<String>,
    /// Whether an assistant answers first, from the site's articles.
    pub bot: bool,
    /// How to reach the shop if all else fails.
    pub contact: String,
    /// When people are here; none if the shop states no hours.
    pub hours: Option<Hours>,
}

/// A person who answers, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAgent {
    /// Who.
    pub id: AgentId,
    /// For which site.
    pub site: SiteId,
    /// What they sign in with.
    pub email: String,
    /// The name that visitors see.
    pub name: String,
    /// The password's argon2id hash in PHC form; empty for whoever has not chosen one.
    pub password: String,
    /// Whether they were on duty.
    pub on_duty: bool,
    /// What they may do.
    pub role: Role,
    /// How many conversations they have at the same time, at most.
    pub most: u32,
    /// The languages that they answer in; none for any.
    pub languages: BTreeSet<Language>,
    /// The teams that they belong to.
    pub teams: BTreeSet<TeamId>,
    /// The topics that they know well.
    pub skills: BTreeSet<TopicId>,
}

impl StoredAgent {
    /// How the rules see them.
    #[must_use]
    pub fn on_desk(self) -> Agent {
        Agent {
            name: self.name,
            role: self.role,
            on_duty: self.on_duty,
            most: self.most,
            teams: self.teams,
            languages: self.languages,
            skills: self.skills,
            load: 0,
        }
    }
}

/// A person who is to answer.
#[derive(Debug, Clone)]
pub struct NewAgent {
    /// Who.
    pub id: AgentId,
    /// For which site.
    pub site: SiteId,
    /// What they sign in with.
    pub email: String,
    /// The name that visitors see.
    pub name: String,
    /// The password's argon2id hash in PHC form; empty for whoever has not chosen one.
    pub password: String,
    /// What they may do.
    pub role: Role,
    /// How many conversations they have at the same time, at most.
    pub most: u32,
}

/// A help article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// Names it in its URL.
    pub slug: String,
    /// Its text, which begins with its title.
    pub markdown: String,
}
