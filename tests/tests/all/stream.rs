//! The stories of the socket, for whoever gets no WebSocket through: server-sent events one way, posts the other. The
//! same frames, the same limits, the same close codes (R1, R2, R4, R7, R11, S6, S7, S10).

mod doors;

use std::time::Duration;

use human_please::secret;
use human_please::socket::Patience;
use human_please_tests::agent::Agent;
use human_please_tests::answers::{frame, new_id};
use human_please_tests::bot;
use human_please_tests::log::Log;
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::{Door, Heard, Socket};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Answering, CloseCode, EventKind, MAX_FRAME_BYTES, RefusalCode, Refused, Seq,
    Token, VERSION, VisitorCommand,
};

/// An agent who has no WebSocket either.
async fn agent_by_stream(server: &Server, name: &str) -> Agent {
    let session = server.session(name).await;
    Agent::come(&Door::agent(server.address, &session).over_stream()).await
}

fn hello() -> String {
    let hello = VisitorCommand::Hello {
        version: VERSION,
        token: None,
        after: Seq(0),
    };
    frame(new_id(), hello)
}

fn say(text: &str) -> VisitorCommand {
    VisitorCommand::Say { text: text.into() }
}

fn in_queue(answering: &Answering) -> bool {
    matches!(answering, Answering::Queue { .. })
}

fn by_person(answering: &Answering) -> bool {
    matches!(answering, Answering::Agent { .. })
}

/// G1, G2, R2, R4: from the assistant to a person and to the end, each by a stream, and a tab with a socket hears the same.
#[tokio::test]
async fn a_whole_conversation_is_the_same_over_streams_and_over_sockets() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let door = server.door().over_stream();
    let mut visitor = Visitor::come(&door).await;
    visitor.say("Is my order on its way?").await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    visitor
        .until("the assistant's answer", |this| {
            (this.log.messages().len() == 2).then_some(())
        })
        .await;
    let asked = visitor.human().await;
    visitor.until_answering("the queue", in_queue).await;

    let mut ana = agent_by_stream(&server, "Ana").await;
    ana.go_on_duty().await;
    let conversation = visitor.welcome.conversation;
    let case = ana.until_waiting(conversation).await;
    assert_eq!((case.receipt, case.since), (asked.receipt, Some(asked.at)));
    ana.open(conversation).await;
    ana.take(conversation).await;
    ana.reply(conversation, "Hello! It left this morning.")
        .await;
    visitor.until_answering("a person", by_person).await;
    visitor
        .send(new_id(), VisitorCommand::Typing { on: true })
        .await;
    ana.until("the visitor to be writing", |this| this.typing.pop())
        .await;
    let last = visitor.say("Thank you").await;
    visitor.until_seq(last.seq.unwrap()).await;
    tab.until_seq(last.seq.unwrap()).await;
    tab.settle().await;
    visitor.settle().await;
    ana.until_event(
        conversation,
        "the thanks",
        |kind| matches!(kind, EventKind::Message(message) if message.text == "Thank you"),
    )
    .await;

    assert_eq!(
        visitor.log.messages(),
        [
            ("visitor", "Is my order on its way?"),
            ("bot", "You said: Is my order on its way?"),
            ("Ana", "Hello! It left this morning."),
            ("visitor", "Thank you"),
        ]
    );
    assert_eq!(tab.log, visitor.log);
    assert_eq!(tab.state, visitor.state);
    assert_eq!(ana.logs[&conversation], visitor.log);
}

/// R4: at every place where a stream can be lost, and whatever the client comes back by.
#[tokio::test]
async fn resuming_by_either_way_from_any_place_equals_a_fresh_load() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let stream = server.door().over_stream();
    let mut visitor = Visitor::come(&stream).await;
    visitor.say("Hello").await;
    visitor.human().await;
    let conversation = visitor.welcome.conversation;
    let mut ana = agent_by_stream(&server, "Ana").await;
    ana.go_on_duty().await;
    ana.take(conversation).await;
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
    let events = fresh.log.events();
    assert_eq!(events.len() as u64, last.0);
    for seen in 0..=events.len() {
        for door in [&stream, &server.door()] {
            let mut log = Log::default();
            for event in &events[..seen] {
                log.hear(event.clone());
            }
            let resumed = Visitor::resume(door, &visitor.token, log).await;
            assert_eq!(resumed.log, fresh.log, "resumed after event {seen}");
            assert_eq!(resumed.state, fresh.state, "resumed after event {seen}");
            let came = resumed.welcome.history.events.len();
            assert_eq!(came, events.len() - seen);
        }
    }
}

