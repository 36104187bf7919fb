//! A10, L6, L8, L9, R10: however long anything takes, nothing ends by itself, and nothing is thrown away.

use std::time::Duration;

use human_please_tests::bot;
use human_please_tests::clock::HandClock;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{Answering, Timestamp};

const HOUR_MS: i64 = 3_600_000;

/// Four conversations, one with each holder there is, left alone for a month with a restart in every week.
#[tokio::test]
async fn a_month_of_silence_ends_no_wait_no_conversation_and_no_record() {
    let clock = HandClock::at(Timestamp(1_795_420_800_000));
    let setup = Setup {
        clock: clock.clock(),
        lease: Duration::from_secs(600),
        ..Setup::with_bot(bot::echoing())
    };
    let mut server = Server::start(setup.clone()).await;
    let mut visitors = vec![];
    for name in ["with the assistant", "in line", "with Ana", "solved"] {
        let mut visitor = server.visitor().await;
        visitor.say(name).await;
        visitors.push(visitor);
    }
    for visitor in &mut visitors[1..] {
        visitor.human().await;
    }
    let mut ana = server.agent_on_duty("Ana").await;
    for held in [2, 3] {
        ana.take(visitors[held].welcome.conversation).await;
        ana.reply(visitors[held].welcome.conversation, "Hello")
            .await;
    }
    ana.resolve(visitors[3].welcome.conversation).await;
    let mut known = vec![];
    for (index, visitor) in visitors.iter_mut().enumerate() {
        let says = |answering: &Answering| match (index, answering) {
            (0, Answering::Bot {}) | (2, Answering::Agent { .. }) => true,
            (1, Answering::Queue { position, .. }) => *position == 1,
            (3, Answering::Nobody { last }) => last.as_deref() == Some("Ana"),
            _ => false,
        };
        visitor.until_answering("their holder", says).await;
        visitor.settle().await;
        known.push((
            visitor.token.clone(),
            visitor.log.clone(),
            visitor.state.clone(),
        ));
    }
    drop((visitors, ana));
    let mut now = clock.clock()().0;
    // L6: four hours in line; then weeks.
    for hours in [4, 24 * 7, 24 * 7, 24 * 7, 24 * 7] {
        now += hours * HOUR_MS;
        clock.set(Timestamp(now));
        let place = server.stop().await;
        server = Server::start_at(place, setup.clone()).await;
        let _ana = server.agent("Ana").await;
        for (token, log, state) in &known {
            let visitor = Visitor::load(&server.door(), token).await;
            assert_eq!(
                (&visitor.log, &visitor.state),
                (log, state),
                "{hours} hours later"
            );
        }
    }
}
