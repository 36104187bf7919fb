//! Why a post is not done, in words for the visitor.

use axum::http::StatusCode;
use protocol::{MAX_FACT_CHARS, RefusalCode, TextError};
use words::Key;

use super::Reaction;
use super::form::Act;
use crate::languages::{Language, Plain, Zone};
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
    pub fn of(language: &Language, error: TextError, text: &str) -> Self {
        let speech = language.speech(Zone::Utc);
        Self::Text(match error {
            TextError::Empty => speech.words.get(Key::Empty).into(),
            TextError::TooLong => speech.too_long(text.trim().chars().count()),
        })
    }

    /// Puts it into what the page says.
    pub fn tell(self, language: &Language, reaction: &mut Reaction, act: Act) {
        match self {
            Self::Text(sentence) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.refusal = Some(sentence);
            }
            Self::Refused(RefusalCode::Unavailable) => {
                reaction.status = StatusCode::SERVICE_UNAVAILABLE;
                reaction.failed = Some(failed(act));
            }
            Self::Refused(RefusalCode::TooFast) => {
                reaction.status = StatusCode::TOO_MANY_REQUESTS;
                reaction.refusal = Some(language.plain(Plain::TooFast).into());
            }
            Self::Refused(RefusalCode::BadEmail) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.unkept.refusal = Some(language.words().get(Key::EmailBad));
            }
            Self::Refused(RefusalCode::BadFact) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                let limit = MAX_FACT_CHARS.to_string();
                let words = language.words();
                let why = words.fill(Key::NotSentTooLong, &[("limit", &limit)]);
                reaction.uncorrected.refusal = Some(why);
            }
            Self::Refused(_) if act == Act::Say => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.refusal = Some(language.words().get(Key::NotSent).into());
            }
            Self::Refused(_) => {
                reaction.status = StatusCode::UNPROCESSABLE_ENTITY;
                reaction.failed = Some(failed(act));
            }
        }
    }
}

/// What an act has not come to.
fn failed(act: Act) -> Failed {
    match act {
        Act::Human => Failed::Human,
        Act::Supervisor => Failed::Supervisor,
        Act::Leave => Failed::Leave,
        Act::Assistant | Act::End => Failed::Ending,
        Act::Contact | Act::NoContact => Failed::Contact,
        Act::Correct => Failed::Card,
        Act::Say | Act::Check | Act::Forget => Failed::Message,
    }
}
