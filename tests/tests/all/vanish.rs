//! G4, R12: a person who vanishes costs nobody their place.

use std::time::Duration;

use human_please_tests::answers::new_id;
use human_please_tests::clock::HandClock;
use human_please_tests::http;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use hyper::Method;
use protocol::{AgentCommand, Answering, CaseHolder, EventKind, Receipt, ReturnReason, Timestamp};

fn short_lease() -> Setup {
    Setup {
        lease: Duration::from_millis(100),
        ..Setup::default()
    }
}

/// A lease that no story outlives.
fn long_lease() -> Setup {
    Setup {
        lease: Duration::from_secs(600),
        ..Setup::default()
    }
}

fn in_queue(answering: &Answering) -> bool {
    matches!(answering, Answering::Queue { .. })
}

#[tokio::test]
async fn a_vanished_agents_conversation_is_back_in_front_with_its_time_and_number() {
    let clock = HandClock::at(Timestamp(1_000_000));
    let server = Server::start(Setup {
        clock: clock.clock(),
        ..short_lease()
    })
    .await;
    let mut first = server.visitor().await;
    first.say("I was first").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(first.welcome.conversation).await;
    ana.reply(first.welcome.conversation, "One moment").await;
    clock.set(Timestamp(1_060_000));
    let mut second = server.visitor().await;
    second.say("I was second").await;
    let waiting = first.state.waiting.unwrap();
    assert_eq!(waiting.since, Timestamp(1_000_000));

    ana.socket.cut();
    let state = first.until_answering("the queue again", in_queue).await;
    // R10: the lease is no matter of the wall clock, which stood still.
    assert_eq!(
        state.answering,
        Answering::Queue {
            position: 1,
            on_duty: 0
        }
    );
    assert_eq!(
        state.waiting,
        Some(waiting),
        "the same request, the same time"
    );
    let told = first
        .until_event("what happened", |kind| {
            matches!(kind, EventKind::Returned { .. })
        })
        .await;
    assert_eq!(
        told.kind,
        EventKind::Returned {
            reason: ReturnReason::Vanished,
            agent: "Ana".into()
        }
    );
    second
        .until_answering("the second place", |answering| {
            *answering
                == Answering::Queue {
                    position: 2,
                    on_duty: 0,
                }
        })
        .await;

    let mut ben = server.agent_on_duty("Ben").await;
    assert_eq!(
        ben.queue(),
        [first.welcome.conversation, second.welcome.conversation]
    );
    let case = &ben.cases[&first.welcome.conversation];
    assert!(case.priority);
    assert_eq!(
        (case.receipt, case.since),
        (Some(Receipt(1)), Some(Timestamp(1_000_000)))
    );
    ben.take(first.welcome.conversation).await;

    // Who vanished is off duty, and is told so when they come back.
    let mut ana = server.agent("Ana").await;
    assert!(!ana.on_duty);
    assert_eq!(ana.welcome.me.load, 0);
    ana.settle().await;
    assert_eq!(ana.queue(), [second.welcome.conversation]);
}

