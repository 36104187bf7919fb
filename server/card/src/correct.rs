//! The card as people have put it right.

use protocol::{Author, CardFact, Correction, Fact, MAX_CARD_FACTS};

/// A correction and who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// What was put right.
    pub correction: Correction,
    /// By whom.
    pub by: Author,
}

/// The facts that were found, with what people have put right, in the order in which they did: at most
/// [`MAX_CARD_FACTS`], by kind. A correction of what does not stand there any more changes nothing.
#[must_use]
pub fn card(found: &[Fact], corrected: &[Corrected]) -> Vec<CardFact> {
    let mut facts: Vec<CardFact> = found
        .iter()
        .map(|fact| CardFact {
            kind: fact.kind,
            text: fact.text.clone(),
            seq: fact.seq,
            by: None,
        })
        .collect();
    for Corrected { correction, by } in corrected {
        let Correction { kind, was, text } = correction;
        let place = |value: &String| {
            let mut there = facts.iter();
            there.position(|fact| fact.kind == *kind && fact.text == *value)
        };
        let is_there = text.as_ref().and_then(&place);
        let corrected = was.as_ref().map(&place);
        match (corrected, text) {
            // What it was is gone: it was put right or taken away meanwhile.
            (Some(None), _) => {}
            (Some(Some(at)), Some(text)) if is_there.is_none() => {
                facts[at].text.clone_from(text);
                facts[at].by = Some(by.clone());
            }
            (Some(Some(at)), Some(_)) if is_there == Some(at) => {}
            // It goes, or the right value stands there already.
            (Some(Some(at)), _) => {
                facts.remove(at);
            }
            (None, Some(text)) if is_there.is_none() && facts.len() < MAX_CARD_FACTS => {
                let end = facts.partition_point(|fact| fact.kind <= *kind);
                let fact = CardFact {
                    kind: *kind,
                    text: text.clone(),
                    seq: None,
                    by: Some(by.clone()),
                };
                facts.insert(end, fact);
            }
            (None, _) => {}
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use protocol::{FactKind, Seq};

    use super::*;

    fn found() -> Vec<Fact> {
        let fact = |kind, text: &str, seq| Fact {
            kind,
            text: text.into(),
            seq: Some(Seq(seq)),
        };
        vec![
            fact(FactKind::Name, "Mira", 1),
            fact(FactKind::Order, "4127", 1),
            fact(FactKind::Order, "5000", 3),
            fact(FactKind::Asked, "Where is it?", 1),
        ]
    }

    fn corrected(kind: FactKind, was: &str, text: &str, by: &str) -> Corrected {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let correction = Correction {
            kind,
            was: some(was),
            text: some(text),
        };
        let by = match by {
            "visitor" => Author::Visitor {},
            name => Author::Agent { name: name.into() },
        };
        Corrected { correction, by }
    }

    /// The texts, each with who has put it right.
    fn shown(corrected: &[Corrected]) -> Vec<String> {
        let facts = card(&found(), corrected).into_iter();
        let shown = facts.map(|fact| match fact.by {
            None => fact.text,
            Some(Author::Agent { name }) => format!("{} by {name}", fact.text),
            Some(_) => format!("{} by the visitor", fact.text),
        });
        shown.collect()
    }

    #[test]
    fn people_put_right_add_and_take_away_what_was_found() {
        use FactKind::{Asked, Name, Order, Other};
        let corrected = [
            corrected(Order, "4127", "4128", "visitor"),
            corrected(Order, "4128", "4129", "Ana"),
            corrected(Asked, "Where is it?", "", "Ana"),
            corrected(Name, "", "Mira Okafor", "Ana"),
            corrected(Other, "", "Rings the left bell", "visitor"),
            // It does not stand there any more, or is of another kind, or stands there already.
            corrected(Order, "4127", "1", "visitor"),
            corrected(Name, "5000", "1", "visitor"),
            corrected(Order, "", "5000", "visitor"),
            corrected(Order, "5000", "5000", "visitor"),
        ];
        assert_eq!(
            shown(&corrected),
            [
                "Mira",
                "Mira Okafor by Ana",
                "4129 by Ana",
                "5000",
                "Rings the left bell by the visitor"
            ]
        );
        // Where the message is in which it was said first stays known.
        let facts = card(&found(), &corrected);
        assert_eq!(facts[2].seq, Some(Seq(1)));
    }

    #[test]
    fn two_that_become_one_are_there_once() {
        let both = [corrected(FactKind::Order, "4127", "5000", "Ana")];
        assert_eq!(shown(&both), ["Mira", "5000", "Where is it?"]);
    }

    #[test]
    fn a_card_does_not_grow_without_end() {
        let many: Vec<_> = (0..2 * MAX_CARD_FACTS)
            .map(|it| corrected(FactKind::Other, "", &it.to_string(), "visitor"))
            .collect();
        assert_eq!(shown(&many).len(), MAX_CARD_FACTS);
    }
}
