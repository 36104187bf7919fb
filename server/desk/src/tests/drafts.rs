//! G4: what an agent has begun belongs to the conversation, and only its holder writes it.

use super::*;

/// Mira with Ana, who has begun to write.
fn begun() -> Vec<Command> {
    vec![asks(MIRA), takes(ANA, MIRA), begins(ANA, MIRA, "Your lamp")]
}

#[test]
fn the_holder_keeps_what_they_begin_and_a_note() {
    let desk = after([asks(MIRA), takes(ANA, MIRA)]);
    check(
        &desk,
        begins(ANA, MIRA, "Your lamp"),
        "Mira: Ana keeps a reply => Mira: Ana No. 1 of 1 s, a draft",
    );
    check(
        &desk,
        notes(ANA, MIRA, "Call the depot"),
        "Mira: Ana keeps a note => Mira: Ana No. 1 of 1 s",
    );
    check(
        &after(begun()),
        drafts(ANA, MIRA, Some(""), Some("")),
        "Mira: Ana keeps no reply no note => Mira: Ana No. 1 of 1 s",
    );
}

#[test]
fn what_is_kept_already_changes_nothing() {
    let desk = after([asks(MIRA), takes(ANA, MIRA)]);
    check(&desk, begins(ANA, MIRA, ""), "nothing");
    check(&desk, drafts(ANA, MIRA, None, None), "nothing");
}

#[test]
fn nobody_but_the_holder_keeps_anything() {
    for (story, who) in [
        (vec![], ANA),
        (vec![says(MIRA)], ANA),
        (vec![asks(MIRA)], ANA),
        (vec![asks(MIRA), takes(BEN, MIRA)], ANA),
        (vec![asks(MIRA), takes(ANA, MIRA), vanishes(ANA)], ANA),
        (
            vec![asks(MIRA), takes(ANA, MIRA), transfers(ANA, MIRA)],
            ANA,
        ),
        (vec![asks(MIRA), takes(ANA, MIRA), resolves(ANA, MIRA)], ANA),
    ] {
        let desk = after(story);
        check(&desk, begins(who, MIRA, "Words"), "refused: NotYours");
        check(&desk, notes(who, MIRA, "Words"), "refused: NotYours");
        check(&desk, begins(who, MIRA, ""), "refused: NotYours");
    }
    check(
        &after([asks(MIRA)]),
        begins(ZOE, MIRA, "Words"),
        "refused: NoSuchAgent",
    );
}

#[test]
fn it_stays_with_the_conversation_when_the_claim_ends() {
    for (ends, expected) in [
        (
            vanishes(ANA),
            "Mira: Ana vanished; Ana off duty \
             => Mira: queue No. 1 of 1 s goes first, a draft; Ana off duty",
        ),
        (
            transfers(ANA, MIRA),
            "Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 1 of 1 s goes first, a draft",
        ),
    ] {
        let desk = after(begun());
        check(&desk, ends.clone(), expected);
        // And whoever takes it next begins anew, or goes on.
        let desk = play(desk, [ends, takes(BEN, MIRA)]);
        assert!(desk.conversation(MIRA).unwrap().has_draft);
        assert!(decide(&desk, begins(BEN, MIRA, "Hello"), Timestamp(9_000)).is_ok());
    }
}

#[test]
fn a_reply_or_the_end_is_the_end_of_it_and_the_visitors_words_are_not() {
    check(
        &after(begun()),
        replies(ANA, MIRA),
        "Mira: Ana writes; Mira: the draft is done => Mira: Ana No. 1 of 1 s",
    );
    check(
        &after(begun()),
        resolves(ANA, MIRA),
        "Mira: resolved by Ana; Mira: the draft is done => Mira: nobody",
    );
    check(
        &after(begun()),
        says(MIRA),
        "Mira: visitor writes => Mira: Ana No. 1 of 1 s, 1 unanswered, a draft",
    );
}

#[test]
fn a_reply_where_nothing_was_begun_ends_nothing() {
    check(
        &after([asks(MIRA), takes(ANA, MIRA)]),
        replies(ANA, MIRA),
        "Mira: Ana writes => Mira: Ana No. 1 of 1 s",
    );
}
