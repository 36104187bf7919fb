//! Connections that are slow, silent, or told to come back.

use std::time::Duration;

use human_please::socket::Patience;
use human_please::store::{Page, SqliteStore, Store};
use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::{Door, Heard};
use human_please_tests::store::Hand;
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, CloseCode, CommandId, ConversationId, EventKind, HistoryPage, Seq, VisitorCommand,
};

/// A server that waits for a reader who has stopped for longer than any story takes.
fn patient_writer() -> Setup {
    let patience = Patience {
        write: Duration::from_secs(600),
        ..Patience::default()
    };
    Setup {
        patience,
        ..Setup::default()
    }
}

/// R11, S7: more than a connection may hold is waiting for a client that does not read.
#[tokio::test]
async fn a_slow_reader_is_closed_and_catches_up_and_the_others_hear_everything_at_once() {
    let server = Server::start(patient_writer()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Tell me everything").await;
    let conversation = visitor.welcome.conversation;
    let mut door = server.door();
    door.receive_buffer = Some(4 * 1024);
    let mut slow = Visitor::load(&door, &visitor.token).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    let last = write_much(&mut ana, &mut visitor).await;
    // Now it reads: what had been sent before, and why there is no more.
    assert_eq!(slow.until_closed().await, Some(CloseCode::Slow.number()));
    assert!(
        slow.log.last() < last,
        "it had missed something: {}",
        slow.log.last()
    );

    let (token, log) = (slow.token.clone(), slow.log.clone());
    let seen = log.last();
    let mut back = Visitor::load(&server.door(), &token).await;
    while back.log.events()[0].seq > seen.next() {
        let page = back.history(back.log.events()[0].seq).await;
        back.log.read(page);
    }
    back.log.read(HistoryPage {
        events: log.events().to_vec(),
        earlier: false,
    });
    assert_eq!(back.log, visitor.log);
}

/// Writes more than the kernel's buffers and the server's can hold for one connection, while the visitor reads. Gives the
/// last event.
async fn write_much(agent: &mut Agent, visitor: &mut Visitor) -> Seq {
    let conversation = visitor.welcome.conversation;
    // 32 kB each.
    let text = "💬".repeat(8_000);
    let mut last = Seq(0);
    for _ in 0..20 {
        let ids = [(); 10].map(|()| new_id());
        for id in ids {
            let text = text.clone();
            agent
                .send(
                    id,
                    AgentCommand::Reply {
                        replies: vec![],
                        conversation,
                        text,
                    },
                )
                .await;
        }
        for id in ids {
            let ack = agent.answer(id).await.expect("the reply is taken");
            last = ack.seq.expect("it is an event");
        }
        visitor.until_seq(last).await;
    }
    last
}

/// A page of long messages stops early, so that it fits into the connection's bounds.
#[tokio::test]
async fn a_page_of_long_messages_is_shorter() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let text = "é".repeat(8_000);
    for _ in 0..8 {
        visitor.say(&text).await;
    }
    let fresh = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(
        fresh.log.events().len(),
        5,
        "16 kB each: the fifth passes 64 KiB"
    );
    assert_eq!(fresh.log.last(), visitor.log.last());
    assert!(fresh.welcome.history.earlier);
}

/// S7: characters that JSON writes as six bytes each. Nobody may keep an agent from reading a conversation by them.
#[tokio::test]
async fn a_page_of_characters_that_grow_on_the_wire_is_shorter() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let text = "\u{1}".repeat(8_000);
    for _ in 0..10 {
        visitor.say(&text).await;
    }
    let mut ana = server.agent_on_duty("Ana").await;
    let conversation = visitor.welcome.conversation;
    ana.open(conversation).await;
    ana.take(conversation).await;
    let taken = ana.logs[&conversation].last();
    visitor.until_seq(taken).await;
    let fresh = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(fresh.log.last(), taken);
    assert_eq!(
        fresh.log.messages().len(),
        2,
        "48 kB each on the wire: the second passes 64 KiB"
    );
}

fn impatient() -> Setup {
    let patience = Patience {
        heartbeat: Duration::from_secs(2),
        ..Patience::default()
    };
    Setup {
        patience,
        ..Setup::default()
    }
}

