//! What agents may do, how much they hold, and what becomes of it when they go.

use super::*;

#[test]
fn of_two_agents_who_take_it_one_wins() {
    let desk = after([asks(MIRA), takes(BEN, MIRA)]);
    check(&desk, takes(ANA, MIRA), "refused: HeldByAnother");
    check(&desk, takes(BEN, MIRA), "nothing");
}

#[test]
fn an_agent_off_duty_takes_nothing() {
    let desk = after([asks(MIRA), goes_off_duty(ANA)]);
    check(&desk, takes(ANA, MIRA), "refused: OffDuty");
    check(
        &play(desk, [goes_on_duty(ANA)]),
        takes(ANA, MIRA),
        "Mira: taken by Ana => Mira: Ana No. 1 of 1 s",
    );
}

#[test]
fn an_agent_takes_whom_they_want_out_of_the_line() {
    let desk = after([asks(MIRA), asks(NOAH)]);
    check(
        &desk,
        takes(ANA, NOAH),
        "Noah: taken by Ana => Mira: queue No. 1 of 1 s; Noah: Ana No. 2 of 2 s",
    );
}

#[test]
fn an_agent_of_another_site_is_unknown_here() {
    let desk = after([asks(MIRA)]);
    for command in [
        takes(ZOE, MIRA),
        replies(ZOE, MIRA),
        resolves(ZOE, MIRA),
        transfers(ZOE, MIRA),
        goes_on_duty(ZOE),
        goes_off_duty(ZOE),
        vanishes(ZOE),
    ] {
        check(&desk, command, "refused: NoSuchAgent");
    }
}

#[test]
fn an_agent_may_read_what_waits_and_what_they_hold_and_a_lead_everything() {
    let readers = |story: &[Command]| {
        let desk = after(story.iter().cloned());
        let may_read = |agent: &AgentId| desk.readable_by(*agent, MIRA).is_some();
        [ANA, BEN, ZOE]
            .into_iter()
            .filter(may_read)
            .collect::<Vec<_>>()
    };
    assert_eq!(readers(&[]), []);
    assert_eq!(readers(&[says(MIRA)]), [BEN], "a lead");
    assert_eq!(readers(&[asks(MIRA)]), [ANA, BEN]);
    assert_eq!(readers(&[asks(MIRA), goes_off_duty(ANA)]), [ANA, BEN]);
    assert_eq!(readers(&[asks(MIRA), takes(BEN, MIRA)]), [BEN]);
    let solved = [asks(MIRA), takes(ANA, MIRA), resolves(ANA, MIRA)];
    assert_eq!(readers(&solved), [BEN]);
    assert_eq!(after([]).readable_by(ANA, ConversationId(99)), None);
}

#[test]
fn the_load_is_what_an_agent_holds() {
    let loads = |desk: &Desk| {
        let agents = desk.roster().agents();
        agents.map(|(_, agent)| agent.load).collect::<Vec<_>>()
    };
    let desk = after([asks(MIRA), asks(NOAH)]);
    assert_eq!(loads(&desk), [0, 0]);
    let desk = play(desk, [takes(ANA, MIRA), takes(ANA, NOAH)]);
    assert_eq!(loads(&desk), [2, 0]);
    let desk = play(desk, [transfers(ANA, MIRA), takes(BEN, MIRA)]);
    assert_eq!(loads(&desk), [1, 1]);
    let desk = play(desk, [resolves(BEN, MIRA)]);
    assert_eq!(loads(&desk), [1, 0]);
    let desk = play(desk, [says(MIRA)]);
    assert_eq!(loads(&desk), [1, 1], "reopened to Ben");
    let desk = play(desk, [vanishes(BEN), vanishes(ANA)]);
    assert_eq!(loads(&desk), [0, 0]);
}

#[test]
fn the_roster_tells_how_many_are_on_duty() {
    let desk = after([]);
    assert_eq!(desk.roster().on_duty(), 2);
    let desk = play(desk, [goes_off_duty(ANA)]);
    assert_eq!(desk.roster().on_duty(), 1);
    let desk = play(desk, [vanishes(BEN)]);
    assert_eq!(desk.roster().on_duty(), 0);
}

#[test]
fn everything_that_a_vanished_agent_held_goes_back_to_the_queue() {
    let desk = after([
        asks(MIRA),
        asks(NOAH),
        takes(ANA, NOAH),
        takes(ANA, MIRA),
        goes_off_duty(BEN),
    ]);
    check(
        &desk,
        vanishes(ANA),
        "Mira: Ana vanished; Noah: Ana vanished; Ana off duty \
         => Mira: queue No. 1 of 1 s goes first; Noah: queue No. 2 of 2 s goes first; \
         line: Mira Noah; Ana off duty; Ben off duty",
    );
}

#[test]
fn what_was_reopened_to_an_agent_who_vanishes_goes_back_too() {
    let desk = after([
        asks(MIRA),
        takes(ANA, MIRA),
        resolves(ANA, MIRA),
        says(MIRA),
    ]);
    check(
        &desk,
        vanishes(ANA),
        "Mira: Ana vanished; Ana off duty \
         => Mira: queue No. 2 of 4 s goes first, 1 unanswered; Ana off duty",
    );
}

#[test]
fn what_somebody_holds_who_is_no_agent_any_more_goes_back_too() {
    // The store can hold a claim of an agent who was removed since: somebody waits, and nobody would come.
    let mut desk = Desk::new(true, Receipt(2));
    let held = after([asks(MIRA), takes(ANA, MIRA)]);
    desk.remember(MIRA, held.conversation(MIRA).unwrap().clone());
    desk.employ(BEN, on_duty("Ben", Role::Lead));
    check(
        &desk,
        vanishes(ANA),
        "Mira: somebody vanished => Mira: queue No. 1 of 1 s goes first",
    );
}

#[test]
fn the_name_in_the_log_is_the_name_at_that_time() {
    let mut desk = after([asks(MIRA), takes(ANA, MIRA)]);
    desk.employ(ANA, on_duty("Ana María", Role::Agent));
    let changes = decide(&desk, transfers(ANA, MIRA), Timestamp(9_000)).unwrap();
    assert_eq!(
        text::changes(&changes),
        "Mira: transferred by Ana María; Mira: passed by Ana"
    );
}
