//! Opening, staying, giving up and coming back, by a clock that is turned by hand.

use super::*;

const HEARTBEAT_MS: u32 = 20_000;

fn live(now: u64) -> (Link, Random) {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(now));
    assert_eq!(link.wake(Moment(now), &mut random), Some(LinkStep::Connect));
    link.connected(Moment(now));
    link.greeted(HEARTBEAT_MS, Moment(now));
    (link, random)
}

/// Wakes the link when it wants to be woken until it takes a step.
fn next_step(link: &mut Link, random: &mut Random) -> (u64, LinkStep) {
    loop {
        let at = link.wake_at().expect("it waits for something");
        if let Some(step) = link.wake(at, random) {
            return (at.0, step);
        }
    }
}

#[test]
fn a_silent_connection_is_asked_and_then_given_up_after_two_heartbeats() {
    let (mut link, mut random) = live(0);
    assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
    link.sent(Moment(20_000));
    assert_eq!(next_step(&mut link, &mut random), (40_000, LinkStep::Close));
    assert!(matches!(
        link.state(),
        LinkState::Reconnecting {
            since: Moment(40_000),
            next_try: Some(_)
        }
    ));
    assert_eq!(next_step(&mut link, &mut random).1, LinkStep::Connect);
}

#[test]
fn an_answered_ping_keeps_the_connection() {
    let (mut link, mut random) = live(0);
    assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
    link.sent(Moment(20_000));
    link.heard(Moment(20_050));
    assert_eq!(next_step(&mut link, &mut random), (40_000, LinkStep::Ping));
}

#[test]
fn a_client_that_only_sends_asks_too() {
    let (mut link, mut random) = live(0);
    for at in (0..20_000).step_by(1_000) {
        link.sent(Moment(at));
    }
    assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
}

#[test]
fn a_page_that_slept_asks_before_it_gives_up() {
    let (mut link, mut random) = live(0);
    assert_eq!(link.wake(Moment(39_999), &mut random), Some(LinkStep::Ping));
    assert_eq!(link.wake(Moment(39_999), &mut random), None);
    link.heard(Moment(40_100));
    assert!(link.is_live());
}

/// R4, R11: the server has given it up long ago, so nobody waits for an answer.
#[test]
fn a_page_that_slept_for_two_heartbeats_begins_anew_at_once_whatever_wakes_it() {
    for has_asked in [false, true] {
        let (mut link, mut random) = live(0);
        if has_asked {
            assert_eq!(next_step(&mut link, &mut random), (20_000, LinkStep::Ping));
            link.sent(Moment(20_000));
        }
        let mut by_view = link.clone();
        let now = Moment(120_000);
        assert_eq!(link.wake(now, &mut random), Some(LinkStep::Close));
        assert_eq!(by_view.nudge(now), Some(LinkStep::Close));
        for mut link in [link, by_view] {
            assert_eq!(link.wake(now, &mut random), Some(LinkStep::Connect));
        }
    }
}

#[test]
fn a_page_that_comes_back_into_view_asks_and_waits_only_briefly() {
    let (mut link, mut random) = live(0);
    assert_eq!(link.nudge(Moment(100)), Some(LinkStep::Ping));
    assert_eq!(link.nudge(Moment(200)), None, "it has asked already");
    assert_eq!(next_step(&mut link, &mut random), (5_100, LinkStep::Close));
    assert_eq!(link.nudge(Moment(5_200)), None);
    assert_eq!(
        link.wake(Moment(5_200), &mut random),
        Some(LinkStep::Connect),
        "it does not wait any longer"
    );
}

