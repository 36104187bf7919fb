//! What somebody needs to know of a conversation to go on with it, each thing linked to the message it was found in.

use serde::{Deserialize, Serialize};

use crate::event::Author;
use crate::id::Seq;

/// The longest [`Fact::text`], in Unicode scalar values.
pub const MAX_FACT_CHARS: usize = 200;

/// The most facts of one conversation that are found in what was said.
pub const MAX_FACTS: usize = 40;

/// The most facts on one card: those that were found, and those that people have put there.
pub const MAX_CARD_FACTS: usize = 60;

/// Something that was said, in as few words as it can be shown in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// The value as it was written, at most [`MAX_FACT_CHARS`] characters. Text, never markup.
    pub text: String,
    /// The message in which it was said first; none if it was said in no message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
}

/// A [`Fact`] as the card shows it: as it was found, or as somebody has put it right.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CardFact {
    /// What it is.
    pub kind: FactKind,
    /// The value, at most [`MAX_FACT_CHARS`] characters on one line. Text, never markup.
    pub text: String,
    /// The message in which it was said first; none if it was said in no message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// Who has put it there or put it right; none if it is as it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Author>,
}

/// How a card is put right. To say the same again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Of what kind the fact is.
    pub kind: FactKind,
    /// The value that stands there; none where a fact is added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The right one; none where the fact is to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Why something is no correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadFact;

/// A correction as it is kept: its values on one line, trimmed, 1 to [`MAX_FACT_CHARS`] characters.
///
/// # Errors
///
/// [`BadFact`] if a value has too many characters, or there is none.
pub fn checked_correction(correction: &Correction) -> Result<Correction, BadFact> {
    let checked = |text: &Option<String>| -> Result<Option<String>, BadFact> {
        let Some(text) = text else {
            return Ok(None);
        };
        let words = text.split(|it: char| it.is_whitespace() || it.is_control());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let text = words.join(" ");
        let fits = text.chars().count() <= MAX_FACT_CHARS;
        fits.then_some(Some(text).filter(|it| !it.is_empty()))
            .ok_or(BadFact)
    };
    let (was, text) = (checked(&correction.was)?, checked(&correction.text)?);
    if was.is_none() && text.is_none() {
        return Err(BadFact);
    }
    let kind = correction.kind;
    Ok(Correction { kind, was, text })
}

/// What a [`Fact`] tells, in the order in which a reader wants to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// The visitor's name.
    Name,
    /// An email address of theirs.
    Email,
    /// A telephone number of theirs.
    Phone,
    /// A user name, or the number of an account or a customer.
    Account,
    /// Their level in the shop's programme: silver, gold.
    Membership,
    /// The number of an order or a booking.
    Order,
    /// Another number that names something: a parcel, an invoice, a ticket, a device.
    Reference,
    /// What they bought or want to give back.
    Product,
    /// A sum of money.
    Amount,
    /// A day or a month.
    Date,
    /// Where they live, or where something is sent.
    Address,
    /// The postal code of that place.
    Postcode,
    /// A question or a wish, in the visitor's words.
    Asked,
    /// Why they want it, in answer to somebody who asked.
    Reason,
    /// What they say they have tried already.
    Tried,
    /// An article that the assistant quoted, by its title.
    Article,
    /// Anything else that somebody noted. A kind that this version of the types does not know is read as this one.
    #[serde(other)]
    Other,
}

impl FactKind {
    /// Every kind, in the order of a card.
    pub const ALL: [Self; 17] = [
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Account,
        Self::Membership,
        Self::Order,
        Self::Reference,
        Self::Product,
        Self::Amount,
        Self::Date,
        Self::Address,
        Self::Postcode,
        Self::Asked,
        Self::Reason,
        Self::Tried,
        Self::Article,
        Self::Other,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_on_one_line_and_says_something() {
        let correction = |was: Option<&str>, text: Option<&str>| Correction {
            kind: FactKind::Order,
            was: was.map(str::to_owned),
            text: text.map(str::to_owned),
        };
        let longest = "é".repeat(MAX_FACT_CHARS);
        let too_long = "é".repeat(MAX_FACT_CHARS + 1);
        for (was, text, expected) in [
            (
                Some(" 4127\n"),
                Some("41\t\0 28 "),
                Ok(correction(Some("4127"), Some("41 28"))),
            ),
            (None, Some("4128"), Ok(correction(None, Some("4128")))),
            // An emptied field takes the fact away.
            (Some("4127"), Some(" "), Ok(correction(Some("4127"), None))),
            (Some("4127"), None, Ok(correction(Some("4127"), None))),
            (None, Some(&longest), Ok(correction(None, Some(&longest)))),
            (None, Some(&too_long), Err(BadFact)),
            (Some(&too_long), None, Err(BadFact)),
            (None, Some("\u{7}"), Err(BadFact)),
            (None, None, Err(BadFact)),
        ] {
            assert_eq!(checked_correction(&correction(was, text)), expected);
        }
    }

    #[test]
    fn a_fact_is_a_flat_object_and_one_of_a_later_kind_is_read_as_another() {
        let fact = Fact {
            kind: FactKind::Order,
            text: "4127".into(),
            seq: Some(Seq(3)),
        };
        let json = r#"{"kind":"order","text":"4127","seq":3}"#;
        assert_eq!(serde_json::to_string(&fact).unwrap(), json);
        assert_eq!(serde_json::from_str::<Fact>(json).unwrap(), fact);

        let later = r#"{"kind":"shoe_size","text":"42"}"#;
        let fact = Fact {
            kind: FactKind::Other,
            text: "42".into(),
            seq: None,
        };
        assert_eq!(serde_json::from_str::<Fact>(later).unwrap(), fact);
        assert_eq!(
            serde_json::to_string(&fact).unwrap(),
            r#"{"kind":"other","text":"42"}"#
        );
    }
}