#[tokio::test]
async fn an_agent_who_is_back_within_the_lease_keeps_everything() {
    let server = Server::start(long_lease()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    visitor
        .until_answering("Ana", |answering| {
            matches!(answering, Answering::Agent { .. })
        })
        .await;
    let told = visitor.states.len();
    for _ in 0..3 {
        ana.socket.cut();
        ana = server.agent("Ana").await;
        assert!(ana.on_duty);
        assert_eq!(ana.welcome.me.load, 1);
        assert_eq!(ana.cases[&conversation].holder, CaseHolder::Me {});
    }
    ana.reply(conversation, "Still here").await;
    visitor
        .until_event(
            "Ana's words",
            |kind| matches!(kind, EventKind::Message(message) if message.text == "Still here"),
        )
        .await;
    assert_eq!(visitor.states.len(), told, "the visitor noticed nothing");
}

/// One device that goes does not take the agent along.
#[tokio::test]
async fn an_agent_with_another_device_has_not_vanished() {
    let server = Server::start(short_lease()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut desk = server.agent_on_duty("Ana").await;
    let phone = server.agent("Ana").await;
    desk.take(conversation).await;
    phone.socket.cut();
    // Ben vanishes after the phone did: by the time he has, Ana's lease would have ended, too.
    let mut ben = server.agent_on_duty("Ben").await;
    let mut other = server.visitor().await;
    other.say("Hello").await;
    ben.take(other.welcome.conversation).await;
    ben.socket.cut();
    other.until_answering("the queue again", in_queue).await;
    desk.reply(conversation, "Still here").await;
    assert!(desk.on_duty);
}

/// The server was down, or started anew, when the agent went: the lease counts from the start.
#[tokio::test]
async fn an_agent_who_does_not_come_back_after_a_restart_has_vanished() {
    let server = Server::start(long_lease()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    visitor
        .until_answering("Ana", |answering| {
            matches!(answering, Answering::Agent { .. })
        })
        .await;
    let waiting = visitor.state.waiting;
    drop(ana);
    let place = server.stop().await;

    let server = Server::start_at(place, short_lease()).await;
    let mut visitor = Visitor::load(&server.door(), &visitor.token).await;
    let state = visitor.until_answering("the queue again", in_queue).await;
    assert_eq!(state.waiting, waiting);
}

/// Somebody who was dismissed while they held a conversation: nobody else would ever see it.
#[tokio::test]
async fn what_a_removed_agent_held_comes_back_even_if_the_server_was_down_meanwhile() {
    let server = Server::start(long_lease()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    drop(ana);
    let place = server.stop().await;
    {
        use human_please::store::{SqliteStore, Store};
        let store = SqliteStore::open(&place.database()).await.unwrap();
        assert!(store.remove_agent("ana@shop.example").await.unwrap());
        store.close().await;
    }
    let server = Server::start_at(place, short_lease()).await;
    let mut visitor = Visitor::load(&server.door(), &visitor.token).await;
    visitor.until_answering("the queue again", in_queue).await;
    let mut ben = server.agent_on_duty("Ben").await;
    ben.take(visitor.welcome.conversation).await;
}

/// Clocks that jump move nobody (R10).
#[tokio::test]
async fn a_clock_that_jumps_changes_no_place_and_ends_nothing() {
    let clock = HandClock::at(Timestamp(1_000_000_000));
    let server = Server::start(Setup {
        clock: clock.clock(),
        ..long_lease()
    })
    .await;
    let mut visitors = vec![];
    for jump in [0, -86_400_000, 86_400_000, -3_600_000, 3_600_000] {
        clock.set(Timestamp(1_000_000_000 + jump));
        let mut visitor = server.visitor().await;
        visitor.say("Hello").await;
        visitors.push(visitor);
    }
    // The clock is a day before the first of them asked: nobody is shown that they have waited for less than nothing.
    clock.set(Timestamp(1_000_000_000 - 2 * 86_400_000));
    for visitor in &visitors {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let body = format!("act=check&token={}", visitor.token.0);
        let page = http::request(server.address, Method::POST, "/chat/shop", &form, &body).await;
        assert!(page.text().contains(r#"role="timer">0:00<"#), "no wait yet");
        let fresh = Visitor::load(&server.door(), &visitor.token).await;
        assert_eq!(fresh.state.waiting, visitor.state.waiting);
        let since = fresh.state.waiting.unwrap().since;
        assert_eq!(fresh.welcome.now.since_ms(since), 0);
    }
    let mut ana = server.agent_on_duty("Ana").await;
    let expected: Vec<_> = visitors
        .iter()
        .map(|visitor| visitor.welcome.conversation)
        .collect();
    assert_eq!(
        ana.queue(),
        expected,
        "who asked first is first, whatever the clock said"
    );
    ana.take(expected[0]).await;
    clock.set(Timestamp(1_000_000_000 + 365 * 86_400_000));
    ana.reply(expected[0], "A year later").await;
    ana.settle().await;
    let id = new_id();
    ana.ask(
        id,
        AgentCommand::Transfer {
            conversation: expected[0],
            to: None,
            note: None,
        },
    )
    .await
    .unwrap();
    ana.until_waiting(expected[0]).await;
    assert_eq!(ana.queue(), expected);
}