#[test]
fn a_connection_that_does_not_open_or_is_not_greeted_is_given_up() {
    let (mut link, mut random) = live(0);
    link.closed(None, Moment(20_000), &mut random);
    let (at, step) = next_step(&mut link, &mut random);
    assert_eq!(step, LinkStep::Connect);
    assert_eq!(
        next_step(&mut link, &mut random),
        (at + OPENING_MS, LinkStep::Close)
    );
    let (at, step) = next_step(&mut link, &mut random);
    assert_eq!(step, LinkStep::Connect);
    link.connected(Moment(at));
    assert_eq!(
        next_step(&mut link, &mut random),
        (at + OPENING_MS, LinkStep::Close)
    );
    assert!(matches!(
        link.state(),
        LinkState::Reconnecting {
            since: Moment(20_000),
            ..
        }
    ));
}

/// What each try is made by, while each fails `after_ms` later without a word.
fn tries(link: &mut Link, random: &mut Random, number: usize, after_ms: u64) -> Vec<Transport> {
    let mut tried = vec![];
    for _ in 0..number {
        let (at, step) = next_step(link, random);
        assert_eq!(step, LinkStep::Connect);
        tried.push(link.transport());
        link.closed(Some(1006), Moment(at + after_ms), random);
    }
    tried
}

use Transport::{Socket, Stream};

/// R11: a network that lets no WebSocket through costs a moment, not a wait.
#[test]
fn where_a_socket_fails_the_stream_is_tried_at_once_and_nobody_is_told_of_trouble() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    assert_eq!(tries(&mut link, &mut random, 1, 10), [Socket]);
    assert_eq!(link.state(), LinkState::Connecting { since: Moment(0) });
    assert_eq!(next_step(&mut link, &mut random), (10, LinkStep::Connect));
    assert_eq!(link.transport(), Stream);
    link.connected(Moment(10));
    link.greeted(HEARTBEAT_MS, Moment(30));
    assert_eq!(link.state(), LinkState::Live);
}

#[test]
fn a_socket_that_is_swallowed_is_given_up_for_the_stream_within_seconds() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    assert_eq!(link.state(), LinkState::Connecting { since: Moment(0) });
    assert_eq!(next_step(&mut link, &mut random), (0, LinkStep::Connect));
    assert_eq!(next_step(&mut link, &mut random), (5_000, LinkStep::Close));
    assert_eq!(
        next_step(&mut link, &mut random),
        (5_000, LinkStep::Connect)
    );
    assert_eq!(link.transport(), Stream);
    // Or it opens, and nothing else comes through.
    let mut link = Link::new(Moment(0));
    next_step(&mut link, &mut random);
    link.connected(Moment(100));
    assert_eq!(next_step(&mut link, &mut random), (10_100, LinkStep::Close));
    assert_eq!(
        next_step(&mut link, &mut random),
        (10_100, LinkStep::Connect)
    );
    assert_eq!(link.transport(), Stream);
}

#[test]
fn where_neither_comes_through_both_are_tried_in_turn_and_less_and_less() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    assert_eq!(
        tries(&mut link, &mut random, 6, 10),
        [Socket, Stream, Socket, Stream, Socket, Stream]
    );
    let LinkState::Reconnecting { next_try, .. } = link.state() else {
        panic!("it is in trouble")
    };
    assert!(next_try.unwrap() > Moment(10_000), "{next_try:?}");
}

#[test]
fn a_server_that_is_away_takes_nobody_off_what_worked_before() {
    let (mut link, mut random) = live(0);
    link.closed(None, Moment(60_000), &mut random);
    assert_eq!(
        tries(&mut link, &mut random, 8, 10),
        [
            Socket, Socket, Socket, Stream, Socket, Socket, Socket, Stream
        ]
    );
}