/// R1: a command that a stream lost the answer of is done once, whichever way it is sent again.
#[tokio::test]
async fn a_command_counts_once_over_any_number_of_streams_and_sockets() {
    let server = Server::start(Setup::default()).await;
    let stream = server.door().over_stream();
    let mut visitor = Visitor::come(&stream).await;
    visitor.say("First").await;
    let id = new_id();
    visitor.send(id, say("Once")).await;
    visitor.socket.cut();
    let mut acks = vec![];
    for door in [&stream, &server.door(), &stream] {
        let mut back = Visitor::load(door, &visitor.token).await;
        acks.push(back.ask(id, say("Once")).await.unwrap());
        assert_eq!(back.log.count(id), 1);
        assert_eq!(back.log.messages().len(), 2);
    }
    assert!(acks.windows(2).all(|pair| pair[0] == pair[1]), "{acks:?}");
}

/// S6: refusals are told in the stream as on the socket, and harm nobody.
#[tokio::test]
async fn what_is_wrong_with_a_frame_is_told_in_the_stream() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = Visitor::come(&server.door().over_stream()).await;
    let id = new_id();
    for (text, code, named) in [
        ("{".to_owned(), RefusalCode::Malformed, false),
        (
            format!(r#"{{"id":"{id}","command":{{"dance":{{}}}}}}"#),
            RefusalCode::UnknownCommand,
            true,
        ),
        (frame(id, say(" ")), RefusalCode::Empty, true),
        (hello(), RefusalCode::AlreadyGreeted, true),
        ("x".repeat(MAX_FRAME_BYTES), RefusalCode::Malformed, false),
    ] {
        visitor.socket.send(text).await;
        let Heard::Text(text) = visitor.socket.hear("a refusal").await else {
            panic!("the stream ended")
        };
        let protocol::VisitorFrame::Refused(refused) = serde_json::from_str(&text).unwrap() else {
            panic!("not a refusal: {text}")
        };
        assert_eq!((refused.code, refused.id.is_some()), (code, named));
    }
    let longest = "é".repeat(8_000);
    visitor.say(&longest).await;
    assert_eq!(visitor.log.messages(), [("visitor", longest.as_str())]);
}

/// S6: every reason that a socket is closed for closes a stream, under the same code.
#[tokio::test]
async fn a_stream_is_closed_for_what_a_socket_is_closed_for() {
    let patience = Patience {
        hello: Duration::from_millis(300),
        ..Patience::default()
    };
    let server = Server::start(Setup {
        patience,
        ..Setup::default()
    })
    .await;
    let door = server.door().over_stream();

    let mut rude = Socket::open(&door).await.unwrap();
    let ping = new_id();
    rude.send(frame(ping, VisitorCommand::Ping {})).await;
    let refused = Refused::new(Some(ping), RefusalCode::HelloFirst);
    let refused = serde_json::to_string(&protocol::VisitorFrame::Refused(refused)).unwrap();
    assert_eq!(rude.hear("a refusal").await, Heard::Text(refused));
    assert_eq!(rude.hear("the end").await, closed(CloseCode::NoHello));

    let mut newer = Socket::open(&door).await.unwrap();
    let id = new_id();
    newer
        .send(format!(
            r#"{{"id":"{id}","command":{{"hello":{{"version":2}}}}}}"#
        ))
        .await;
    let refusal = newer.hear("a refusal").await;
    assert!(matches!(refusal, Heard::Text(text) if text.contains("wrong_version")));
    assert_eq!(newer.hear("the end").await, closed(CloseCode::WrongVersion));

    for (frame, code) in [
        (vec![b'x'; MAX_FRAME_BYTES + 1], CloseCode::TooBig),
        (b"\xff\xfe".to_vec(), CloseCode::NotUtf8),
    ] {
        let mut visitor = Visitor::come(&door).await;
        visitor.say("Before").await;
        visitor.socket.stream().send(frame).await;
        assert_eq!(visitor.until_closed().await, Some(code.number()));
        let back = Visitor::load(&door, &visitor.token).await;
        assert_eq!(back.log.messages(), [("visitor", "Before")]);
    }

    let mut flooder = Visitor::come(&door).await;
    flooder.say("Before the flood").await;
    while flooder
        .socket
        .stream()
        .send_under_own_key(b"{".to_vec())
        .await
        == 204
    {}
    assert_eq!(
        flooder.until_closed().await,
        Some(CloseCode::Flooding.number())
    );

    let session = server.session("Ana").await;
    let mut ana = Agent::come(&Door::agent(server.address, &session).over_stream()).await;
    ana.settle().await;
    let session = secret::hash_token(&Token(session));
    server.service.store().end_session(&session).await.unwrap();
    assert_eq!(
        ana.until_closed().await,
        Some(CloseCode::SignedOut.number())
    );
}

