//! Finding conversations again: by how they stand, and by what was said in them.

mod snippet;
mod wanted;
mod words;

use async_trait::async_trait;
use protocol::{
    AgentId, Author, ConversationId, Language, Receipt, SavedView, Seq, Standing, TeamId,
    Timestamp, TopicId,
};

use super::{SiteId, StoreError, StoredConversation};

pub use snippet::snippet;
pub use wanted::{BadWanted, Phrase, Wanted};
pub use words::{Term, terms};

/// Finds conversations, and keeps what agents look for again and again.
#[async_trait]
pub trait Search: Send + Sync {
    /// The conversations of a site that are looked for and that the reader may see, the newest first: by the newest message
    /// with the words, or by what happened last. What was committed before the question is looked at, unless that takes
    /// longer than a moment; [`FoundPage::behind`] says so then.
    async fn find(
        &self,
        site: SiteId,
        reader: Reader,
        query: &Query,
    ) -> Result<FoundPage, StoreError>;

    /// Whether an agent has had a conversation of a site.
    async fn had(
        &self,
        site: SiteId,
        agent: AgentId,
        conversation: ConversationId,
    ) -> Result<bool, StoreError>;

    /// What an agent keeps, by name.
    async fn views(&self, agent: AgentId) -> Result<Vec<SavedView>, StoreError>;

    /// Keeps a view in place of the agent's one with the same name. False if they have `most` others, or are gone.
    async fn put_view(
        &self,
        agent: AgentId,
        view: &SavedView,
        most: usize,
    ) -> Result<bool, StoreError>;

    /// Forgets a view of an agent's, if there is one with this name.
    async fn end_view(&self, agent: AgentId, name: &str) -> Result<(), StoreError>;
}

/// Who looks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// They see what waits, what they hold, and what they have had and nobody has now.
    Agent(AgentId),
    /// They see everything that was begun.
    Lead,
}

/// What is looked for, and which page of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What was said.
    pub wanted: Wanted,
    /// How it stands.
    pub state: Standing,
    /// What it is about.
    pub topic: Option<TopicId>,
    /// The language that its visitor writes.
    pub language: Option<Language>,
    /// The team that is to have it.
    pub team: Option<TeamId>,
    /// Who has had it.
    pub agent: Option<AgentId>,
    /// Whose visitor needs particular care.
    pub vulnerable: bool,
    /// From then on.
    pub from: Option<Timestamp>,
    /// Before then.
    pub to: Option<Timestamp>,
    /// Where the page before ended.
    pub after: Option<Place>,
    /// How many at most.
    pub count: usize,
}

/// Where a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of the last event that was looked at: the next page begins below.
    pub event: i64,
    /// The newest event when the first page was made.
    pub newest: i64,
}

impl Place {
    /// As a client is given it.
    #[must_use]
    pub fn written(self) -> String {
        format!("{:x}-{:x}", self.event, self.newest)
    }

    /// As a client gives it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |digits: &str| {
            let is_plain = digits.bytes().all(|it| it.is_ascii_hexdigit());
            let number = is_plain.then(|| i64::from_str_radix(digits, 16).ok());
            number.flatten()
        };
        let (event, newest) = text.split_once('-')?;
        let (event, newest) = (number(event)?, number(newest)?);
        Some(Self { event, newest })
    }
}

/// A page of what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundPage {
    /// The conversations.
    pub hits: Vec<Hit>,
    /// Where it ends; none where there is no more.
    pub after: Option<Place>,
    /// The newest messages were not looked at yet.
    pub behind: bool,
}

/// A conversation that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub conversation: ConversationId,
    /// How it stands.
    pub stored: StoredConversation,
    /// The number of its newest request.
    pub receipt: Option<Receipt>,
    /// What the shop's page calls its visitor.
    pub name: Option<String>,
    /// When something last happened in it.
    pub at: Timestamp,
    /// The newest message that has the words.
    pub said: Option<Said>,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// Who wrote it.
    pub author: Author,
    /// Its text.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_nothing_else_is_one() {
        for (event, newest) in [(0, 0), (1, 4_200), (i64::MAX, i64::MAX)] {
            let place = Place { event, newest };
            assert_eq!(Place::parse(&place.written()), Some(place));
        }
        for text in [
            "",
            "-",
            "1",
            "1-",
            "-1",
            "1--1",
            "+1-1",
            "1-x",
            "1-2-3",
            &"f".repeat(16),
        ] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
