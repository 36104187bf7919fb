//! S3, S10: what a letter's link opens, for how long, and where its secret is never seen.

use human_please_tests::clock::HandClock;
use human_please_tests::http::{Answer, get, request};
use human_please_tests::mail_server::MailServer;
use human_please_tests::server::{PUBLIC_URL, RIVAL, SHOP, Server, Setup};
use human_please_tests::visitor::Visitor;
use hyper::Method;
use protocol::{Timestamp, Token};

use super::{EMAIL, answered, go, setup};

const FORM: &str = "application/x-www-form-urlencoded";

/// Posts a code as our own page does, with these cookies.
pub async fn post(server: &Server, path: &str, body: &str, cookies: &str) -> Answer {
    let headers = [
        ("content-type", FORM),
        ("origin", PUBLIC_URL),
        ("cookie", cookies),
    ];
    request(server.address, Method::POST, path, &headers, body).await
}

async fn follow(server: &Server, code: &str) -> Answer {
    let path = format!("/continue/{SHOP}");
    post(server, &path, &format!("code={code}"), "").await
}

/// The visitor's token in an answer's cookie.
fn token(answer: &Answer) -> Token {
    let cookie = answer.header("set-cookie").expect("a cookie is set");
    let (pair, attributes) = cookie.split_once(';').unwrap();
    assert!(attributes.contains("HttpOnly"), "{attributes}");
    let (name, token) = pair.split_once('=').unwrap();
    assert_eq!(name, format!("human-please-visitor-{SHOP}"));
    Token(token.into())
}

#[tokio::test]
async fn a_link_opens_its_conversation_and_no_other_as_often_as_it_is_followed() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (mine, began_with) = answered(&server, &mut ana, EMAIL).await;
    let (other, _) = answered(&server, &mut ana, "other@mail.example").await;
    let letters = mail_server.letters(2).await;
    let code = |email: &str| {
        let letter = letters.iter().find(|letter| letter.to == [email]);
        letter.unwrap().code(&format!("/continue/{SHOP}"))
    };
    let mut tokens = vec![];
    for _ in 0..2 {
        let answer = follow(&server, &code(EMAIL)).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.header("location"), Some("/chat/shop"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        tokens.push(token(&answer));
    }
    assert_ne!(tokens[0], tokens[1], "each browser has its own");
    assert!(!tokens.contains(&began_with));
    for token in &tokens {
        let mut visitor = Visitor::load(&server.door(), token).await;
        assert_eq!(visitor.welcome.conversation, mine);
        visitor.say("Thank you").await;
        go(&server, visitor).await;
    }
    // Without a script the page is there too.
    let cookie = format!("human-please-visitor-{SHOP}={}", tokens[0].0);
    let headers = [("cookie", cookie.as_str())];
    let page = request(server.address, Method::GET, "/chat/shop", &headers, "").await;
    assert!(page.text().contains("A new one is on its way"));
    // The first browser is where it was, and the other visitor's is another.
    let visitor = Visitor::load(&server.door(), &began_with).await;
    assert_eq!(visitor.welcome.conversation, mine);
    let theirs = token(&follow(&server, &code("other@mail.example")).await);
    let visitor = Visitor::load(&server.door(), &theirs).await;
    assert_eq!(visitor.welcome.conversation, other);
    // The code itself is no visitor's token.
    let visitor = Visitor::load(&server.door(), &Token(code(EMAIL))).await;
    assert_ne!(visitor.welcome.conversation, mine);
    // A browser that has the conversation keeps its token, and a code that is typed may be broken or in capitals.
    let typed = format!("code=+{}+", code(EMAIL).to_uppercase());
    let answer = post(&server, "/continue/shop", &typed, &cookie).await;
    assert_eq!((answer.status, answer.header("set-cookie")), (303, None));
}

#[tokio::test]
async fn a_code_that_is_wrong_or_anothers_opens_nothing_and_says_so() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letter = mail_server.letters(1).await.remove(0);
    let code = letter.code("/continue/shop");
    let stop = letter.code("/continue/shop/stop");
    let mut almost = code.clone();
    almost.replace_range(0..1, if almost.starts_with('0') { "1" } else { "0" });
    for (path, code) in [
        ("/continue/shop", almost.as_str()),
        ("/continue/shop", ""),
        ("/continue/shop", "%F0%9F%99%82"),
        ("/continue/shop", &code.repeat(2)),
        // What stops letters reads none, and a link is for its own site.
        ("/continue/shop", &stop),
        ("/continue/rival", &code),
        ("/continue/shop/stop", &code),
        ("/continue/shop/stop", &almost),
    ] {
        let answer = post(&server, path, &format!("code={code}"), "").await;
        assert_eq!(answer.status, 404, "{path} {code}");
        assert_eq!(answer.header("set-cookie"), None);
        assert!(answer.text().contains("This link does not work"), "{code}");
        assert!(answer.text().contains("href=\"/chat/"), "it leads back");
    }
    assert_eq!(get(server.address, "/continue/nobody").await.status, 404);
    let answer = post(&server, "/continue/nobody", &format!("code={code}"), "").await;
    assert_eq!(answer.status, 404);
    assert!(!RIVAL.is_empty());
}

