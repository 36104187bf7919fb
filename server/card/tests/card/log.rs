//! Logs for the tests of the card.

use card::Facts;
use protocol::{Author, CommandId, Event, EventKind, FactKind, Message, Seq, Timestamp};

/// All that have a value, and are not told in a sentence.
pub const VALUES: &[FactKind] = &[
    FactKind::Name,
    FactKind::Email,
    FactKind::Phone,
    FactKind::Account,
    FactKind::Membership,
    FactKind::Order,
    FactKind::Reference,
    FactKind::Product,
    FactKind::Amount,
    FactKind::Date,
    FactKind::Address,
    FactKind::Postcode,
];

/// What somebody says: "visitor", "bot", or anybody else, who is an agent.
pub fn message(seq: u64, who: &str, text: &str) -> Message {
    let author = match who {
        "visitor" => Author::Visitor {},
        "bot" => Author::Bot {},
        _ => Author::Agent { name: "Ana".into() },
    };
    Message {
        id: CommandId(u128::from(seq)),
        author,
        text: text.into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    }
}

/// The same as an entry of a log.
pub fn event(seq: u64, who: &str, text: &str) -> Event {
    Event {
        seq: Seq(seq),
        at: Timestamp(0),
        kind: EventKind::Message(message(seq, who, text)),
    }
}

/// What is known after a whole log.
pub fn hear(log: &[(&str, &str)]) -> Facts {
    let mut facts = Facts::default();
    for (seq, (who, text)) in (1..).zip(log) {
        facts.hear(&event(seq, who, text));
    }
    facts
}

/// Fails unless these facts, and no others of their kinds, are found in the log.
#[track_caller]
pub fn found(log: &[(&str, &str)], kinds: &[FactKind], expected: &[&str]) {
    let facts = hear(log);
    let facts = facts.found().iter();
    let found: Vec<_> = facts
        .filter(|fact| kinds.contains(&fact.kind))
        .map(|fact| fact.text.as_str())
        .collect();
    assert_eq!(found, expected, "{log:?}");
}
