//! What a visitor reads of the card that people are shown.

use protocol::{CardFact, FactKind};

use crate::{Key, Words};

impl Words {
    /// What a fact is, for its visitor; none for what is of no use to them: which article the assistant quoted.
    #[must_use]
    pub fn fact_label(&self, kind: FactKind) -> Option<&str> {
        let key = match kind {
            FactKind::Name => Key::CardName,
            FactKind::Email => Key::CardEmail,
            FactKind::Phone => Key::CardPhone,
            FactKind::Account => Key::CardAccount,
            FactKind::Membership => Key::CardMembership,
            FactKind::Order => Key::CardOrder,
            FactKind::Reference => Key::CardReference,
            FactKind::Product => Key::CardProduct,
            FactKind::Amount => Key::CardAmount,
            FactKind::Date => Key::CardDate,
            FactKind::Address => Key::CardAddress,
            FactKind::Postcode => Key::CardPostcode,
            FactKind::Asked => Key::CardAsked,
            FactKind::Reason => Key::CardReason,
            FactKind::Tried => Key::CardTried,
            FactKind::Other => Key::CardMore,
            FactKind::Article => return None,
        };
        Some(self.get(key))
    }
}

/// The values of a card in one line, without those that are of no use to the visitor.
#[must_use]
pub fn card_in_short(facts: &[CardFact]) -> String {
    let mut line = String::new();
    for fact in facts {
        if fact.kind != FactKind::Article {
            if !line.is_empty() {
                line.push_str(" · ");
            }
            line.push_str(&fact.text);
        }
    }
    line
}
