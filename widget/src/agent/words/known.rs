//! The words of what is known of a conversation.

use protocol::{Author, CardFact, FactKind};

pub(in super::super) const KNOWN: &str = "What is known";
pub(in super::super) const NOTHING_KNOWN: &str = "Nothing yet.";
pub(in super::super) const VISITOR_SEES: &str = "The visitor sees this while they wait.";
pub(in super::super) const ADD_FACT: &str = "Add a fact";
pub(in super::super) const FACT_KIND: &str = "What it is";
pub(in super::super) const FACT_TEXT: &str = "What it says";
pub(in super::super) const FACT_EMPTY: &str = "Write what it says first.";
pub(in super::super) const CHANGE: &str = "Change";
pub(in super::super) const SAVE: &str = "Save";
pub(in super::super) const REMOVE: &str = "Remove";
pub(in super::super) const ALREADY_KNOWN: &str = "They have said that already:";

/// What a fact is.
pub(in super::super) fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Name => "Name",
        FactKind::Email => "Email",
        FactKind::Phone => "Phone",
        FactKind::Account => "Account",
        FactKind::Membership => "Membership",
        FactKind::Order => "Order",
        FactKind::Reference => "Other number",
        FactKind::Product => "Product",
        FactKind::Amount => "Amount",
        FactKind::Date => "Date",
        FactKind::Address => "Address",
        FactKind::Postcode => "Postcode",
        FactKind::Asked => "Asks",
        FactKind::Reason => "Reason",
        FactKind::Tried => "Tried",
        FactKind::Article => "AI quoted",
        FactKind::Other => "Also",
    }
}

/// Who has put a fact there or put it right.
pub(in super::super) fn put_right_by(by: &Author) -> String {
    match by {
        Author::Agent { name } => format!("by {name}"),
        Author::Visitor {} => "by the visitor".into(),
        Author::Bot {} => "by the AI".into(),
    }
}

/// The name of the button that changes a fact.
pub(in super::super) fn change(fact: &CardFact) -> String {
    format!("Change {}: {}", kind(fact.kind), fact.text)
}
