//! Measures how much of what customers say the card holds, and how often it tells rightly that something is asked again;
//! and holds the line.

use card::{Facts, asked_again};
use protocol::{Author, CommandId, Event, EventKind, Fact, FactKind, Message, Seq, Timestamp};
use serde::Deserialize;

/// Dialogues and drafts in several languages, written for this file before there was any rule.
#[derive(Deserialize)]
struct Cases {
    tuned_on: Set,
    /// Not looked at while the rules were made.
    held_out: Set,
}

#[derive(Deserialize)]
struct Set {
    dialogues: Vec<Dialogue>,
    drafts: Vec<Draft>,
}

#[derive(Deserialize)]
struct Dialogue {
    language: String,
    /// Who says what.
    log: Vec<(String, String)>,
    /// What is to be found.
    facts: Vec<(FactKind, String)>,
}

/// What an agent is about to say.
#[derive(Deserialize)]
struct Draft {
    known: Vec<(FactKind, String)>,
    draft: String,
    /// What of the known it asks for.
    asked: Vec<FactKind>,
}

/// Real dialogues; see the licence beside them.
#[derive(Deserialize)]
struct Abcd {
    dialogues: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    id: u64,
    /// The customer's particulars, whether they tell them or not.
    scenario: std::collections::BTreeMap<FactKind, String>,
    /// What they tell beside those.
    also_said: Vec<(FactKind, String)>,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    who: String,
    text: String,
    /// What an agent's turn asks for.
    #[serde(default)]
    asks: Vec<FactKind>,
}

/// How often something was right, wrong, and missed.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }

    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }
}

fn event(seq: u64, who: &str, text: &str) -> Event {
    let author = match who {
        "visitor" => Author::Visitor {},
        "bot" => Author::Bot {},
        _ => Author::Agent { name: "Ana".into() },
    };
    let message = Message {
        id: CommandId(u128::from(seq)),
        author,
        text: text.into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    };
    Event {
        seq: Seq(seq),
        at: Timestamp(0),
        kind: EventKind::Message(message),
    }
}

/// What is told in words: a part of them will do.
fn is_in_words(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Asked
            | FactKind::Tried
            | FactKind::Reason
            | FactKind::Product
            | FactKind::Address
    )
}

fn is_same(kind: FactKind, one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let (one, other) = (plain(one), plain(other));
    one == other || (is_in_words(kind) && (one.contains(&other) || other.contains(&one)))
}

/// Counts the values, then what is told in words.
fn found(set: &Set, shows: bool) -> (Count, Count) {
    let mut counts = (Count::default(), Count::default());
    for dialogue in &set.dialogues {
        let mut facts = Facts::default();
        for (seq, (who, text)) in (1..).zip(&dialogue.log) {
            facts.hear(&event(seq, who, text));
        }
        let tell = |what: &str, kind: FactKind, text: &str| {
            if shows {
                println!(
                    "{} {what}: {kind:?} {text:?} in {:?}",
                    dialogue.language, dialogue.log
                );
            }
        };
        let mut missing: Vec<_> = dialogue.facts.iter().collect();
        for fact in facts.found() {
            let count = if is_in_words(fact.kind) {
                &mut counts.1
            } else {
                &mut counts.0
            };
            let expected = missing
                .iter()
                .position(|(kind, text)| *kind == fact.kind && is_same(*kind, text, &fact.text));
            if let Some(expected) = expected {
                missing.remove(expected);
                count.right += 1;
            } else {
                count.wrong += 1;
                tell("wrong", fact.kind, &fact.text);
            }
        }
        for (kind, text) in missing {
            let count = if is_in_words(*kind) {
                &mut counts.1
            } else {
                &mut counts.0
            };
            count.missed += 1;
            tell("missed", *kind, text);
        }
    }
    counts
}

fn flagged(set: &Set, shows: bool) -> Count {
    let mut count = Count::default();
    for draft in &set.drafts {
        let facts: Vec<_> = draft
            .known
            .iter()
            .map(|(kind, text)| Fact {
                kind: *kind,
                text: text.clone(),
                seq: Some(Seq(1)),
            })
            .collect();
        let flagged = asked_again(&draft.draft, &facts);
        let flagged: Vec<_> = flagged.iter().map(|&index| facts[index].kind).collect();
        let wrong: Vec<_> = flagged
            .iter()
            .filter(|kind| !draft.asked.contains(kind))
            .collect();
        let missed: Vec<_> = draft
            .asked
            .iter()
            .filter(|kind| !flagged.contains(kind))
            .collect();
        if shows && !(wrong.is_empty() && missed.is_empty()) {
            println!("{:?}: wrong {wrong:?}, missed {missed:?}", draft.draft);
        }
        count.right += u32::try_from(flagged.len() - wrong.len()).unwrap();
        count.wrong += u32::try_from(wrong.len()).unwrap();
        count.missed += u32::try_from(missed.len()).unwrap();
    }
    count
}