/// R11: who falls silent is taken for dead after two heartbeats; who pings is not.
#[tokio::test]
async fn a_silent_connection_is_closed_and_one_that_pings_is_kept() {
    let server = Server::start(impatient()).await;
    let mut silent = server.visitor().await;
    assert_eq!(silent.welcome.heartbeat_ms, 2_000);
    let mut alive = server.visitor().await;
    let closing = silent.until_closed();
    tokio::pin!(closing);
    let code = loop {
        tokio::select! {
            code = &mut closing => break code,
            () = alive.settle() => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    };
    assert_eq!(code, Some(CloseCode::Silent.number()));
    alive.say("I am here").await;
}

/// An agent who falls silent has vanished, too, though the connection was never cut.
#[tokio::test]
async fn a_silent_agent_loses_the_conversation_to_the_queue() {
    let server = Server::start(Setup {
        lease: Duration::from_millis(100),
        ..impatient()
    })
    .await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    ana.take(visitor.welcome.conversation).await;
    let returned = async {
        while !visitor
            .log
            .events()
            .iter()
            .any(|event| matches!(event.kind, EventKind::Returned { .. }))
        {
            visitor.settle().await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    human_please_tests::socket::soon("the conversation to be returned", returned).await;
    assert_eq!(ana.until_closed().await, Some(CloseCode::Silent.number()));
}

/// R7: a server that stops tells everybody to come back, and has kept what it acked.
#[tokio::test]
async fn a_stopping_server_says_so_and_keeps_what_it_has_acked() {
    const VISITORS: usize = 40;
    let mut server = Server::start(Setup::default()).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut busy = vec![];
    for _ in 0..VISITORS {
        let mut visitor = server.visitor().await;
        visitor.say("Hello").await;
        busy.push(tokio::spawn(write_until_closed(visitor)));
    }
    ana.settle().await;
    server.begin_to_stop();
    let mut acked: Vec<(ConversationId, Vec<CommandId>, Vec<CommandId>)> = vec![];
    for visitor in busy {
        let (code, conversation, sent, done) = visitor.await.unwrap();
        assert_eq!(code, Some(CloseCode::Restart.number()));
        acked.push((conversation, sent, done));
    }
    assert_eq!(ana.until_closed().await, Some(CloseCode::Restart.number()));
    let place = server.stop().await;

    let store = SqliteStore::open(&place.database()).await.unwrap();
    for (conversation, sent, acked) in acked {
        let kept = store
            .history(conversation, Page::After(Seq(0)))
            .await
            .unwrap();
        let ids: Vec<CommandId> = kept
            .events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Message(message) => Some(message.id),
                _ => None,
            })
            .collect();
        assert_eq!(
            ids[1..],
            sent[..ids.len() - 1],
            "in the order in which they were sent, each once"
        );
        assert!(
            acked.len() < ids.len(),
            "everything that was acked: {} of {}",
            acked.len(),
            ids.len() - 1
        );
    }
    store.close().await;
}

type Written = (Option<u16>, ConversationId, Vec<CommandId>, Vec<CommandId>);

/// Writes without a pause until the connection ends. Gives what was sent and what of it was acked.
async fn write_until_closed(mut visitor: Visitor) -> Written {
    let (mut sent, mut acked) = (vec![], vec![]);
    let code = loop {
        // Fewer than the burst that is allowed, so that nothing is refused for being too fast.
        if sent.len() < 50 {
            let id = new_id();
            let text = format!("Message {}", sent.len());
            visitor.send(id, VisitorCommand::Say { text }).await;
            sent.push(id);
        }
        match visitor.socket.hear("an answer").await {
            Heard::Closed(code) => break code,
            Heard::Text(text) => {
                if let Ok(protocol::VisitorFrame::Ack(ack)) = serde_json::from_str(&text) {
                    acked.push(ack.id);
                }
            }
        }
    };
    (code, visitor.welcome.conversation, sent, acked)
}

/// What the store has begun when the server is told to stop is finished.
#[tokio::test]
async fn a_commit_that_is_under_way_is_finished_before_the_server_ends() {
    let hand = Hand::default();
    let mut server = Server::start(Setup {
        store: hand.clone(),
        ..Setup::default()
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.say("First").await;
    hand.hold(true);
    let id = new_id();
    visitor
        .send(
            id,
            VisitorCommand::Say {
                text: "Under way".into(),
            },
        )
        .await;
    hand.until_held().await;
    server.begin_to_stop();
    assert_eq!(
        visitor.until_closed().await,
        Some(CloseCode::Restart.number())
    );
    hand.hold(false);
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut back = Visitor::resume(&server.door(), &visitor.token, visitor.log.clone()).await;
    assert_eq!(
        back.log.messages(),
        [("visitor", "First"), ("visitor", "Under way")]
    );
    // The ack was lost with the connection; the repeat gets it.
    let ack = back
        .ask(
            id,
            VisitorCommand::Say {
                text: "Under way".into(),
            },
        )
        .await
        .unwrap();
    assert_eq!(ack.seq, Some(back.log.last()));
    assert_eq!(back.log.count(id), 1);
}

/// A reader who has stopped altogether holds nothing for ever: not even the word why can be said to it.
#[tokio::test]
async fn a_reader_who_has_stopped_is_cut_off_in_the_end() {
    let patience = Patience {
        write: Duration::from_millis(300),
        ..Patience::default()
    };
    let server = Server::start(Setup {
        patience,
        ..Setup::default()
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let mut door = server.door();
    door.receive_buffer = Some(4 * 1024);
    let mut stopped = Visitor::load(&door, &visitor.token).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    write_much(&mut ana, &mut visitor).await;
    // Once it reads again, it can be told why; so it does not before the server has given it up.
    server.until_connections_are(2).await;
    assert_eq!(
        stopped.until_closed().await,
        None,
        "cut off, in the middle of what it had not read"
    );
    visitor.say("And I am still here").await;
}

/// A flood of presses, which have no limit, holds up no lease.
#[tokio::test]
async fn under_a_flood_a_vanished_agents_conversation_comes_back_all_the_same() {
    let server = Server::start(Setup {
        lease: Duration::from_millis(100),
        ..Setup::default()
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    let flooders = [flood(server.visitor().await), flood(server.visitor().await)];
    ana.socket.cut();
    visitor
        .until_event("the conversation to be returned", |kind| {
            matches!(kind, EventKind::Returned { .. })
        })
        .await;
    drop(flooders);
}

/// Presses the button without a pause. Dropped, it stops.
fn flood(mut visitor: Visitor) -> AbortOnDrop {
    AbortOnDrop(tokio::spawn(async move {
        let mut waiting = 0;
        loop {
            // Enough is under way at any time that the server never finds the line empty.
            while waiting < 500 {
                visitor.send(new_id(), VisitorCommand::Human {}).await;
                waiting += 1;
            }
            match visitor.socket.hear("an ack").await {
                Heard::Text(_) => waiting -= 1,
                Heard::Closed(code) => return code,
            }
        }
    }))
}

/// A task that ends with its story.
struct AbortOnDrop(tokio::task::JoinHandle<Option<u16>>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A client that never stops writing does not keep the server from stopping.
#[tokio::test]
async fn a_client_that_never_pauses_is_told_to_come_back_all_the_same() {
    let mut server = Server::start(Setup::default()).await;
    let visitor = server.visitor().await;
    let mut flooding = flood(visitor);
    let mut other = server.visitor().await;
    other.say("The flood has begun").await;
    server.begin_to_stop();
    assert_eq!(
        (&mut flooding.0).await.unwrap(),
        Some(CloseCode::Restart.number())
    );
    assert_eq!(
        other.until_closed().await,
        Some(CloseCode::Restart.number())
    );
    server.stop().await;
}

/// The agents' socket obeys the same bounds.
#[tokio::test]
async fn a_slow_agent_is_closed_and_sees_everything_when_back() {
    let server = Server::start(patient_writer()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut door = Door::agent(server.address, &server.session("Ana").await);
    door.receive_buffer = Some(4 * 1024);
    let mut slow = Agent::come(&door).await;
    slow.go_on_duty().await;
    slow.take(conversation).await;
    let mut quick = server.agent("Ana").await;
    let last = write_much(&mut quick, &mut visitor).await;
    assert_eq!(slow.until_closed().await, Some(CloseCode::Slow.number()));
    let mut back = server.agent("Ana").await;
    assert_eq!(
        back.welcome.me.load, 1,
        "she never vanished: another device was there"
    );
    back.open(conversation).await;
    assert_eq!(back.logs[&conversation].last(), last);
}
