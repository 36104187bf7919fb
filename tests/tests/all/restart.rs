//! What a server that is started again remembers: everything that was acked, and who waits.

use std::collections::BTreeMap;

use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::store::Hand;
use human_please_tests::visitor::Visitor;
use protocol::{Answering, Case, CaseHolder, ConversationId};

/// L6, G4, R8: nobody loses their place.
#[tokio::test]
async fn the_queue_its_numbers_and_times_and_the_holders_survive_a_restart() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitors = vec![];
    for number in 0..5 {
        let mut visitor = server.visitor().await;
        visitor.say(&format!("Question {number}")).await;
        visitor.human().await;
        visitors.push(visitor);
    }
    let mut ana = server.agent_on_duty("Ana").await;
    let held: ConversationId = visitors[2].welcome.conversation;
    ana.take(held).await;
    for (index, visitor) in visitors.iter_mut().enumerate() {
        if index == 2 {
            visitor
                .until_answering("Ana", |answering| {
                    matches!(answering, Answering::Agent { .. })
                })
                .await;
        } else {
            let position = if index < 2 { index + 1 } else { index } as u32;
            let here = Answering::Queue {
                position,
                on_duty: 1,
            };
            visitor
                .until_answering("their place", |answering| *answering == here)
                .await;
        }
        visitor.settle().await;
    }
    ana.settle().await;
    let (queue, cases) = (ana.queue(), ana.cases.clone());
    let epoch = ana.welcome.epoch;
    drop(ana);
    let known: Vec<_> = visitors
        .iter()
        .map(|visitor| {
            (
                visitor.token.clone(),
                visitor.log.clone(),
                visitor.state.clone(),
            )
        })
        .collect();
    drop(visitors);
    let place = server.stop().await;

    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let ana = server.agent("Ana").await;
    assert_eq!(ana.welcome.epoch, epoch, "it is the same history");
    assert!(ana.on_duty);
    assert_eq!(ana.welcome.me.load, 1);
    assert_eq!(ana.queue(), queue);
    let without_offers = |cases: &BTreeMap<ConversationId, Case>| {
        // Whoever starts again asks again.
        let mut cases = cases.clone();
        cases.values_mut().for_each(|case| case.offer = None);
        cases
    };
    assert_eq!(
        without_offers(&ana.cases),
        without_offers(&cases),
        "every case as it stood, unanswered messages and previews included"
    );
    assert_eq!(ana.cases[&held].holder, CaseHolder::Me {});
    for (token, log, state) in known {
        let visitor = Visitor::load(&server.door(), &token).await;
        assert_eq!(visitor.log, log);
        assert_eq!(visitor.state, state);
    }
}

/// The assistant owes an answer if the server stopped before it could give one.
#[tokio::test]
async fn a_question_that_the_bot_had_not_answered_is_answered_after_the_restart() {
    let (thinking, mut thoughts) = bot::thinking();
    let store = Hand::default();
    let setup = Setup {
        store: store.clone(),
        ..Setup::with_bot(thinking)
    };
    let server = Server::start(setup).await;
    let mut visitor = server.visitor().await;
    visitor.say("Are you open on Sunday?").await;
    thoughts.asked().await;
    let token = visitor.token.clone();
    // That the bot fails, as it does when its thoughts are gone, is not stored any more: then it would owe nothing.
    store.fail(true);
    drop((visitor, thoughts));
    let place = server.stop().await;

    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    visitor
        .until_event("the answer", |kind| {
            matches!(kind, protocol::EventKind::Message(message)
                if message.text == "You said: Are you open on Sunday?")
        })
        .await;
}

/// A new database is another history, and clients are told so.
#[tokio::test]
async fn another_database_is_another_epoch() {
    let one = Server::start(Setup::default()).await;
    let other = Server::start(Setup::default()).await;
    assert_ne!(
        one.visitor().await.welcome.epoch,
        other.visitor().await.welcome.epoch
    );
}
