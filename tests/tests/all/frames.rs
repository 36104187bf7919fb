//! What a client sends that is wrong: a clear answer, the right close code, and nothing lost.

use std::time::Duration;

use human_please::socket::Patience;
use human_please_tests::answers::{frame, new_id};
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::{Door, Heard, Socket};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, AgentFrame, CloseCode, CommandId, MAX_FRAME_BYTES, RefusalCode, Refused, Seq,
    VERSION, VisitorCommand, VisitorFrame,
};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

#[tokio::test]
async fn every_bad_frame_is_refused_by_name_and_the_connection_stays() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let id = new_id();
    let with = |command: &str| format!(r#"{{"id":"{id}","command":{command}}}"#);
    for (text, code, named) in [
        (String::new(), RefusalCode::Malformed, false),
        ("hello".into(), RefusalCode::Malformed, false),
        ("{}".into(), RefusalCode::Malformed, false),
        (
            r#"{"id":"1","command":{"human":{}}}"#.into(),
            RefusalCode::Malformed,
            false,
        ),
        (with(r#"{"say":{"text":7}}"#), RefusalCode::Malformed, true),
        (with(r#"{"dance":{}}"#), RefusalCode::UnknownCommand, true),
        // An agent's commands mean nothing on a visitor's socket.
        (
            with(&format!(r#"{{"take":{{"conversation":"{id}"}}}}"#)),
            RefusalCode::UnknownCommand,
            true,
        ),
        (
            with(r#"{"duty":{"on":true}}"#),
            RefusalCode::UnknownCommand,
            true,
        ),
        // S4: what the server owns is no field of any command.
        (
            with(r#"{"say":{"text":"Hi","author":"agent"}}"#),
            RefusalCode::UnknownField,
            true,
        ),
        (
            with(r#"{"say":{"text":"Hi","seq":9}}"#),
            RefusalCode::UnknownField,
            true,
        ),
        (
            with(r#"{"human":{"receipt":1}}"#),
            RefusalCode::UnknownField,
            true,
        ),
        (with(r#"{"say":{"text":""}}"#), RefusalCode::Empty, true),
        (
            with(r#"{"say":{"text":" \n\t "}}"#),
            RefusalCode::Empty,
            true,
        ),
        (
            with(&format!(r#"{{"say":{{"text":"{}"}}}}"#, "é".repeat(8_001))),
            RefusalCode::TooLong,
            true,
        ),
        (
            with(r#"{"hello":{"version":1}}"#),
            RefusalCode::AlreadyGreeted,
            true,
        ),
    ] {
        visitor.socket.send(text.clone()).await;
        let expected = Refused::new(named.then_some(id), code);
        let refused = refusal(&mut visitor, named.then_some(id)).await;
        assert_eq!(refused, expected, "{text}");
        assert!(!refused.retry, "the same frame will never be right");
    }

    visitor
        .socket
        .send_message(Message::Binary(b"{}".to_vec().into()))
        .await;
    assert_eq!(
        refusal(&mut visitor, None).await,
        Refused::new(None, RefusalCode::NotText)
    );

    // The longest message that is allowed is taken.
    let longest = "é".repeat(8_000);
    visitor.say(&longest).await;
    assert_eq!(visitor.log.messages(), [("visitor", longest.as_str())]);
}

async fn refusal(visitor: &mut Visitor, id: Option<CommandId>) -> Refused {
    match id {
        Some(id) => visitor.answer(id).await.unwrap_err(),
        None => {
            visitor
                .until("a refusal", |this| this.nameless_refusals().pop())
                .await
        }
    }
}

#[tokio::test]
async fn a_visitors_command_means_nothing_on_an_agents_socket() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    for command in [
        VisitorCommand::Human {},
        VisitorCommand::Say { text: "Hi".into() },
    ] {
        let id = new_id();
        ana.socket.send(frame(id, command)).await;
        assert_eq!(
            ana.answer(id).await,
            Err(Refused::new(Some(id), RefusalCode::UnknownCommand))
        );
    }
}

#[tokio::test]
async fn nothing_is_done_before_hello() {
    let server = Server::start(Setup::default()).await;
    let mut socket = Socket::open(&server.door()).await.unwrap();
    for command in [
        VisitorCommand::Human {},
        VisitorCommand::Say { text: "Hi".into() },
        VisitorCommand::Ping {},
        VisitorCommand::History { before: Seq(9) },
    ] {
        let id = new_id();
        socket.send(frame(id, command)).await;
        assert_eq!(
            next_refusal(&mut socket).await,
            Refused::new(Some(id), RefusalCode::HelloFirst)
        );
    }
    // A wrong frame before hello is refused like any other, and hello still works.
    socket.send("{").await;
    assert_eq!(
        next_refusal(&mut socket).await,
        Refused::new(None, RefusalCode::Malformed)
    );
    socket
        .send(frame(
            new_id(),
            VisitorCommand::Hello {
                version: VERSION,
                token: None,
                after: Seq(0),
            },
        ))
        .await;
    let Heard::Text(welcome) = socket.hear("welcome").await else {
        panic!("hello is answered")
    };
    assert!(welcome.starts_with(r#"{"welcome":"#), "{welcome}");

    let mut socket = Socket::open(&Door::agent(server.address, &server.session("Ana").await))
        .await
        .unwrap();
    let id = new_id();
    socket
        .send(frame(id, AgentCommand::Duty { on: true }))
        .await;
    assert_eq!(
        next_refusal(&mut socket).await,
        Refused::new(Some(id), RefusalCode::HelloFirst)
    );
}

#[tokio::test]
async fn another_version_is_refused_and_told_not_to_come_back() {
    let server = Server::start(Setup::default()).await;
    let agent = Door::agent(server.address, &server.session("Ana").await);
    for (door, hello) in [
        (server.door(), r#"{"hello":{"version":2}}"#),
        (agent, r#"{"hello":{"version":2}}"#),
    ] {
        let mut socket = Socket::open(&door).await.unwrap();
        let id = new_id();
        socket
            .send(format!(r#"{{"id":"{id}","command":{hello}}}"#))
            .await;
        assert_eq!(
            next_refusal(&mut socket).await,
            Refused::new(Some(id), RefusalCode::WrongVersion)
        );
        assert_eq!(
            socket.hear("the end").await,
            closed(CloseCode::WrongVersion)
        );
    }
    assert!(!CloseCode::WrongVersion.reconnect());
}

#[tokio::test]
async fn who_does_not_say_hello_is_closed_however_much_they_say_instead() {
    let patience = Patience {
        hello: Duration::from_millis(300),
        ..Patience::default()
    };
    let server = Server::start(Setup {
        patience,
        ..Setup::default()
    })
    .await;
    let mut silent = Socket::open(&server.door()).await.unwrap();
    assert_eq!(silent.hear("the end").await, closed(CloseCode::NoHello));

    let mut chatty = Socket::open(&server.door()).await.unwrap();
    loop {
        chatty.send(frame(new_id(), VisitorCommand::Ping {})).await;
        match chatty.hear("a refusal or the end").await {
            Heard::Text(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            end => {
                assert_eq!(end, closed(CloseCode::NoHello));
                break;
            }
        }
    }
}

/// S6, and the sender's neighbours notice nothing.
#[tokio::test]
async fn a_frame_that_is_too_large_or_no_text_ends_that_connection_alone() {
    let server = Server::start(Setup::default()).await;
    let mut neighbour = server.visitor().await;
    neighbour.say("Hello").await;
    for (message, code) in [
        (
            Message::Text("x".repeat(MAX_FRAME_BYTES + 1).into()),
            CloseCode::TooBig,
        ),
        (
            Message::Text("x".repeat(4 * MAX_FRAME_BYTES).into()),
            CloseCode::TooBig,
        ),
        (
            Message::Binary(vec![0; MAX_FRAME_BYTES + 1].into()),
            CloseCode::TooBig,
        ),
        (text_frame(b"\xff\xfe"), CloseCode::NotUtf8),
    ] {
        let mut visitor = server.visitor().await;
        visitor.say("Before").await;
        visitor.socket.send_message(message).await;
        assert_eq!(visitor.until_closed().await, Some(code.number()));
        let back = Visitor::load(&server.door(), &visitor.token).await;
        assert_eq!(
            back.log.messages(),
            [("visitor", "Before")],
            "nothing was lost or added"
        );
    }
    // A frame of exactly the limit is read, and refused for what is in it.
    neighbour.socket.send("x".repeat(MAX_FRAME_BYTES)).await;
    assert_eq!(
        refusal(&mut neighbour, None).await,
        Refused::new(None, RefusalCode::Malformed)
    );
    neighbour.say("Still here").await;
}

fn text_frame(bytes: &[u8]) -> Message {
    Message::Frame(Frame::message(
        bytes.to_vec(),
        OpCode::Data(Data::Text),
        true,
    ))
}

fn closed(code: CloseCode) -> Heard {
    Heard::Closed(Some(code.number()))
}

/// Refusals look the same to visitors and agents.
async fn next_refusal(socket: &mut Socket) -> Refused {
    let Heard::Text(text) = socket.hear("a refusal").await else {
        panic!("the connection ended")
    };
    match (serde_json::from_str(&text), serde_json::from_str(&text)) {
        (Ok(VisitorFrame::Refused(refused)), Ok(AgentFrame::Refused(same))) if refused == same => {
            refused
        }
        _ => panic!("not a refusal: {text}"),
    }
}
