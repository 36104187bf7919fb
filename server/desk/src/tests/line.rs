//! You never lose your place (G4): who is next, and what changes nobody's turn.

use super::*;

#[test]
fn a_transferred_conversation_goes_to_the_front_with_its_first_time() {
    let desk = after([asks(MIRA), asks(NOAH), takes(ANA, NOAH)]);
    check(
        &desk,
        transfers(ANA, NOAH),
        "Noah: transferred by Ana; Noah: passed by Ana \
         => Mira: queue No. 1 of 1 s; Noah: queue No. 2 of 2 s goes first; line: Noah Mira",
    );
}

#[test]
fn only_somebody_who_is_marked_as_going_first_comes_in_before_others() {
    let desk = after([asks(MIRA), asks(NOAH), takes(ANA, MIRA)]);
    check(
        &desk,
        transfers(ANA, MIRA),
        "Mira: transferred by Ana; Mira: passed by Ana \
         => Mira: queue No. 1 of 1 s goes first; Noah: queue No. 2 of 2 s; line: Mira Noah",
    );
}

#[test]
fn a_vanished_agent_s_conversation_goes_to_the_front_with_its_first_time() {
    let desk = after([asks(MIRA), asks(NOAH), takes(ANA, NOAH)]);
    check(
        &desk,
        vanishes(ANA),
        "Noah: Ana vanished; Ana off duty \
         => Mira: queue No. 1 of 1 s; Noah: queue No. 2 of 2 s goes first; \
         line: Noah Mira; Ana off duty",
    );
}

#[test]
fn who_came_back_is_marked_only_until_the_next_one_takes_it() {
    let desk = after([asks(MIRA), asks(NOAH), takes(ANA, NOAH), vanishes(ANA)]);
    check(
        &desk,
        takes(BEN, NOAH),
        "Noah: taken by Ben \
         => Mira: queue No. 1 of 1 s; Noah: Ben No. 2 of 2 s; Ana off duty",
    );
}

#[test]
fn of_two_who_came_back_the_first_request_goes_first() {
    let desk = after([
        asks(MIRA),
        asks(NOAH),
        takes(ANA, NOAH),
        takes(BEN, MIRA),
        vanishes(ANA),
    ]);
    check(
        &desk,
        vanishes(BEN),
        "Mira: Ben vanished; Ben off duty \
         => Mira: queue No. 1 of 1 s goes first; Noah: queue No. 2 of 2 s goes first; \
         line: Mira Noah; Ana off duty; Ben off duty",
    );
}

#[test]
fn a_clock_that_was_turned_back_lets_nobody_pass() {
    let mut desk = after([]);
    for (id, now) in [(MIRA, Timestamp(3_600_000)), (NOAH, Timestamp(0))] {
        for change in decide(&desk, asks(id), now).unwrap() {
            apply(&mut desk, &change);
        }
    }
    assert_eq!(desk.queue().iter().collect::<Vec<_>>(), [MIRA, NOAH]);
    assert_whole(&desk);
}

#[test]
fn two_requests_of_one_number_both_wait() {
    // It must not happen; if a store lets it happen, nobody may fall out of the line for it.
    let mut desk = after([asks(MIRA)]);
    let waiting = desk.conversation(MIRA).unwrap().clone();
    desk.remember(NOAH, waiting);
    assert_eq!(desk.queue().len(), 2);
    desk.forget(MIRA);
    assert_eq!(desk.queue().iter().collect::<Vec<_>>(), [NOAH]);
}

#[test]
fn nothing_that_others_do_changes_the_order() {
    let desk = after([
        asks(MIRA),
        asks(NOAH),
        asks(MIRA),
        says(NOAH),
        goes_off_duty(ANA),
        goes_on_duty(ANA),
        says(MIRA),
    ]);
    assert_eq!(desk.queue().iter().collect::<Vec<_>>(), [MIRA, NOAH]);
}
