//! What agents have begun and not sent, as it is kept.

use desk::Person;
use protocol::Timestamp;

/// What was begun in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredDraft {
    /// The reply that was begun.
    pub reply: Option<StoredWords>,
    /// The note for colleagues.
    pub note: Option<StoredWords>,
}

/// Words of an agent that no visitor sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredWords {
    /// Whose, by the name that they had then.
    pub by: Person,
    /// When they were last changed.
    pub at: Timestamp,
    /// The words; never empty.
    pub text: String,
}
