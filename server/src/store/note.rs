//! What colleagues tell each other, as it is kept.

use desk::Person;
use protocol::{CommandId, ConversationId, Seq, Timestamp};

/// A note that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewNote<'a> {
    /// Where.
    pub conversation: ConversationId,
    /// The client's id for it.
    pub id: CommandId,
    /// The newest event when it was written.
    pub after: Seq,
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub by: &'a Person,
    /// The words, checked and masked.
    pub text: &'a str,
}

/// A note that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNote {
    /// The client's id for it.
    pub id: CommandId,
    /// The newest event when it was written.
    pub after: Seq,
    /// When.
    pub at: Timestamp,
    /// Whose, by the name that they had then.
    pub by: Person,
    /// The words.
    pub text: String,
}
