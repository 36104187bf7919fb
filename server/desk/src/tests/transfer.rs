//! Passing a conversation on: to whoever is next, to a team, or to a person.

use protocol::TeamId;

use super::*;

const BILLING: TeamId = TeamId(1);

/// Ana has Mira; the shop has a team for bills.
fn held() -> Desk {
    let mut desk = after([asks(MIRA), takes(ANA, MIRA)]);
    desk.set_teams([BILLING].into());
    desk
}

#[test]
fn what_is_passed_on_to_a_person_waits_in_front_and_is_theirs_to_take_first() {
    check(
        &held(),
        passes_on(ANA, MIRA, Recipient::Person(BEN)),
        "Mira: transferred by Ana; Mira: arranged: for Ben; Mira: passed by Ana \
         => Mira: queue No. 1 of 1 s goes first, for Ben",
    );
}

#[test]
fn what_is_passed_on_to_a_team_is_for_that_team() {
    check(
        &held(),
        passes_on(ANA, MIRA, Recipient::Team(BILLING)),
        "Mira: transferred by Ana; Mira: arranged: team 1; Mira: passed by Ana \
         => Mira: queue No. 1 of 1 s goes first, team 1",
    );
}

#[test]
fn nothing_is_passed_on_to_nobody() {
    let off_duty = play(held(), [goes_off_duty(BEN)]);
    for (desk, to) in [
        (held(), Recipient::Person(ANA)),
        (held(), Recipient::Person(ZOE)),
        (off_duty, Recipient::Person(BEN)),
        (held(), Recipient::Team(TeamId(2))),
    ] {
        check(&desk, passes_on(ANA, MIRA, to), "refused: NotThere");
    }
    let to = Recipient::Person(ANA);
    check(&held(), passes_on(BEN, MIRA, to), "refused: NotYours");
}

#[test]
fn whoever_takes_it_has_it_whomever_it_was_for() {
    let desk = play(held(), [passes_on(ANA, MIRA, Recipient::Person(BEN))]);
    check(
        &desk,
        takes(ANA, MIRA),
        "Mira: taken by Ana => Mira: Ana No. 1 of 1 s",
    );
    check(
        &desk,
        takes(BEN, MIRA),
        "Mira: taken by Ben => Mira: Ben No. 1 of 1 s",
    );
}
