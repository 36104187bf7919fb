//! The whole story of one conversation, over real sockets.

use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Answering, Author, CaseHolder, EARLIER_PAGE_EVENTS, EventKind,
    HISTORY_PAGE_EVENTS, Receipt, RequestVia, Seq, Typing, VisitorCommand,
};

/// G4, G5, G6, R2, R4, L3, L4.
#[tokio::test]
async fn a_visitor_goes_from_the_bot_to_a_person_and_back_to_that_person() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    assert_eq!(visitor.state.answering, Answering::Bot {});
    assert_eq!(visitor.state.waiting, None);
    let conversation = visitor.welcome.conversation;

    visitor.say("Is my order on its way?").await;
    visitor.until_event("the bot's answer", is_by_bot).await;

    let asked = visitor.human().await;
    assert_eq!(asked.receipt, Some(Receipt(1)));
    let state = visitor.until_answering("the queue", in_queue).await;
    assert_eq!(
        state.answering,
        Answering::Queue {
            position: 1,
            on_duty: 0
        }
    );
    let waiting = state.waiting.unwrap();
    assert_eq!(waiting.receipt, Receipt(1));
    assert_eq!(waiting.since, asked.at, "the wait counts from the press");

    let mut ana = server.agent_on_duty("Ana").await;
    visitor
        .until_answering("somebody on duty", |answering| {
            *answering
                == Answering::Queue {
                    position: 1,
                    on_duty: 1,
                }
        })
        .await;
    let case = ana.until_waiting(conversation).await;
    assert_eq!(case.receipt, Some(Receipt(1)));
    assert_eq!(case.since, Some(asked.at));
    assert_eq!(case.preview, "Is my order on its way?");
    ana.open(conversation).await;
    ana.take(conversation).await;
    ana.until_case(conversation, "her own case", |case| {
        case.holder == CaseHolder::Me {}
    })
    .await;
    let state = visitor.until_answering("a person", by_person).await;
    assert_eq!(
        state.answering,
        Answering::Agent {
            name: "Ana".into(),
            lead: false
        }
    );
    assert_eq!(
        state.waiting,
        Some(waiting),
        "the request stays open until it is solved"
    );

    let by_ana = Typing {
        author: Author::Agent { name: "Ana".into() },
        on: true,
    };
    ana.send(
        new_id(),
        AgentCommand::Typing {
            conversation,
            on: true,
        },
    )
    .await;
    visitor
        .until("Ana to be writing", |this| {
            this.typing.contains(&by_ana).then_some(())
        })
        .await;
    ana.reply(conversation, "Hello! It left this morning.")
        .await;
    visitor
        .until_event("Ana's words", |kind| {
            says(kind, "Hello! It left this morning.")
        })
        .await;

    visitor
        .send(new_id(), VisitorCommand::Typing { on: true })
        .await;
    let heard = ana
        .until("the visitor to be writing", |this| {
            this.typing.last().cloned()
        })
        .await;
    assert_eq!(
        heard,
        (
            conversation,
            Typing {
                author: Author::Visitor {},
                on: true
            }
        )
    );
    visitor.say("Thank you").await;
    ana.until_event(conversation, "the visitor's thanks", |kind| {
        says(kind, "Thank you")
    })
    .await;

    ana.resolve(conversation).await;
    let state = visitor.until_answering("the end", by_nobody).await;
    assert_eq!(
        state.answering,
        Answering::Nobody {
            last: Some("Ana".into())
        }
    );
    assert_eq!(state.waiting, None);

    // A new question goes to Ana again, and not to the bot.
    visitor.say("One more thing").await;
    let state = visitor.until_answering("Ana again", by_person).await;
    assert_eq!(state.waiting.unwrap().receipt, Receipt(2));
    ana.until_event(conversation, "one more thing", |kind| {
        says(kind, "One more thing")
    })
    .await;
    ana.reply(conversation, "Yes?").await;
    visitor
        .until_event("Ana's answer", |kind| says(kind, "Yes?"))
        .await;

    assert_eq!(
        visitor.log.messages(),
        [
            ("visitor", "Is my order on its way?"),
            ("bot", "You said: Is my order on its way?"),
            ("Ana", "Hello! It left this morning."),
            ("visitor", "Thank you"),
            ("visitor", "One more thing"),
            ("Ana", "Yes?"),
        ]
    );
    let what_happened: Vec<&EventKind> = visitor
        .log
        .events()
        .iter()
        .map(|event| &event.kind)
        .filter(|kind| !matches!(kind, EventKind::Message(_)))
        .collect();
    assert_eq!(
        what_happened,
        [
            &EventKind::HumanRequested {
                receipt: Receipt(1),
                via: RequestVia::Button
            },
            &EventKind::Taken {
                agent: "Ana".into(),
                lead: false,
            },
            &EventKind::Resolved {
                agent: "Ana".into()
            },
            &EventKind::Reopened {
                agent: Some("Ana".into())
            },
            &EventKind::HumanRequested {
                receipt: Receipt(2),
                via: RequestVia::Reopen
            },
        ]
    );

    // Everybody has the same log, and so has whoever comes anew.
    ana.settle().await;
    assert_eq!(ana.logs[&conversation], visitor.log);
    let fresh = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(fresh.log, visitor.log);
    assert_eq!(fresh.state, visitor.state);
    assert_eq!(fresh.welcome.conversation, conversation);
    assert_eq!(fresh.welcome.token, None, "a token is told once");
}

