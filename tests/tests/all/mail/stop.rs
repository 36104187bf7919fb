//! S17: whoever does not want letters says so once.

use human_please_tests::clock::HandClock;
use human_please_tests::mail_server::MailServer;
use human_please_tests::server::{Server, Setup};
use protocol::Timestamp;

use super::links::post;
use super::{EMAIL, all_but_the_last, answered, setup};

#[tokio::test]
async fn a_mailbox_that_wants_no_letters_gets_none_whatever_is_left_where() {
    let mail_server = MailServer::start();
    let monday = Timestamp(1_795_426_920_000);
    let clock = HandClock::at(monday);
    let setup = Setup {
        clock: clock.clock(),
        ..setup(&mail_server)
    };
    let server = Server::start(setup.clone()).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letter = mail_server.letters(1).await.remove(0);
    let store = server.service.store();
    assert!(!store.post().is_stopped(EMAIL).await.unwrap());
    // Months later the link still works.
    clock.set(Timestamp(monday.0 + 300 * 24 * 60 * 60 * 1_000));
    let body = format!("code={}", letter.code("/continue/shop/stop"));
    for _ in 0..2 {
        let stopped = post(&server, "/continue/shop/stop", &body, "").await;
        assert_eq!(stopped.status, 200);
        assert!(
            stopped
                .text()
                .contains("We will not write to this address again"),
            "{}",
            stopped.text()
        );
    }
    for email in [EMAIL, "ME+lamps@mail.example"] {
        assert!(store.post().is_stopped(email).await.unwrap(), "{email}");
    }
    assert!(!store.post().is_stopped("other@mail.example").await.unwrap());
    // A new conversation changes nothing about it, and neither does a restart.
    answered(&server, &mut ana, "ME+lamps@mail.example").await;
    let place = server.stop().await;
    let server = Server::start_at(place, setup).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

/// P8: what is kept of a mailbox says to nobody which one it is.
#[tokio::test]
async fn no_table_of_letters_has_an_address_or_a_code_in_it() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letter = mail_server.letters(1).await.remove(0);
    let codes = ["/continue/shop", "/continue/shop/stop"].map(|path| letter.code(path));
    let body = format!("code={}", codes[1]);
    post(&server, "/continue/shop/stop", &body, "").await;
    let opened = post(&server, "/continue/shop", &format!("code={}", codes[0]), "").await;
    let cookie = opened.header("set-cookie").unwrap().to_owned();
    let (_, token) = cookie.split_once('=').unwrap();
    let place = server.stop().await;
    for (name, bytes) in place.files() {
        for secret in [&codes[0], &codes[1], &token[..64]] {
            let found = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!found, "{name} has a secret in it");
        }
        // Once, where the visitor has left it for the people who answer.
        let count = bytes.windows(EMAIL.len());
        let count = count.filter(|it| *it == EMAIL.as_bytes()).count();
        assert!(count <= 1, "{name} has the address {count} times");
    }
}
