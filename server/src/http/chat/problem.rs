//! Why a post is not done, in words for the visitor.

use axum::http::StatusCode;
use protocol::{MAX_TEXT_CHARS, RefusalCode, TextError};

use super::Reaction;
use super::form::Act;
use crate::page::Failed;

/// Why a post's command is not done.
pub enum Problem {
    /// The text is no message.
    Text(String),
    /// The service says no.
    Refused(RefusalCode),
}

impl Problem {
    /// Why a text cannot be sent.
    pub fn of(error: TextError, text: &str) -> Self {
        Self::Text(match error {
            TextError::Empty => "There is nothing to send yet. Write a message first.".into(),
            TextError::TooLong => format!(
                "This message is {} characters long. Please keep it to {}; your text is still here.",
                thousands(text.trim().chars().count()),
                thousands(MAX_TEXT_CHARS)
            ),
        })
    }

    /// Puts it into what the page says.
    pub fn tell(self, reaction: &mut Reaction, act: Act) {
        match self {
            Self::Text(sentence) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.refusal = Some(sentence);
            }
            Self::Refused(RefusalCode::Unavailable) => {
                reaction.status = StatusCode::SERVICE_UNAVAILABLE;
                reaction.failed = Some(match act {
                    Act::Human => Failed::Human,
                    Act::Supervisor => Failed::Supervisor,
                    Act::Leave => Failed::Leave,
                    Act::Contact | Act::NoContact => Failed::Contact,
                    Act::Say | Act::Check | Act::Forget => Failed::Message,
                });
            }
            Self::Refused(RefusalCode::TooFast) => {
                reaction.status = StatusCode::TOO_MANY_REQUESTS;
                reaction.refusal = Some(
                    "That was very fast. Wait a moment and send it again; your text is still here."
                        .into(),
                );
            }
            Self::Refused(RefusalCode::BadEmail) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.unkept.refusal = Some("That is not an email address. Please check it.");
            }
            Self::Refused(code) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.refusal = Some(code.sentence().into());
            }
        }
    }
}

/// A number with commas between the thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_readable() {
        let numbers = [0, 999, 1_000, 8_412, 1_000_000].map(thousands);
        assert_eq!(numbers, ["0", "999", "1,000", "8,412", "1,000,000"]);
    }
}