/// G1, L1: one press, wherever the conversation is.
#[tokio::test]
async fn one_press_reaches_the_queue_from_every_state() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut ana = server.agent_on_duty("Ana").await;

    // Before a word was said.
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    visitor.human().await;
    visitor.until_answering("the queue", in_queue).await;

    // While waiting: the same request.
    assert_eq!(visitor.human().await.receipt, Some(Receipt(1)));

    // After having left the line.
    visitor.leave().await;
    visitor
        .until_answering("the bot", |answering| *answering == Answering::Bot {})
        .await;
    assert_eq!(visitor.human().await.receipt, Some(Receipt(2)));
    visitor.until_answering("the queue", in_queue).await;

    // With a person: they are there already.
    ana.take(conversation).await;
    visitor.until_answering("a person", by_person).await;
    assert_eq!(visitor.human().await.receipt, Some(Receipt(2)));

    // After the end.
    ana.resolve(conversation).await;
    visitor.until_answering("the end", by_nobody).await;
    assert_eq!(visitor.human().await.receipt, Some(Receipt(3)));
    visitor.until_answering("the queue", in_queue).await;
    ana.until_waiting(conversation).await;
}

/// R4: at every place where a connection can be lost.
#[tokio::test]
async fn resuming_from_any_place_equals_a_fresh_load() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    visitor.say("Hello").await;
    visitor.until_event("the bot's answer", is_by_bot).await;
    visitor.human().await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    ana.reply(conversation, "Hello, Ana here").await;
    ana.must(AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    })
    .await;
    ana.take(conversation).await;
    let last = ana.resolve(conversation).await.seq.unwrap();
    visitor.until_seq(last).await;

    let fresh = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(fresh.log.events().len() as u64, last.0);
    for seen in 0..=fresh.log.events().len() {
        let mut log = human_please_tests::log::Log::default();
        for event in &fresh.log.events()[..seen] {
            log.hear(event.clone());
        }
        let resumed = Visitor::resume(&server.door(), &visitor.token, log).await;
        assert_eq!(resumed.log, fresh.log, "resumed after event {seen}");
        assert_eq!(resumed.state, fresh.state, "resumed after event {seen}");
        assert_eq!(resumed.welcome.epoch, fresh.welcome.epoch);
        assert_eq!(
            resumed.welcome.history.events.len(),
            fresh.log.events().len() - seen
        );
    }
}

/// R4: a gap that is longer than a page is closed from the history.
#[tokio::test]
async fn a_long_absence_is_caught_up_page_by_page() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    visitor.say("Hello").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    let ids: Vec<_> = (0..450).map(|_| new_id()).collect();
    for (number, id) in ids.iter().enumerate() {
        let text = format!("Line {number}");
        ana.send(
            *id,
            AgentCommand::Reply {
                replies: vec![],
                conversation,
                text,
            },
        )
        .await;
    }
    let mut last = Seq(0);
    for id in ids {
        last = ana.answer(id).await.unwrap().seq.unwrap();
    }
    visitor.until_seq(last).await;

    let mut late = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(late.log.last(), last, "the newest page comes first");
    assert!(late.welcome.history.earlier);
    let mut pages = 1;
    loop {
        let first = late.log.events()[0].seq;
        let page = late.history(first).await;
        let earlier = page.earlier;
        late.log.read(page);
        pages += 1;
        if !earlier {
            break;
        }
    }
    // And what they said themselves, the request and who took it.
    let missing = late.log.events().len() - HISTORY_PAGE_EVENTS;
    assert_eq!(pages, 1 + missing.div_ceil(EARLIER_PAGE_EVENTS));
    assert_eq!(late.log, visitor.log);
    assert_eq!(late.history(Seq(1)).await.events, []);
}

/// R2: what is open twice shows the same.
#[tokio::test]
async fn two_tabs_agree() {
    let server = Server::start(Setup::default()).await;
    let mut left = server.visitor().await;
    left.say("From the left").await;
    let mut right = Visitor::load(&server.door(), &left.token).await;
    assert_eq!(right.welcome.conversation, left.welcome.conversation);

    // Both write at once.
    for round in 0..10 {
        let (from_left, from_right) = (new_id(), new_id());
        left.send(
            from_left,
            VisitorCommand::Say {
                text: format!("Left {round}"),
            },
        )
        .await;
        right
            .send(
                from_right,
                VisitorCommand::Say {
                    text: format!("Right {round}"),
                },
            )
            .await;
        left.answer(from_left).await.unwrap();
        right.answer(from_right).await.unwrap();
    }
    right.leave().await;
    right.human().await;
    left.settle().await;
    right.settle().await;
    left.until_seq(right.log.last()).await;
    right.until_seq(left.log.last()).await;
    assert_eq!(left.log, right.log);
    assert_eq!(left.log.messages().len(), 21);
    assert_eq!(left.state, right.state);
}

fn is_by_bot(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Message(message) if message.author == Author::Bot {})
}

fn says(kind: &EventKind, text: &str) -> bool {
    matches!(kind, EventKind::Message(message) if message.text == text)
}

fn in_queue(answering: &Answering) -> bool {
    matches!(answering, Answering::Queue { .. })
}

fn by_person(answering: &Answering) -> bool {
    matches!(answering, Answering::Agent { .. })
}

fn by_nobody(answering: &Answering) -> bool {
    matches!(answering, Answering::Nobody { .. })
}