#[test]
fn what_came_through_is_remembered_and_the_socket_is_tried_again_after_a_while() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    tries(&mut link, &mut random, 1, 10);
    let reconnect = |link: &mut Link, random: &mut Random, lived_ms: u64| {
        let (at, step) = next_step(link, random);
        assert_eq!(step, LinkStep::Connect);
        let tried = link.transport();
        if tried == Stream {
            link.connected(Moment(at));
            link.greeted(HEARTBEAT_MS, Moment(at));
        }
        link.closed(None, Moment(at + lived_ms), random);
        tried
    };
    assert_eq!(reconnect(&mut link, &mut random, 60_000), Stream);
    assert_eq!(reconnect(&mut link, &mut random, 300_000), Stream);
    // Five minutes later it might come through. It does not, and the stream is there at once.
    assert_eq!(reconnect(&mut link, &mut random, 10), Socket);
    assert_eq!(reconnect(&mut link, &mut random, 60_000), Stream);
}

#[test]
fn a_refusal_is_an_answer_and_says_nothing_against_what_carried_it() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    for _ in 0..3 {
        let (at, step) = next_step(&mut link, &mut random);
        assert_eq!((step, link.transport()), (LinkStep::Connect, Socket));
        link.connected(Moment(at));
        link.heard(Moment(at));
        assert_eq!(link.give_up(Moment(at), &mut random), LinkStep::Close);
    }
    // So is a close code of the server's.
    for code in [CloseCode::Restart, CloseCode::Slow, CloseCode::Flooding] {
        let (at, step) = next_step(&mut link, &mut random);
        assert_eq!((step, link.transport()), (LinkStep::Connect, Socket));
        link.closed(Some(code.number()), Moment(at), &mut random);
    }
}

#[test]
fn a_proxy_that_cuts_every_socket_after_a_moment_is_got_around() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    let mut tried = vec![];
    for _ in 0..4 {
        let (at, _) = next_step(&mut link, &mut random);
        tried.push(link.transport());
        link.connected(Moment(at));
        link.greeted(HEARTBEAT_MS, Moment(at));
        link.closed(None, Moment(at + 2_000), &mut random);
    }
    assert_eq!(tried, [Socket, Socket, Socket, Stream]);
}

#[test]
fn a_server_that_greets_and_hangs_up_is_asked_less_and_less() {
    let mut random = Random::new(3);
    let mut link = Link::new(Moment(0));
    let mut now = Moment(0);
    for _ in 0..8 {
        now = link.wake_at().unwrap();
        assert_eq!(link.wake(now, &mut random), Some(LinkStep::Connect));
        link.connected(now);
        link.greeted(HEARTBEAT_MS, now);
        link.closed(Some(1006), now, &mut random);
    }
    let wait_ms = link.wake_at().unwrap().since_ms(now);
    assert!(wait_ms >= 15_000, "{wait_ms}");
}

#[test]
fn a_connection_that_has_lived_for_a_while_comes_back_quickly() {
    let (mut link, mut random) = live(0);
    for _ in 0..8 {
        link.backoff.next_ms(&mut random);
    }
    link.closed(None, Moment(SETTLED_MS), &mut random);
    let wait_ms = link.wake_at().unwrap().since_ms(Moment(SETTLED_MS));
    assert!(wait_ms <= LEAST_MS + LOST_SPREAD_MS, "{wait_ms}");
}

#[test]
fn after_a_restart_clients_come_back_spread_over_a_few_seconds() {
    let waits: Vec<u64> = (0..200)
        .map(|seed| {
            let mut link = live(0).0;
            link.closed(Some(1012), Moment(0), &mut Random::new(seed));
            link.wake_at().unwrap().0
        })
        .collect();
    assert!(waits.iter().all(|wait| (200..4_200).contains(wait)));
    assert!(waits.iter().min() < Some(&600) && waits.iter().max() > Some(&3_800));
}

#[test]
fn a_close_code_that_says_so_ends_it_and_every_other_does_not() {
    for &code in CloseCode::ALL {
        let (mut link, mut random) = live(0);
        link.closed(Some(code.number()), Moment(0), &mut random);
        if code.reconnect() {
            assert!(link.wake_at().is_some(), "{code:?}");
        } else {
            assert_eq!(link.state(), LinkState::Stopped(code));
            assert_eq!(link.wake_at(), None);
        }
    }
}
