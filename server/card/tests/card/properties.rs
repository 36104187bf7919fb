//! What holds whatever somebody writes: nothing panics, there are never too many facts, and each of them was said.

use card::{Facts, asked_again};
use proptest::prelude::*;
use protocol::{FactKind, MAX_FACT_CHARS, MAX_FACTS};

use super::log::event;

/// Pieces that rules look for, so that chance meets them.
const PIECES: &[&str] = &[
    "my name is",
    "Crystal Minh",
    "order number",
    "is",
    ":",
    "#4127",
    "3348917502",
    "a@b.example",
    "@",
    "@@",
    "+34",
    "611 22 33 44",
    "(977)",
    "625-2661",
    "$",
    "94",
    "€",
    "1.299,00",
    "12/11/2026",
    "2026-02-03",
    "may",
    "5",
    "de",
    "calle",
    "Mayor 12",
    "28013",
    "rue",
    "st",
    "please",
    "?",
    "¿",
    ".",
    ",",
    "\n",
    "[card ending 1111 removed]",
    "[",
    "]",
    "removed]",
    "https://x.example/1234567",
    "I already tried",
    "could you give me your",
    "email",
    "and",
    "name",
    "phone",
    "address",
    "username",
    "gold member",
    "regards",
    "Ñandú",
    "ß",
    "İ",
    "ﷺ",
    "e\u{301}",
    "\u{200d}",
    "中文",
    "１２３",
    "٣٤",
    "'",
    "’",
    "-",
    "_",
    "/",
    "I'm",
    "bought a",
    "why",
    "SW1A 1AA",
    "ORD-1234",
    "no.",
    "nº",
    "x",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => "[0-9]{1,12}",
    ];
    let gap = prop::sample::select(&["", " ", " ", " ", ", "][..]);
    prop::collection::vec((piece, gap), 0..40).prop_map(|pieces| {
        pieces
            .iter()
            .flat_map(|(piece, gap)| [piece.as_str(), gap])
            .collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => soup(), 1 => any::<String>(), 1 => "\\PC{0,300}"]
}

fn log() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let who = prop::sample::select(&["visitor", "visitor", "agent", "bot"][..]);
    prop::collection::vec((who, text()), 0..8)
}

fn hear(facts: &mut Facts, first: u64, log: &[(&str, String)]) {
    for (seq, (who, text)) in (first..).zip(log) {
        facts.hear(&event(seq, who, text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_fact_was_said_by_the_visitor_in_its_message(log in log()) {
        let mut facts = Facts::default();
        hear(&mut facts, 1, &log);
        prop_assert!(facts.found().len() <= MAX_FACTS);
        for fact in facts.found() {
            prop_assert!(!fact.text.trim().is_empty());
            prop_assert!(fact.text.chars().count() <= MAX_FACT_CHARS);
            let seq = usize::try_from(fact.seq.unwrap().0).unwrap();
            let (who, text) = &log[seq - 1];
            prop_assert_eq!(*who, "visitor");
            prop_assert!(text.contains(fact.text.trim_end_matches('…')), "{:?} in {:?}", fact, text);
        }
        prop_assert!(facts.found().is_sorted_by_key(|fact| fact.kind));
    }

    #[test]
    fn what_was_masked_is_no_value(before in soup(), after in soup()) {
        let text = format!("{before} [card ending 1111 removed] {after}");
        let mut facts = Facts::default();
        facts.hear(&event(1, "agent", "what is your order number, your name and your address?"));
        facts.hear(&event(2, "visitor", &text));
        for fact in facts.found() {
            let is_sentence = matches!(fact.kind, FactKind::Asked | FactKind::Tried | FactKind::Reason);
            prop_assert!(is_sentence || !fact.text.contains("ending 1111 removed"), "{:?}", fact);
        }
    }

    #[test]
    fn hearing_it_in_two_parts_is_hearing_it_whole(log in log(), at in 0_usize..8) {
        let mut whole = Facts::default();
        hear(&mut whole, 1, &log);
        let at = at.min(log.len());
        let mut first = Facts::default();
        hear(&mut first, 1, &log[..at]);
        let mut both = first.clone();
        hear(&mut both, 1 + at as u64, &log[at..]);
        prop_assert_eq!(whole.found(), both.found());
        // A fact that was found does not change when more is heard; it may only make room.
        for fact in both.found().iter().filter(|fact| fact.seq.unwrap().0 <= at as u64) {
            prop_assert!(first.found().contains(fact));
        }
    }

    #[test]
    fn hearing_it_twice_adds_nothing_to_what_fits(text in soup()) {
        let mut once = Facts::default();
        once.hear(&event(1, "visitor", &text));
        let mut twice = once.clone();
        twice.hear(&event(2, "visitor", &text));
        for fact in once.found() {
            let of_kind = once.found().iter().filter(|other| other.kind == fact.kind).count();
            let again = twice.found().iter().filter(|other| other.kind == fact.kind).count();
            prop_assert!(of_kind > 1 || again == of_kind || fact.kind == FactKind::Asked);
        }
    }

    #[test]
    fn what_is_asked_again_is_among_what_is_known(log in log(), draft in text()) {
        let mut facts = Facts::default();
        hear(&mut facts, 1, &log);
        let again = asked_again(&draft, facts.found());
        prop_assert!(again.is_sorted());
        for index in again {
            let fact = &facts.found()[index];
            prop_assert!(!draft.contains(&fact.text));
        }
    }
}

#[test]
fn the_longest_message_is_read_whatever_is_in_it() {
    for piece in PIECES {
        for gap in ["", " ", "\n", ", ", "? "] {
            let text = [*piece, gap]
                .concat()
                .repeat(8_000 / (piece.len() + gap.len()).max(1));
            let mut facts = Facts::default();
            facts.hear(&event(1, "agent", &text));
            facts.hear(&event(
                2,
                "agent",
                "What is your name, order number, address and phone?",
            ));
            facts.hear(&event(3, "visitor", &text));
            assert!(facts.found().len() <= MAX_FACTS, "{piece:?}");
            let _ = asked_again(&text, facts.found());
        }
    }
}
