//! What is shown beside a conversation and changes nothing about who has it.

use desk::Estimate;
use protocol::{Receipt, Seq, Timestamp};

/// What is shown beside a conversation and changes nothing about who has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Particulars {
    /// The visitor's newest message, cut to [`PREVIEW_CHARS`].
    pub preview: String,
    /// The email address that the visitor has left.
    pub contact: Option<String>,
    /// How the line looked to the open request; none if it stood in none.
    pub outlook: Option<Outlook>,
    /// A person has taken the open request before.
    pub was_taken: bool,
    /// How far it was seen.
    pub seen: Seen,
}

/// How far each end has seen a conversation: the newest event that was shown there, 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// By its visitor.
    pub visitor: Seq,
    /// By a person who held it.
    pub person: Seq,
}

impl Seen {
    /// What is the further at each end.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            visitor: self.visitor.max(other.visitor),
            person: self.person.max(other.person),
        }
    }
}

/// The longest preview of a message, in characters.
pub const PREVIEW_CHARS: usize = 140;

/// How the line looked when a request for a person was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// The request.
    pub receipt: Receipt,
    /// Its place in line, 1 for the next one.
    pub place: u32,
    /// How many people were on duty.
    pub on_duty: u32,
    /// How long it would take, if enough had happened to tell.
    pub estimate: Option<Estimate>,
}

/// A request for a person that stood in line, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredRequest {
    /// How the line looked.
    pub outlook: Outlook,
    /// When it was made.
    pub requested_at: Timestamp,
    /// When a person first took it; none while none has.
    pub taken_at: Option<Timestamp>,
}

/// The first [`PREVIEW_CHARS`] characters of a text, on one line.
#[must_use]
pub fn preview(text: &str) -> String {
    text.chars()
        .take(PREVIEW_CHARS)
        .map(|character| {
            if character.is_whitespace() {
                ' '
            } else {
                character
            }
        })
        .collect()
}
