//! What an agent puts off until later: the visitor is told, it keeps nobody busy meanwhile, and it comes back.

use super::*;

/// Ana has Mira, and puts her off at 3 s until a minute later.
fn put_off() -> Desk {
    after([asks(MIRA), takes(ANA, MIRA), snoozes(ANA, MIRA, 60)])
}

#[test]
fn the_visitor_is_told_and_it_keeps_nobody_busy_meanwhile() {
    let desk = after([chooses(ANA, 1), asks(MIRA), takes(ANA, MIRA), asks(NOAH)]);
    check(
        &desk,
        snoozes(ANA, MIRA, 60),
        "Mira: Ana writes; Mira: arranged: asleep until 60 s \
         => Mira: Ana No. 1 of 2 s, asleep until 60 s; Noah: queue No. 2 of 4 s",
    );
    let desk = play(desk, [snoozes(ANA, MIRA, 60)]);
    check(
        &desk,
        takes(ANA, NOAH),
        "Noah: taken by Ana => Mira: Ana No. 1 of 2 s, asleep until 60 s; Noah: Ana No. 2 of 4 s",
    );
}

#[test]
fn it_is_put_off_to_a_time_to_come_within_ninety_days() {
    let desk = after([asks(MIRA), takes(ANA, MIRA)]);
    for until in [8, 9, 9 + 90 * 24 * 60 * 60 + 1] {
        check(&desk, snoozes(ANA, MIRA, until), "refused: OutOfRange");
    }
    check(&desk, snoozes(BEN, MIRA, 60), "refused: NotYours");
}

#[test]
fn when_the_time_comes_whoever_put_it_off_goes_on_with_it() {
    check(
        &put_off(),
        is_due(MIRA),
        "Mira: arranged: nothing => Mira: Ana No. 1 of 1 s",
    );
    check(&play(put_off(), [is_due(MIRA)]), is_due(MIRA), "nothing");
}

#[test]
fn the_visitor_who_writes_is_answered_at_once() {
    check(
        &put_off(),
        says(MIRA),
        "Mira: visitor writes => Mira: Ana No. 1 of 1 s, 1 unanswered",
    );
}

/// G1.
#[test]
fn one_press_wakes_it() {
    check(
        &put_off(),
        asks(MIRA),
        "Mira: arranged: nothing => Mira: Ana No. 1 of 1 s",
    );
    check(
        &play(put_off(), [goes_off_duty(ANA)]),
        asks(MIRA),
        "Mira: Ana vanished => Mira: queue No. 1 of 1 s goes first, for Ana; Ana off duty",
    );
}

#[test]
fn who_is_not_there_any_more_is_waited_for_by_nobody() {
    let desk = play(put_off(), [goes_off_duty(ANA)]);
    check(
        &desk,
        is_due(MIRA),
        "Mira: Ana vanished => Mira: queue No. 1 of 1 s goes first, for Ana; Ana off duty",
    );
    check(
        &desk,
        says(MIRA),
        "Mira: Ana vanished; Mira: visitor writes \
         => Mira: queue No. 1 of 1 s goes first, 1 unanswered, for Ana; Ana off duty",
    );
}

#[test]
fn who_has_no_room_when_it_comes_back_is_asked_first_and_not_burdened() {
    let desk = play(put_off(), [chooses(ANA, 1), asks(NOAH), takes(ANA, NOAH)]);
    check(
        &desk,
        is_due(MIRA),
        "Mira: transferred by Ana \
         => Mira: queue No. 1 of 1 s goes first, for Ana; Noah: Ana No. 2 of 2 s",
    );
    check(&desk, wakes(ANA, MIRA), "refused: Full");
}

#[test]
fn who_vanishes_keeps_what_they_put_off() {
    check(
        &put_off(),
        vanishes(ANA),
        "Ana off duty => Mira: Ana No. 1 of 1 s, asleep until 60 s; Ana off duty",
    );
}

#[test]
fn who_was_removed_keeps_nothing() {
    let mut desk = put_off();
    desk.dismiss(ANA);
    check(
        &desk,
        vanishes(ANA),
        "Mira: somebody vanished => Mira: queue No. 1 of 1 s goes first, for Ana",
    );
}

#[test]
fn it_can_be_gone_on_with_and_solved_and_passed_on_before() {
    check(
        &put_off(),
        wakes(ANA, MIRA),
        "Mira: arranged: nothing => Mira: Ana No. 1 of 1 s",
    );
    check(
        &put_off(),
        resolves(ANA, MIRA),
        "Mira: resolved by Ana => Mira: nobody",
    );
    check(
        &put_off(),
        transfers(ANA, MIRA),
        "Mira: transferred by Ana; Mira: passed by Ana \
         => Mira: queue No. 1 of 1 s goes first, for Ana",
    );
    check(&put_off(), ends(MIRA), "Mira: ended => Mira: nobody");
}
