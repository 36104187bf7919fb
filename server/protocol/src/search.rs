//! Finding conversations again: what an agent's client posts to `/api/v1/agent/search` and keeps at `/api/v1/agent/views`,
//! and what it gets.

use serde::{Deserialize, Serialize};

use crate::case::CaseHolder;
use crate::event::{Author, is_false};
use crate::id::{AgentId, ConversationId, Receipt, Seq, Timestamp};
use crate::people::{Language, TeamId, TopicId};

/// The longest text that is looked for, in Unicode scalar values after trimming.
pub const MAX_SEARCH_CHARS: usize = 200;

/// The most words and quoted phrases that are looked for at once.
pub const MAX_SEARCH_WORDS: usize = 20;

/// The most conversations of one page.
pub const MAX_FOUND: u32 = 100;

/// How many conversations a page has where no number is asked for.
pub const USUAL_FOUND: u32 = 50;

/// The most views that one agent keeps.
pub const MAX_VIEWS: usize = 20;

/// The longest name of a view, in Unicode scalar values after trimming.
pub const MAX_VIEW_NAME_CHARS: usize = 60;

/// The body of `POST /api/v1/agent/search`. It is a post because a URL is logged, and what is looked for is personal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Which conversations.
    #[serde(default)]
    pub filter: Filter,
    /// [`Found::after`] of the page before; none for the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many, 1 to [`MAX_FOUND`]; none for [`USUAL_FOUND`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// Which conversations: all of these hold. An empty one is for all that the agent may read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Somebody said this: one message has every word and every "quoted phrase", in any order. Case and accents do not count;
    /// the last word may be the beginning of one. The number of a request and the address that a visitor has left find their
    /// conversations too. Empty for any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// How it stands.
    #[serde(default, skip_serializing_if = "Standing::is_all")]
    pub state: Standing,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    /// The language that its visitor writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The team that is to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Who has had it. Only a lead may name another than themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// Its visitor says of themselves that they need particular care.
    #[serde(default, skip_serializing_if = "is_false")]
    pub vulnerable: bool,
    /// What was looked for was said then or later; without words to look for, anything happened in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// The same before then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
}

/// How a conversation stands, for whoever looks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It waits, a person has it, or its visitor waits for a supervisor.
    Open,
    /// It was marked as solved, or its visitor has ended it.
    Resolved,
    /// However; those with the assistant too.
    #[default]
    All,
}

impl Standing {
    /// Whether it is the one that leaves nothing out.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::All
    }
}

/// A page of what was found: the newest first, by the words that were found or, without any, by what happened last. Those that
/// a number or an address has found come before all others, on the first page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// The conversations, each once.
    pub conversations: Vec<FoundCase>,
    /// What to ask for next; none where there is no more. A page that had too much to pass over may be short, or even empty,
    /// and there is more all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The newest messages could not be looked at yet: ask again in a moment.
    #[serde(default, skip_serializing_if = "is_false")]
    pub behind: bool,
}

/// A conversation that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCase {
    /// Which. `open` shows it.
    pub conversation: ConversationId,
    /// Who has it now.
    pub holder: CaseHolder,
    /// The person who had it last: their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// The number of its newest request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// What the shop's page calls its visitor, which nobody has verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where its visitor may be written to: an email address, which nobody has verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    /// The language that its visitor writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The team that is to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Its visitor says of themselves that they need particular care.
    #[serde(default, skip_serializing_if = "is_false")]
    pub vulnerable: bool,
    /// When something last happened in it.
    pub at: Timestamp,
    /// The visitor's newest words, at most 140 characters of them.
    pub preview: String,
    /// The newest words that were found; none where it was found otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet>,
}

/// The part of a message in which words were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The message.
    pub seq: Seq,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub author: Author,
    /// At most 200 characters of it, on one line. Text, never markup.
    pub text: String,
    /// Where the words are in `text`: from which character on, and before which, counted in Unicode scalar values. In order,
    /// and apart from each other.
    pub matches: Vec<(u32, u32)>,
}

/// A filter that an agent keeps: the body of `PUT /api/v1/agent/views`. One with the same name, whatever its case, is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedView {
    /// Its name: 1 to [`MAX_VIEW_NAME_CHARS`] characters on one line.
    pub name: String,
    /// Which conversations.
    #[serde(default)]
    pub filter: Filter,
}

/// The body of `DELETE /api/v1/agent/views`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewName {
    /// Which.
    pub name: String,
}

/// What `GET /api/v1/agent/views` gives: the agent's own, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SavedViews {
    /// The views.
    pub views: Vec<SavedView>,
}
