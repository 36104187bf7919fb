//! How a conversation begins: one for each visitor, by whatever way their first words come.

use human_please::secret;
use human_please_tests::bot;
use human_please_tests::http;
use human_please_tests::server::{SHOP, Server, Setup};
use human_please_tests::visitor::Visitor;
use hyper::Method;
use protocol::{Answering, Receipt, Token};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Presses *Human please* on the page that was rendered with a token for a conversation that it may begin.
async fn post_human(server: &Server, fresh: &Token) {
    let body = format!("act=human&fresh={}", fresh.0);
    let path = format!("/chat/{SHOP}");
    let answer = http::request(server.address, Method::POST, &path, &[FORM], &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn a_post_and_a_socket_of_one_page_begin_one_conversation_whichever_is_first() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    for (first, post_is_first) in [(1, true), (2, false)] {
        let fresh = secret::new_token();
        if post_is_first {
            post_human(&server, &fresh).await;
        }
        let mut visitor = Visitor::load(&server.door(), &fresh).await;
        if !post_is_first {
            visitor.human().await;
            post_human(&server, &fresh).await;
        }
        let mut tab = Visitor::load(&server.door(), &fresh).await;
        assert_eq!(tab.welcome.conversation, visitor.welcome.conversation);
        assert_eq!(tab.human().await.receipt, Some(Receipt(first)));
        for state in [&tab.state, &visitor.state] {
            assert!(
                matches!(state.answering, Answering::Queue { .. }),
                "{state:?}"
            );
        }
    }
}

#[tokio::test]
async fn whoever_has_only_looked_comes_back_to_the_same_conversation() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let visitor = server.visitor().await;
    let mut again = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(again.welcome.conversation, visitor.welcome.conversation);
    assert_eq!(
        again.welcome.token.as_ref(),
        Some(&visitor.token),
        "nothing is kept of it yet"
    );
    again.say("Hello").await;
    let known = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(known.welcome.token, None);
}

#[tokio::test]
async fn a_token_that_could_not_be_one_is_not_taken_up() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    for text in ["", "me", &"F".repeat(64), &"0".repeat(63)] {
        let visitor = Visitor::load(&server.door(), &Token(text.into())).await;
        assert_ne!(visitor.token.0, text);
        assert_eq!(visitor.token.0.len(), 64);
    }
}