fn table(name: &str, count: Count) {
    let Count {
        right,
        wrong,
        missed,
    } = count;
    println!(
        "| {name} | {right} | {wrong} | {missed} | {:.2} | {:.2} |",
        count.recall(),
        count.precision()
    );
}

#[test]
fn the_card_finds_what_is_said_and_flags_what_is_asked_again() {
    let cases: Cases = serde_json::from_str(include_str!("cases.json")).unwrap();
    println!("| what | right | wrong | missed | recall | precision |");
    println!("|---|---|---|---|---|---|");
    let (values, words) = found(&cases.tuned_on, true);
    let drafts = flagged(&cases.tuned_on, true);
    table("values, tuned on", values);
    table("sentences, tuned on", words);
    table("drafts, tuned on", drafts);
    let (values, words) = found(&cases.held_out, false);
    let drafts = flagged(&cases.held_out, false);
    table("values, held out", values);
    table("sentences, held out", words);
    table("drafts, held out", drafts);
}

#[test]
fn the_card_holds_what_customers_of_a_real_shop_have_said() {
    let abcd: Abcd = serde_json::from_str(include_str!("abcd.json")).unwrap();
    // Values that were said; questions for what was known, as they came; the same questions once all was said.
    let (mut values, mut again, mut later) = (Count::default(), Count::default(), Count::default());
    let mut held = Count::default();
    for dialogue in &abcd.dialogues {
        let mut facts = Facts::default();
        let mut said = String::new();
        let is_said = |said: &str, kind: FactKind| {
            let value = dialogue.scenario.get(&kind);
            value.is_some_and(|value| said.to_lowercase().contains(value.as_str()))
        };
        for (seq, turn) in (1..).zip(&dialogue.turns) {
            if turn.who == "agent" {
                let flagged = asked_again(&turn.text, facts.found());
                let flagged: Vec<_> = flagged
                    .iter()
                    .map(|&index| facts.found()[index].kind)
                    .collect();
                for kind in &flagged {
                    let is_right = turn.asks.contains(kind) && is_said(&said, *kind);
                    if is_right {
                        again.right += 1
                    } else {
                        again.wrong += 1
                    }
                }
                for kind in turn.asks.iter().filter(|kind| is_said(&said, **kind)) {
                    again.missed += u32::from(!flagged.contains(kind));
                    let is_held = facts.found().iter().any(|fact| fact.kind == *kind);
                    if is_held {
                        held.right += 1
                    } else {
                        held.missed += 1
                    }
                }
            }
            if turn.who == "visitor" {
                said.push_str(&turn.text);
                said.push('\n');
            }
            facts.hear(&event(seq, &turn.who, &turn.text));
        }
        for turn in dialogue.turns.iter().filter(|turn| turn.who == "agent") {
            let flagged = asked_again(&turn.text, facts.found());
            let flagged: Vec<_> = flagged
                .iter()
                .map(|&index| facts.found()[index].kind)
                .collect();
            for kind in &turn.asks {
                let is_known = facts.found().iter().any(|fact| fact.kind == *kind);
                if is_known && flagged.contains(kind) {
                    later.right += 1
                } else {
                    later.missed += 1
                }
            }
            later.wrong += u32::try_from(
                flagged
                    .iter()
                    .filter(|kind| !turn.asks.contains(kind))
                    .count(),
            )
            .unwrap();
        }
        let mut expected: Vec<(FactKind, &str)> = dialogue
            .scenario
            .iter()
            .filter(|(kind, _)| is_said(&said, **kind))
            .map(|(kind, text)| (*kind, text.as_str()))
            .chain(
                dialogue
                    .also_said
                    .iter()
                    .map(|(kind, text)| (*kind, text.as_str())),
            )
            .collect();
        for fact in facts.found() {
            if matches!(fact.kind, FactKind::Asked | FactKind::Tried) {
                println!("{} {:?}: {}", dialogue.id, fact.kind, fact.text);
                continue;
            }
            let place = expected
                .iter()
                .position(|(kind, text)| *kind == fact.kind && is_same(*kind, text, &fact.text));
            if let Some(place) = place {
                expected.remove(place);
                values.right += 1;
            } else {
                values.wrong += 1;
                println!("{} wrong: {fact:?}", dialogue.id);
            }
        }
        values.missed += u32::try_from(expected.len()).unwrap();
        println!("{} missed: {expected:?}", dialogue.id);
    }
    println!("| what | right | wrong | missed | recall | precision |");
    println!("|---|---|---|---|---|---|");
    table("values", values);
    table("asked again, held", held);
    table("asked again, flagged", again);
    table("asked again, had it been at the end", later);
}
