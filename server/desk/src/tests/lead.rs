//! An agent who is not sure asks a lead, who takes part in the same conversation.

use super::*;

/// Ana has Mira and asks for a lead at 3 s.
fn asked() -> Desk {
    after([asks(MIRA), takes(ANA, MIRA), asks_lead(ANA, MIRA, true)])
}

/// L5.
#[test]
fn a_lead_takes_it_from_whoever_asks_for_one() {
    let desk = after([asks(MIRA), takes(ANA, MIRA)]);
    check(&desk, takes(BEN, MIRA), "refused: HeldByAnother");
    check(
        &asked(),
        takes(BEN, MIRA),
        "Mira: taken by Ben, a supervisor => Mira: Ben No. 1 of 1 s",
    );
}

#[test]
fn asking_twice_counts_once_and_can_be_taken_back() {
    check(&asked(), asks_lead(ANA, MIRA, true), "nothing");
    check(
        &asked(),
        asks_lead(ANA, MIRA, false),
        "Mira: arranged: nothing => Mira: Ana No. 1 of 1 s",
    );
    let desk = play(asked(), [asks_lead(ANA, MIRA, false)]);
    check(&desk, takes(BEN, MIRA), "refused: HeldByAnother");
}

#[test]
fn whoever_does_not_hold_it_asks_no_lead_about_it() {
    check(&asked(), asks_lead(BEN, MIRA, true), "refused: NotYours");
    let waits = after([asks(MIRA)]);
    check(&waits, asks_lead(ANA, MIRA, true), "refused: NotYours");
}

#[test]
fn the_question_goes_with_the_claim() {
    check(
        &asked(),
        transfers(ANA, MIRA),
        "Mira: transferred by Ana; Mira: passed by Ana => Mira: queue No. 1 of 1 s goes first",
    );
    check(
        &asked(),
        resolves(ANA, MIRA),
        "Mira: resolved by Ana => Mira: nobody",
    );
}

#[test]
fn an_agent_who_is_no_lead_takes_nothing_from_another() {
    let mut desk = after([asks(MIRA), takes(BEN, MIRA), asks_lead(BEN, MIRA, true)]);
    check(&desk, takes(ANA, MIRA), "refused: HeldByAnother");
    desk.employ(ANA, on_duty("Ana", Role::Admin));
    check(
        &desk,
        takes(ANA, MIRA),
        "Mira: taken by Ana, a supervisor => Mira: Ana No. 1 of 1 s",
    );
}

#[test]
fn notes_are_of_whoever_may_read_it() {
    check(
        &asked(),
        notes_about(BEN, MIRA),
        "Mira: Ben notes => Mira: Ana No. 1 of 1 s, a lead asked for at 3 s",
    );
    let held_by_ben = after([asks(MIRA), takes(BEN, MIRA)]);
    check(&held_by_ben, notes_about(ANA, MIRA), "refused: NotYours");
    check(&held_by_ben, notes_about(ZOE, MIRA), "refused: NoSuchAgent");
}
