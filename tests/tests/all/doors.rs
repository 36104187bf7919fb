//! Who may open a socket at all: decided by Origin and session before the upgrade (S6).

use human_please_tests::http;
use human_please_tests::server::{AGENTS, RIVAL, Server, Setup};
use human_please_tests::socket::{Door, Socket};
use human_please_tests::visitor::Visitor;

#[tokio::test]
async fn only_our_own_pages_and_the_sites_may_open_the_visitor_socket() {
    let server = Server::start(Setup::default()).await;
    let own = format!("http://{}", server.address);
    for origin in [own.as_str(), "https://shop.example"] {
        assert!(
            Socket::open(&server.door().with("origin", origin))
                .await
                .is_ok(),
            "{origin}"
        );
    }
    assert!(
        Socket::open(&server.door()).await.is_ok(),
        "an app has no origin"
    );
    for origin in [
        "https://evil.example",
        "http://shop.example",
        "https://shop.example.evil.example",
        "https://shop.example:8443",
        "null",
        "",
        "http://127.0.0.1:1",
        &own.replace("127.0.0.1", "rebound.example"),
    ] {
        let refused = Socket::open(&server.door().with("origin", origin))
            .await
            .err();
        assert_eq!(refused, Some(403), "{origin}");
    }
    // What one site allows is nothing to another one.
    let rival = Door::visitor(server.address, RIVAL).with("origin", "https://shop.example");
    assert_eq!(Socket::open(&rival).await.err(), Some(403));
    assert_eq!(
        Socket::open(&Door::visitor(server.address, "nobody"))
            .await
            .err(),
        Some(404)
    );
}

/// With a public URL that one alone is our own, whatever the Host header says.
#[tokio::test]
async fn behind_a_public_url_only_that_origin_is_ours() {
    let public_url = Some("https://chat.example".to_owned());
    let server = Server::start(Setup {
        public_url,
        ..Setup::default()
    })
    .await;
    assert!(
        Socket::open(&server.door().with("origin", "https://chat.example"))
            .await
            .is_ok()
    );
    let local = format!("http://{}", server.address);
    assert_eq!(
        Socket::open(&server.door().with("origin", local))
            .await
            .err(),
        Some(403)
    );
}

/// S5: the cookie speaks for the visitor only to our own page.
#[tokio::test]
async fn a_merchants_script_cannot_read_the_chat_with_the_visitors_cookie() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Between us").await;
    let cookie = format!("human-please-visitor-shop={}", visitor.token.0);
    let with_cookie = server.door().with("cookie", cookie);
    let own = with_cookie
        .clone()
        .with("origin", format!("http://{}", server.address));
    let theirs = open_without_token(&own).await;
    assert!(theirs.contains("Between us"), "our own page carries on");
    for door in [
        with_cookie.clone().with("origin", "https://shop.example"),
        with_cookie,
    ] {
        let stranger = Visitor::come(&door).await;
        assert_ne!(stranger.welcome.conversation, visitor.welcome.conversation);
        assert_eq!(stranger.log.events(), []);
    }
    // A token for a conversation that has not begun yields to the cookie, as when two tabs were opened at once.
    let mut other = server.visitor().await;
    let loaded = Visitor::load(&own, &other.token).await;
    assert_eq!(loaded.welcome.conversation, visitor.welcome.conversation);
    // After that the token that the page itself holds counts for more.
    other.say("Another visitor").await;
    let loaded = Visitor::load(&own, &other.token).await;
    assert_ne!(loaded.welcome.conversation, visitor.welcome.conversation);
}

async fn open_without_token(door: &Door) -> String {
    use human_please_tests::answers::{frame, new_id};
    use human_please_tests::socket::Heard;
    use protocol::{Seq, VERSION, VisitorCommand};
    let mut socket = Socket::open(door).await.expect("our own page may come in");
    let hello = VisitorCommand::Hello {
        version: VERSION,
        token: None,
        after: Seq(0),
    };
    socket.send(frame(new_id(), hello)).await;
    match socket.hear("welcome").await {
        Heard::Text(text) => text,
        Heard::Closed(code) => panic!("closed with {code:?}"),
    }
}

/// A token of one site opens nothing on another.
#[tokio::test]
async fn a_visitors_token_is_worth_nothing_on_another_site() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("For the shop").await;
    let elsewhere = Visitor::load(&Door::visitor(server.address, RIVAL), &visitor.token).await;
    assert_ne!(elsewhere.welcome.conversation, visitor.welcome.conversation);
    assert_eq!(elsewhere.log.events(), []);
}

#[tokio::test]
async fn the_agent_socket_takes_a_session_from_our_own_page_and_nothing_else() {
    let server = Server::start(Setup::default()).await;
    let session = server.session("Ana").await;
    let door = Door::agent(server.address, &session);
    assert!(Socket::open(&door).await.is_ok());
    let own = format!("http://{}", server.address);
    assert!(
        Socket::open(&door.clone().with("origin", own))
            .await
            .is_ok()
    );
    // A page that may embed the visitors' chat may not act for an agent.
    for origin in ["https://shop.example", "https://evil.example", "null"] {
        assert_eq!(
            Socket::open(&door.clone().with("origin", origin))
                .await
                .err(),
            Some(403),
            "{origin}"
        );
    }
    let other_session = "0".repeat(64);
    for bad in ["", "x", &other_session] {
        assert_eq!(
            Socket::open(&Door::agent(server.address, bad)).await.err(),
            Some(401),
            "{bad}"
        );
    }
    let mut without = door;
    without.headers.clear();
    assert_eq!(Socket::open(&without).await.err(), Some(401));
    // A visitor's token is no session.
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    assert_eq!(
        Socket::open(&Door::agent(server.address, &visitor.token.0))
            .await
            .err(),
        Some(401)
    );
}

#[tokio::test]
async fn a_socket_that_is_asked_for_by_plain_http_is_no_page() {
    let server = Server::start(Setup::default()).await;
    let (email, ..) = AGENTS[0];
    for path in ["/ws/visitor?site=shop", "/ws/agent", "/ws/visitor"] {
        let answer = http::get(server.address, path).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.text().contains(email));
    }
}
