//! What the visitor reads of the card while they wait.

use protocol::{Author, CardFact, Correction, FactKind};

use super::*;

fn fact(kind: FactKind, text: &str) -> CardFact {
    CardFact {
        kind,
        text: text.into(),
        seq: Some(Seq(1)),
        by: None,
    }
}

fn waiting() -> Sample {
    let mut sample = Sample::waiting(1, 1, BEGAN);
    let mut order = fact(FactKind::Order, "LO-20418");
    order.by = Some(Author::Visitor {});
    sample.standing.as_mut().unwrap().facts = vec![
        fact(FactKind::Name, "Mira Okafor"),
        order,
        fact(FactKind::Article, "Shipping times"),
    ];
    sample
}

#[test]
fn who_waits_reads_what_the_person_will_know_and_can_put_it_right() {
    check(
        &waiting(),
        &[
            "<details class=\"known\" id=\"card\" aria-live=\"off\"><summary>",
            "What the person will know",
            // What the assistant quoted is no word of theirs.
            "dir=\"auto\">Mira Okafor · LO-20418</span>",
            "<label><span>Order</span>\
             <input type=\"hidden\" form=\"composer\" name=\"kind\" value=\"order\" autocomplete=\"off\">\
             <input type=\"hidden\" form=\"composer\" name=\"was\" value=\"LO-20418\" autocomplete=\"off\">\
             <input form=\"composer\" name=\"fact\" value=\"LO-20418\" dir=\"auto\" maxlength=\"200\" autocomplete=\"off\">\
             </label>",
        ],
    );
}

#[test]
fn what_cannot_be_kept_stays_in_its_field_with_the_reason_below() {
    let mut sample = waiting();
    sample.uncorrected = Uncorrected {
        typed: vec![
            Correction {
                kind: FactKind::Order,
                was: Some("LO-20418".into()),
                text: Some("LO-20419".into()),
            },
            Correction {
                kind: FactKind::Other,
                was: None,
                text: Some("Rings the left bell".into()),
            },
        ],
        refusal: Some("Too long.".into()),
    };
    check(
        &sample,
        &[
            "id=\"card\" aria-live=\"off\" open>",
            "name=\"fact\" value=\"LO-20419\"",
            "name=\"fact\" value=\"Rings the left bell\"",
            "role=\"alert\">Too long.</p>",
        ],
    );
}

#[test]
fn who_does_not_wait_reads_nothing_of_it() {
    for answering in [Answering::Bot {}, ana()] {
        let sample = Sample::of(standing(answering, vec![asked()]));
        check(&sample, &["id=\"card\" aria-live=\"off\" hidden>"]);
    }
}
