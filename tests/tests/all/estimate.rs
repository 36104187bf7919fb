//! L3, G6: what is said of a wait comes from what happened lately, is stored with its basis, and can be checked against
//! what came.

use std::time::Duration;

use human_please_tests::agent::Agent;
use human_please_tests::clock::HandClock;
use human_please_tests::program::Program;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{Answering, Timestamp, WaitEstimate};

const MINUTE_MS: i64 = 60_000;

/// Somebody asks, waits for so many minutes, and is taken.
async fn one_wait(
    server: &Server,
    clock: &HandClock,
    now: &mut i64,
    ana: &mut Agent,
    minutes: i64,
) {
    let mut visitor = server.visitor().await;
    visitor.human().await;
    *now += minutes * MINUTE_MS;
    clock.set(Timestamp(*now));
    ana.take(visitor.welcome.conversation).await;
}

#[tokio::test]
async fn after_nine_waits_the_next_one_is_told_what_is_usual_and_it_is_kept_to_be_checked() {
    let clock = HandClock::at(Timestamp(0));
    let setup = Setup {
        clock: clock.clock(),
        lease: Duration::from_millis(100),
        ..Setup::default()
    };
    let server = Server::start(setup.clone()).await;
    let mut now = 1_795_420_800_000;
    clock.set(Timestamp(now));

    // A wait through the night, while nobody was on duty, is no basis.
    let mut night = server.visitor().await;
    night.human().await;
    now += 600 * MINUTE_MS;
    clock.set(Timestamp(now));
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(night.welcome.conversation).await;

    let first_ends = now + MINUTE_MS;
    for minutes in 1..=8 {
        one_wait(&server, &clock, &mut now, &mut ana, minutes).await;
    }
    let mut ninth = server.visitor().await;
    ninth.human().await;
    ninth.settle().await;
    assert_eq!(
        ninth.state.waiting.unwrap().estimate,
        None,
        "too little has happened"
    );
    now += 9 * MINUTE_MS;
    clock.set(Timestamp(now));
    ana.take(ninth.welcome.conversation).await;

    let mut visitor = server.visitor().await;
    visitor.human().await;
    visitor.settle().await;
    let waiting = visitor.state.waiting;
    let usual = WaitEstimate {
        from_ms: 60_000,
        to_ms: 540_000,
    };
    assert_eq!(
        waiting.unwrap().estimate,
        Some(usual),
        "one to nine minutes"
    );

    // It stays as it was told, with somebody else's wait, a person who vanishes, and a restart.
    one_wait(&server, &clock, &mut now, &mut ana, 0).await;
    now += 30 * MINUTE_MS;
    clock.set(Timestamp(now));
    ana.take(visitor.welcome.conversation).await;
    ana.socket.cut();
    visitor
        .until_answering("the queue again", |answering| {
            matches!(answering, Answering::Queue { .. })
        })
        .await;
    assert_eq!(visitor.state.waiting, waiting);
    let place = server.stop().await;
    let server = Server::start_at(place, setup).await;
    let mut visitor = Visitor::load(&server.door(), &visitor.token).await;
    visitor
        .until_answering("the queue", |answering| {
            matches!(answering, Answering::Queue { .. })
        })
        .await;
    assert_eq!(visitor.state.waiting, waiting);

    // What was learned is learned again from the store.
    let _ben = server.agent_on_duty("Ben").await;
    let mut next = server.visitor().await;
    next.human().await;
    next.settle().await;
    assert!(next.state.waiting.unwrap().estimate.is_some());

    let site = server.service.site("shop").unwrap().id;
    let kept = server.service.store().requests(site, 100).await.unwrap();
    let asked = waiting.unwrap();
    let request = kept
        .iter()
        .find(|request| request.outlook.receipt == asked.receipt)
        .unwrap();
    let basis = request.outlook.estimate.unwrap();
    assert_eq!((basis.range, basis.waits), (usual, 9));
    assert_eq!(basis.since, Timestamp(first_ends));
    assert_eq!((request.outlook.place, request.outlook.on_duty), (1, 1));
    assert_eq!(request.requested_at, asked.since);
    assert_eq!(
        request.taken_at,
        Some(Timestamp(now)),
        "the first time it was taken"
    );

    let place = server.stop().await;
    let database = format!("sqlite:{}", place.database().display());
    let mut waits = Program::start(&["waits", "--site", "shop", "--database", &database]);
    assert!(waits.ended().await.success(), "{:?}", waits.stderr());
    let lines = waits.stdout();
    assert_eq!(lines.len(), kept.len() + 1);
    let line = lines
        .iter()
        .find(|line| line.starts_with(&format!("{},", asked.receipt)))
        .unwrap();
    assert!(
        line.contains(",60000,540000,9,") && line.trim_end().ends_with(",no"),
        "{line}"
    );
}