#[tokio::test]
async fn a_link_works_for_seven_days_or_until_there_is_a_newer_one() {
    let mail_server = MailServer::start();
    let monday = Timestamp(1_795_426_920_000);
    let day = 24 * 60 * 60 * 1_000;
    let clock = HandClock::at(monday);
    let setup = Setup {
        clock: clock.clock(),
        ..setup(&mail_server)
    };
    let server = Server::start(setup).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, _) = answered(&server, &mut ana, EMAIL).await;
    let (_, _) = answered(&server, &mut ana, "other@mail.example").await;
    let letters = mail_server.letters(2).await;
    let code = |letters: &[human_please_tests::mail_server::Arrived], email: &str| {
        let letter = letters.iter().rev().find(|letter| letter.to == [email]);
        letter.unwrap().code("/continue/shop")
    };
    let (first, others) = (code(&letters, EMAIL), code(&letters, "other@mail.example"));
    clock.set(Timestamp(monday.0 + 2 * day));
    assert_eq!(follow(&server, &first).await.status, 303);
    ana.reply(conversation, "One thing more").await;
    let letters = mail_server.letters(3).await;
    let second = code(&letters, EMAIL);
    // The server forgets the first one once the second is on its way.
    let mut status = 303;
    while status == 303 {
        status = follow(&server, &first).await.status;
    }
    assert_eq!(status, 404, "a newer one has replaced it");
    assert_eq!(follow(&server, &second).await.status, 303);
    clock.set(Timestamp(monday.0 + 7 * day - 1));
    assert_eq!(follow(&server, &others).await.status, 303);
    clock.set(Timestamp(monday.0 + 7 * day));
    assert_eq!(follow(&server, &others).await.status, 404, "it has expired");
    assert_eq!(
        follow(&server, &second).await.status,
        303,
        "this one has not"
    );
}

/// G4: nobody who follows a stranger's link finds that their own conversation is gone.
#[tokio::test]
async fn a_browser_with_another_conversation_is_asked_before_it_is_replaced() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (mine, _) = answered(&server, &mut ana, EMAIL).await;
    let code = mail_server.letters(1).await[0].code("/continue/shop");
    let mut visitor = server.visitor().await;
    visitor.say("Another thing").await;
    let cookie = format!("human-please-visitor-{SHOP}={}", visitor.token.0);
    let body = format!("code={code}");
    let asked = post(&server, "/continue/shop", &body, &cookie).await;
    assert_eq!((asked.status, asked.header("set-cookie")), (200, None));
    assert!(asked.text().contains("another conversation with The shop"));
    let sure = post(
        &server,
        "/continue/shop",
        &format!("{body}&sure=yes"),
        &cookie,
    )
    .await;
    assert_eq!(sure.status, 303);
    let back = Visitor::load(&server.door(), &token(&sure)).await;
    assert_eq!(back.welcome.conversation, mine);
    // A cookie that opens nothing is nobody's conversation.
    let stale = format!("human-please-visitor-{SHOP}={}", "f".repeat(64));
    let answer = post(&server, "/continue/shop", &body, &stale).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn no_other_page_can_post_a_code() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letter = mail_server.letters(1).await.remove(0);
    for path in ["/continue/shop", "/continue/shop/stop"] {
        let body = format!("code={}", letter.code(path));
        for (from, status) in [
            (("origin", "https://evil.example"), 403),
            (("origin", "https://shop.example"), 403),
            (("origin", "null"), 403),
            (("sec-fetch-site", "cross-site"), 403),
            (("x-nothing", "said"), 403),
        ] {
            let headers = [("content-type", FORM), from];
            let answer = request(server.address, Method::POST, path, &headers, &body).await;
            assert_eq!(answer.status, status, "{from:?}");
            assert_eq!(answer.header("set-cookie"), None);
        }
        let headers = [("content-type", "text/plain"), ("origin", PUBLIC_URL)];
        let answer = request(server.address, Method::POST, path, &headers, &body).await;
        assert_eq!(answer.status, 415);
        let large = format!("code={}", "a".repeat(10_000));
        assert_eq!(post(&server, path, &large, "").await.status, 400);
    }
    let post = server.service.store().post();
    assert!(!post.is_stopped(EMAIL).await.unwrap());
    // The store's connection is given back by this runtime, which waits no more once the story is over.
    server.stop().await;
}

/// S10, A11: nothing of a link is in a page's address, and the pages are for nobody else.
#[tokio::test]
async fn the_pages_of_links_are_private_and_speak_the_browsers_language() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    for path in ["/continue/shop", "/continue/shop/stop"] {
        let headers = [("accept-language", "ar")];
        let page = request(server.address, Method::GET, path, &headers, "").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("x-robots-tag"), Some("noindex"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"));
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert!(page.text().contains("<html lang=\"ar\" dir=\"rtl\""));
        let (_, script) = page.text().split_once("/assets/letter/").unwrap();
        let (script, _) = script.split_once('"').unwrap();
        let script = get(server.address, &format!("/assets/letter/{script}")).await;
        assert_eq!(script.status, 200);
        assert!(script.text().contains("location.hash"));
        assert!(
            script
                .header("cache-control")
                .unwrap()
                .contains("immutable")
        );
    }
    let other = get(server.address, "/assets/letter/letter-00000000.js").await;
    assert_eq!(other.status, 404);
}

#[tokio::test]
async fn of_the_browsers_in_which_links_were_followed_the_newest_count() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (mine, began_with) = answered(&server, &mut ana, EMAIL).await;
    let code = mail_server.letters(1).await[0].code("/continue/shop");
    let mut tokens = vec![];
    for _ in 0..=human_please::store::VISITOR_KEYS {
        tokens.push(token(&follow(&server, &code).await));
    }
    let opened = async |token: &Token| {
        let visitor = Visitor::load(&server.door(), token).await;
        visitor.welcome.conversation == mine
    };
    assert!(!opened(&tokens[0]).await);
    assert!(opened(&tokens[1]).await);
    assert!(opened(tokens.last().unwrap()).await);
    assert!(opened(&began_with).await, "the first one always does");
}
