//! At the end the visitor is asked whether it is solved; unless they say so, it goes on with the same person.

use super::*;

/// Ana has marked it as solved at 3 s, and Mira was asked.
fn asked() -> Desk {
    after([asks(MIRA), takes(ANA, MIRA), asks_if_solved(ANA, MIRA)])
}

#[test]
fn who_marks_it_as_solved_asks_the_visitor() {
    let desk = after([asks(MIRA), takes(ANA, MIRA)]);
    check(
        &desk,
        asks_if_solved(ANA, MIRA),
        "Mira: Ana writes; Mira: resolved by Ana; Mira: arranged: solved by \"Yes\" \
         => Mira: nobody, solved by \"Yes\"",
    );
}

#[test]
fn yes_leaves_it_solved() {
    check(
        &asked(),
        answers(MIRA, "Yes"),
        "Mira: visitor writes => Mira: nobody",
    );
    // What they say after that is something new.
    check(
        &play(asked(), [answers(MIRA, "Yes")]),
        answers(MIRA, "Yes"),
        "Mira: reopened to Ana; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes \
         => Mira: Ana No. 2 of 9 s, 1 unanswered",
    );
}

#[test]
fn no_and_anything_else_goes_back_to_the_same_person() {
    for words in ["No", "yes", "Yes, but the other lamp is broken too"] {
        check(
            &asked(),
            answers(MIRA, words),
            "Mira: reopened to Ana; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes \
             => Mira: Ana No. 2 of 9 s, 1 unanswered",
        );
    }
}

#[test]
fn nobody_has_to_answer() {
    check(
        &asked(),
        asks(MIRA),
        "Mira: reopened; Mira: request No. 2 of 9 s by button => Mira: queue No. 2 of 9 s, for Ana",
    );
    check(
        &asked(),
        chooses_bot(MIRA),
        "Mira: back to the bot => Mira: bot",
    );
}
