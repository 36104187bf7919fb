//! Nobody gets more conversations than they have chosen to have at the same time.

use super::*;

/// Ana takes one, and has Mira. Noah waits, and so does Mira's neighbour.
fn full() -> Desk {
    after([chooses(ANA, 1), asks(MIRA), takes(ANA, MIRA), asks(NOAH)])
}

#[test]
fn who_has_as_many_as_they_chose_takes_no_more() {
    check(&full(), takes(ANA, NOAH), "refused: Full");
    check(&full(), takes_next(ANA), "refused: Full");
    check(
        &play(full(), [chooses(ANA, 2)]),
        takes(ANA, NOAH),
        "Noah: taken by Ana => Mira: Ana No. 1 of 2 s; Noah: Ana No. 2 of 4 s",
    );
    check(
        &play(full(), [resolves(ANA, MIRA)]),
        takes(ANA, NOAH),
        "Noah: taken by Ana => Mira: nobody; Noah: Ana No. 2 of 4 s",
    );
}

#[test]
fn a_supervisor_who_is_wanted_has_no_more_hands_either() {
    let desk = after([
        chooses(BEN, 1),
        asks(NOAH),
        takes(BEN, NOAH),
        asks(MIRA),
        takes(ANA, MIRA),
        asks_for_supervisor(MIRA),
    ]);
    check(&desk, takes(BEN, MIRA), "refused: Full");
}

#[test]
fn whoever_chooses_fewer_than_they_have_keeps_what_they_have() {
    let desk = after([asks(MIRA), asks(NOAH), takes(ANA, MIRA), takes(ANA, NOAH)]);
    let mut desk = desk;
    for change in decide(&desk, chooses(ANA, 1), Timestamp(9_000)).unwrap() {
        apply(&mut desk, &change);
    }
    assert_eq!(desk.roster().agent(ANA).unwrap().load, 2);
}

#[test]
fn what_comes_back_goes_to_its_person_only_if_they_have_room() {
    let solved = after([
        chooses(ANA, 1),
        asks(MIRA),
        takes(ANA, MIRA),
        resolves(ANA, MIRA),
    ]);
    check(
        &solved,
        says(MIRA),
        "Mira: reopened to Ana; Mira: request No. 2 of 9 s by reopening; Mira: visitor writes \
         => Mira: Ana No. 2 of 9 s, 1 unanswered",
    );
    let desk = play(solved, [asks(NOAH), takes(ANA, NOAH)]);
    check(
        &desk,
        says(MIRA),
        "Mira: reopened; Mira: request No. 3 of 9 s by reopening; Mira: visitor writes \
         => Mira: queue No. 3 of 9 s, 1 unanswered, for Ana; Noah: Ana No. 2 of 1 s",
    );
}

#[test]
fn choosing_the_same_changes_nothing_and_strangers_choose_nothing() {
    check(&full(), chooses(ANA, 1), "nothing");
    check(&full(), chooses(ZOE, 1), "refused: NoSuchAgent");
}
