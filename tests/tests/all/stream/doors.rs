//! Who may open a stream, what it is opened with, and who may post to it (S3, S6, S10).

use human_please_tests::answers::{frame, new_id};
use human_please_tests::server::{RIVAL, Server, Setup};
use human_please_tests::socket::{Door, Socket};
use human_please_tests::visitor::Visitor;
use protocol::VisitorCommand;

use super::hello;

/// S6: the doors are the socket's.
#[tokio::test]
async fn only_who_may_open_a_socket_may_open_a_stream() {
    let server = Server::start(Setup::default()).await;
    let begin = async |door: Door| {
        let mut socket = Socket::open(&door.over_stream()).await.unwrap();
        let begun = socket.stream().begin(hello().into()).await;
        begun.map(|()| socket)
    };
    let own = format!("http://{}", server.address);
    let allowed_origin = async |origin: Option<&str>| {
        let door = match origin {
            Some(origin) => server.door().with("origin", origin),
            None => server.door(),
        };
        let mut socket = begin(door).await.map_err(|status| status.to_string())?;
        let mut header = |name: &str| {
            let value = socket.stream().headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        Ok::<_, String>(header("access-control-allow-origin"))
    };
    assert_eq!(allowed_origin(None).await, Ok(None));
    assert_eq!(allowed_origin(Some(&own)).await, Ok(None));
    assert_eq!(
        allowed_origin(Some("https://shop.example")).await,
        Ok(Some("https://shop.example".to_owned()))
    );
    for origin in ["https://evil.example", "http://shop.example", "null", ""] {
        assert_eq!(
            allowed_origin(Some(origin)).await,
            Err("403".into()),
            "{origin}"
        );
    }
    let rival = Door::visitor(server.address, RIVAL).with("origin", "https://shop.example");
    assert_eq!(begin(rival).await.err(), Some(403));
    assert_eq!(
        begin(Door::visitor(server.address, "nobody")).await.err(),
        Some(404)
    );
    let agent = Door::agent(server.address, &server.session("Ana").await);
    let shop = agent.clone().with("origin", "https://shop.example");
    assert_eq!(begin(shop).await.err(), Some(403));
    assert_eq!(
        begin(Door::agent(server.address, "x")).await.err(),
        Some(401)
    );
    assert!(begin(agent.with("origin", own)).await.is_ok());
}

/// S10: the key is nowhere but in the stream, and nothing on the way may keep or delay what is in it.
#[tokio::test]
async fn a_stream_is_kept_by_nobody_and_begins_with_a_key_of_its_own() {
    let server = Server::start(Setup::default()).await;
    let mut one = Visitor::come(&server.door().over_stream()).await;
    let mut other = Visitor::come(&server.door().over_stream()).await;
    let headers = one.socket.stream().headers().clone();
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store, no-transform"),
        ("x-accel-buffering", "no"),
        ("vary", "origin"),
    ] {
        assert_eq!(headers.get(name).unwrap(), value, "{name}");
    }
    let key = one.socket.stream().key().to_owned();
    assert_eq!(key.len(), 32, "128 bits");
    assert_ne!(key, other.socket.stream().key());
    let told: Vec<_> = headers.iter().map(|(_, value)| value.as_bytes()).collect();
    assert!(
        told.iter()
            .all(|value| !value.windows(32).any(|part| part == key.as_bytes()))
    );
}

/// S3, S6: a key opens its own stream, to the page that opened it, while it is open.
#[tokio::test]
async fn a_key_is_worth_nothing_to_another_page_or_after_the_end() {
    let server = Server::start(Setup::default()).await;
    let shop = server
        .door()
        .over_stream()
        .with("origin", "https://shop.example");
    let mut visitor = Visitor::come(&shop).await;
    let key = visitor.socket.stream().key().to_owned();
    let mut elsewhere = Socket::open(&server.door().over_stream()).await.unwrap();
    let elsewhere = elsewhere.stream();
    let ping = || Vec::from(frame(new_id(), VisitorCommand::Ping {}));
    assert_eq!(elsewhere.send_under(&key, ping()).await, 404, "no page");
    assert_eq!(elsewhere.send_under(&"0".repeat(32), ping()).await, 404);
    assert_eq!(elsewhere.send_under("no key", ping()).await, 400);
    assert_eq!(visitor.socket.stream().send_under(&key, ping()).await, 204);
    visitor.settle().await;

    let mut again = Socket::open(&shop).await.unwrap();
    visitor.socket.cut();
    let ended = async {
        while again.stream().send_under(&key, ping()).await != 404 {
            tokio::task::yield_now().await;
        }
    };
    human_please_tests::socket::soon("the stream to be forgotten", ended).await;
}
