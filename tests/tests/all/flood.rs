//! S6, R11, G1: too much, too fast. The flooder is told so, and the way to a person stays open.

mod address;
#[cfg(target_os = "linux")]
mod memory;

use std::time::Duration;

use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{CloseCode, Receipt, RefusalCode, VisitorCommand};

/// G1: the limits are for everything else.
#[tokio::test]
async fn the_way_to_a_person_is_never_refused_however_often_it_is_pressed() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    let mut says = vec![];
    let mut presses = vec![];
    for number in 0..300 {
        let (say, press) = (new_id(), new_id());
        visitor
            .send(
                say,
                VisitorCommand::Say {
                    text: format!("Message {number}"),
                },
            )
            .await;
        visitor.send(press, VisitorCommand::Human {}).await;
        says.push(say);
        presses.push(press);
    }
    for press in presses {
        assert_eq!(
            visitor.answer(press).await.unwrap().receipt,
            Some(Receipt(1))
        );
    }
    let mut taken = vec![];
    let mut refused = 0;
    for say in says {
        match visitor.answer(say).await {
            Ok(_) => taken.push(say),
            Err(refusal) => {
                assert_eq!(refusal.code, RefusalCode::TooFast);
                assert!(refusal.retry);
                refused += 1;
            }
        }
    }
    assert!(
        taken.len() >= 60,
        "a burst of 60 is allowed: {}",
        taken.len()
    );
    assert!(refused >= 100, "the rest is too fast: {refused}");

    // What was acked is there, once; what was refused is not.
    let mut fresh = Visitor::load(&server.door(), &visitor.token).await;
    while fresh.log.events()[0].seq.0 > 1 {
        let page = fresh.history(fresh.log.events()[0].seq).await;
        fresh.log.read(page);
    }
    for id in &taken {
        assert_eq!(fresh.log.count(*id), 1);
    }
    let by_visitor = fresh
        .log
        .messages()
        .iter()
        .filter(|(author, _)| *author == "visitor")
        .count();
    assert_eq!(by_visitor, taken.len());

    // And in a moment the visitor may write again.
    let say = VisitorCommand::Say {
        text: "Calm again".into(),
    };
    while visitor.ask(new_id(), say.clone()).await.is_err() {
        // Time is the subject here: the allowance grows with it.
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

#[tokio::test]
async fn who_heeds_no_refusal_is_closed_and_nobody_else_notices() {
    let server = Server::start(Setup::default()).await;
    let mut neighbour = server.visitor().await;
    let mut flooder = server.visitor().await;
    flooder.say("Before the flood").await;
    for _ in 0..1_500 {
        flooder.send(new_id(), VisitorCommand::Ping {}).await;
    }
    assert_eq!(
        flooder.until_closed().await,
        Some(CloseCode::Flooding.number())
    );
    neighbour.say("Is it raining?").await;
    let mut back = Visitor::load(&server.door(), &flooder.token).await;
    assert_eq!(back.log.messages(), [("visitor", "Before the flood")]);
    back.human().await;
}
