//! What somebody needs to know of a conversation to go on with it, each thing linked to the message it was found in.

use serde::{Deserialize, Serialize};

use crate::id::Seq;

/// The longest [`Fact::text`], in Unicode scalar values.
pub const MAX_FACT_CHARS: usize = 200;

/// The most facts of one conversation.
pub const MAX_FACTS: usize = 40;

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

#[cfg(test)]
mod tests {
    use super::*;

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
