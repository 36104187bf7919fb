//! L2, G1, G6: nobody is on duty, or the shop is closed. A request is taken all the same, gets its number, and is told the
//! truth about when people come.

use human_please_tests::answers::new_id;
use human_please_tests::clock::HandClock;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{Answering, CaseHolder, Opening, Receipt, RefusalCode, Timestamp, VisitorCommand};

/// 2026-11-22 20:00 in Madrid, a Sunday evening.
const SUNDAY_EVENING: Timestamp = Timestamp(1_795_374_000_000);

/// 2026-11-23 09:00 in Madrid.
const MONDAY_MORNING: Timestamp = Timestamp(1_795_420_800_000);

/// 2026-11-23 18:00 in Madrid.
const MONDAY_EVENING: Timestamp = Timestamp(1_795_453_200_000);

fn closed_until(until: Timestamp) -> Option<Opening> {
    Some(Opening {
        open: false,
        until: Some(until),
    })
}

/// L2, L6: the request waits through the night, and keeps its number, time and place.
#[tokio::test]
async fn outside_the_hours_a_request_is_taken_and_told_when_people_are_next_here() {
    let clock = HandClock::at(SUNDAY_EVENING);
    let setup = Setup {
        clock: clock.clock(),
        ..Setup::default()
    };
    let server = Server::start(setup.clone()).await;
    let mut early = server.visitor().await;
    assert_eq!(early.state.opening, None, "the shop states no hours");
    server.open_on_weekdays().await;
    // Whoever is there hears of it, asked or not.
    early
        .until("the hours", |it| {
            it.state
                .opening
                .map(|opening| assert_eq!(Some(opening), closed_until(MONDAY_MORNING)))
        })
        .await;

    let mut visitor = server.visitor().await;
    let ack = visitor.human().await;
    assert_eq!(ack.receipt, Some(Receipt(1)));
    visitor.settle().await;
    let state = visitor.state.clone();
    assert_eq!(
        state.answering,
        Answering::Queue {
            position: 1,
            on_duty: 0
        }
    );
    assert_eq!(state.opening, closed_until(MONDAY_MORNING));
    assert_eq!(state.waiting.unwrap().estimate, None, "nobody can tell");

    // A restart in the night changes nothing.
    let place = server.stop().await;
    let server = Server::start_at(place, setup).await;
    // The harness sets its sites as it always does.
    server.open_on_weekdays().await;
    let mut visitor = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(visitor.state, state);

    clock.set(MONDAY_MORNING);
    let open = Opening {
        open: true,
        until: Some(MONDAY_EVENING),
    };
    visitor
        .until("the morning", |it| {
            (it.state.opening == Some(open)).then_some(())
        })
        .await;
    assert_eq!(
        visitor.state.waiting, state.waiting,
        "the same request, the same time"
    );
    let mut ana = server.agent_on_duty("Ana").await;
    let case = ana.cases[&visitor.welcome.conversation].clone();
    assert_eq!(
        (case.receipt, case.since),
        (Some(Receipt(1)), Some(SUNDAY_EVENING))
    );
    ana.take(visitor.welcome.conversation).await;

    // R10: a clock that is turned back opens nothing and closes nothing for good.
    clock.set(SUNDAY_EVENING);
    visitor
        .until("Sunday again", |it| {
            (it.state.opening == closed_until(MONDAY_MORNING)).then_some(())
        })
        .await;
}

/// G4, P7: an address is an offer. It is kept, shown to those who may read the conversation, and taken back at will.
#[tokio::test]
async fn an_address_that_is_left_reaches_the_agents_and_survives_everything() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let contact = |email: &str| VisitorCommand::Contact {
        email: email.into(),
    };
    let refused = visitor.ask(new_id(), contact("me@mail.example")).await;
    assert_eq!(
        refused.unwrap_err().code,
        RefusalCode::NoSuchConversation,
        "there is nobody to write to before anything was said"
    );
    visitor.human().await;
    for bad in [
        "me",
        "me@mail.example\nBcc: all@mail.example",
        "4111111111111111@mail.example",
    ] {
        let refused = visitor.ask(new_id(), contact(bad)).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.retry),
            (RefusalCode::BadEmail, false),
            "{bad}"
        );
    }
    assert_eq!(visitor.state.contact, None);

    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    let id = new_id();
    let ack = visitor.ask(id, contact(" me@mail.example ")).await.unwrap();
    assert_eq!((ack.seq, ack.receipt), (None, None));
    for told in [&mut visitor, &mut tab] {
        told.until("the address", |it| {
            it.state
                .contact
                .clone()
                .map(|kept| assert_eq!(kept, "me@mail.example"))
        })
        .await;
    }
    // Sent again, it is true already.
    visitor.ask(id, contact(" me@mail.example ")).await.unwrap();

    let place = server.stop().await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut visitor = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(visitor.state.contact.as_deref(), Some("me@mail.example"));
    let mut ana = server.agent_on_duty("Ana").await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    let conversation = visitor.welcome.conversation;
    assert_eq!(
        ana.cases[&conversation].contact.as_deref(),
        Some("me@mail.example")
    );
    ana.take(conversation).await;
    cleo.until("that Ana has it", |it| {
        let case = it.cases.get(&conversation)?;
        matches!(case.holder, CaseHolder::Other { .. }).then(|| case.clone())
    })
    .await;
    assert_eq!(
        cleo.cases[&conversation].contact, None,
        "it is Ana's to read"
    );

    visitor.ask(new_id(), contact("")).await.unwrap();
    visitor
        .until("that it is gone", |it| {
            it.state.contact.is_none().then_some(())
        })
        .await;
}
