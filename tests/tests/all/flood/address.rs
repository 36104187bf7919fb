//! S6, R11, G1, G3: what the connections of one visitor, or of one address, may do together; and what they cannot take from
//! anybody else behind the same address.

use human_please_tests::answers::new_id;
use human_please_tests::http;
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::{Door, Socket};
use human_please_tests::visitor::Visitor;
use hyper::Method;
use protocol::{RefusalCode, VisitorCommand};

const SHARED: &str = "203.0.113.7";
const ELSEWHERE: &str = "203.0.113.8";

fn behind_a_proxy() -> Setup {
    Setup {
        trusted_proxies: 1,
        ..Setup::default()
    }
}

/// The way in from an address, which our proxy tells.
fn from(server: &Server, address: &str) -> Door {
    server.door().with("x-forwarded-for", address)
}

/// Presses the plain page's button, from the shared address, for somebody new. Gives the status.
async fn press_without_a_script(server: &Server) -> u16 {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-forwarded-for", SHARED),
    ];
    let body = format!("act=human&fresh={}", human_please::secret::new_token().0);
    let answer = http::request(server.address, Method::POST, "/chat/shop", &headers, &body);
    answer.await.status
}

fn say(text: &str) -> VisitorCommand {
    VisitorCommand::Say { text: text.into() }
}

#[tokio::test]
async fn five_tabs_of_a_visitor_may_not_do_five_times_as_much() {
    let server = Server::start(Setup::default()).await;
    let mut first = server.visitor().await;
    first.human().await;
    let mut tabs = vec![];
    for _ in 0..5 {
        tabs.push(Visitor::load(&server.door(), &first.token).await);
    }
    let mut sent = vec![];
    for number in 0..60 {
        for (tab, visitor) in tabs.iter_mut().enumerate() {
            let id = new_id();
            visitor
                .send(id, say(&format!("{number} of tab {tab}")))
                .await;
            sent.push((tab, id));
        }
    }
    let mut refused = 0;
    for (tab, id) in sent {
        if let Err(refusal) = tabs[tab].answer(id).await {
            assert_eq!(refusal.code, RefusalCode::TooFast);
            assert!(refusal.retry);
            refused += 1;
        }
    }
    // Each alone may send 60 at once.
    assert!(refused > 0, "together they were too fast");
    for tab in &mut tabs {
        tab.human().await;
    }
}

#[tokio::test]
async fn a_neighbour_who_begins_conversations_without_end_keeps_nobody_from_a_person() {
    let server = Server::start(behind_a_proxy()).await;
    let mut calm = Visitor::come(&from(&server, SHARED)).await;
    calm.say("I was here before the flood").await;
    let mut refused = 0;
    for _ in 0..150 {
        let mut flooder = Visitor::come(&from(&server, SHARED)).await;
        match flooder.ask(new_id(), say("Hello hello")).await {
            Ok(_) => {}
            Err(refusal) => {
                assert_eq!(refusal.code, RefusalCode::TooFast);
                assert!(refusal.retry, "in a moment it may");
                refused += 1;
            }
        }
    }
    assert!(refused > 0, "an address begins only so many");

    // Whoever is behind the same address is in the line with one press, with and without a script.
    let mut newcomer = Visitor::come(&from(&server, SHARED)).await;
    assert!(newcomer.human().await.receipt.is_some());
    newcomer.say("Now I may write, too").await;
    assert_eq!(press_without_a_script(&server).await, 200);
    // Whoever wrote before goes on, and elsewhere nobody notices.
    calm.say("Is it raining?").await;
    let mut elsewhere = Visitor::come(&from(&server, ELSEWHERE)).await;
    elsewhere.say("A quiet morning").await;
}

#[tokio::test]
async fn a_neighbour_who_opens_connections_without_end_takes_only_so_many() {
    let server = Server::start(behind_a_proxy()).await;
    let mut open = vec![];
    let full = loop {
        match Socket::open(&from(&server, SHARED)).await {
            Ok(socket) => open.push(socket),
            Err(status) => break status,
        }
        assert!(open.len() <= 600, "one address may take all connections");
    };
    assert_eq!(full, 503);
    assert!(open.len() >= 500, "a large office fits: {}", open.len());
    let mut elsewhere = Visitor::come(&from(&server, ELSEWHERE)).await;
    elsewhere.human().await;
    // The page without a connection is there for the neighbours, and so is its button.
    assert_eq!(press_without_a_script(&server).await, 200);
    // A place that becomes free may be taken.
    open.pop().expect("there are many").close().await;
    human_please_tests::socket::soon("a free place", async {
        while Socket::open(&from(&server, SHARED)).await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