/// R7: a stopping server says so, and ends its streams before it ends itself.
#[tokio::test]
async fn a_stopping_server_tells_its_streams_to_come_back() {
    let mut server = Server::start(Setup::default()).await;
    let mut visitor = Visitor::come(&server.door().over_stream()).await;
    visitor.say("Hello").await;
    let mut ana = agent_by_stream(&server, "Ana").await;
    server.begin_to_stop();
    for code in [visitor.until_closed().await, ana.until_closed().await] {
        assert_eq!(code, Some(CloseCode::Restart.number()));
    }
    server.stop().await;
}

/// R11, S7: a client that does not read its stream is closed as slow, and catches up.
#[tokio::test]
async fn a_stream_that_is_not_read_is_closed_as_slow_and_catches_up() {
    let patience = Patience {
        write: Duration::from_secs(600),
        ..Patience::default()
    };
    let server = Server::start(Setup {
        patience,
        ..Setup::default()
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.say("Tell me everything").await;
    let conversation = visitor.welcome.conversation;
    let mut door = server.door().over_stream();
    door.receive_buffer = Some(4 * 1024);
    let mut slow = Visitor::load(&door, &visitor.token).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    // 32 kB each, and together more than the kernel and the server hold for one connection.
    let text = "💬".repeat(8_000);
    let mut last = Seq(0);
    for _ in 0..200 {
        last = ana.reply(conversation, &text).await.seq.unwrap();
        visitor.until_seq(last).await;
    }
    assert_eq!(slow.until_closed().await, Some(CloseCode::Slow.number()));
    assert!(slow.log.last() < last, "it had missed something");
    let back = Visitor::load(&door, &visitor.token).await;
    assert_eq!(back.log.last(), last);
}

/// What waits idle is not cut by a proxy: the server says nothing now and then.
#[tokio::test]
async fn a_stream_on_which_nothing_happens_carries_signs_of_life() {
    let patience = Patience {
        heartbeat: Duration::from_millis(400),
        ..Patience::default()
    };
    let server = Server::start(Setup {
        patience,
        ..Setup::default()
    })
    .await;
    let mut visitor = Visitor::come(&server.door().over_stream()).await;
    visitor.socket.stream().until_comment().await;
    // Its own sign of life keeps it, as on a socket; without one it is taken for dead.
    visitor.settle().await;
    visitor.socket.stream().until_comment().await;
    assert_eq!(
        visitor.until_closed().await,
        Some(CloseCode::Silent.number())
    );
}

/// R12: an agent whose stream is cut has vanished like one whose socket is.
#[tokio::test]
async fn an_agent_whose_stream_is_cut_vanishes() {
    let server = Server::start(Setup {
        lease: Duration::from_millis(100),
        ..Setup::default()
    })
    .await;
    let mut ana = agent_by_stream(&server, "Ana").await;
    ana.go_on_duty().await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    ana.take(visitor.welcome.conversation).await;
    ana.socket.cut();
    visitor
        .until_event("the conversation to be returned", |kind| {
            matches!(kind, EventKind::Returned { .. })
        })
        .await;
}

fn closed(code: CloseCode) -> Heard {
    Heard::Closed(Some(code.number()))
}
