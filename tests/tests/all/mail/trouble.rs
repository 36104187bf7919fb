//! What becomes of a letter when no mail server takes it.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use human_please::mail::Patience;
use human_please_tests::mail_server::{MailServer, Security, Verdict};
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::soon;
use human_please_tests::visitor::Visitor;

use super::{EMAIL, all_but_the_last, answer, answered, patience, setup};

#[tokio::test]
async fn a_letter_waits_for_a_mail_server_that_is_down() {
    let mail_server = MailServer::start();
    let address = mail_server.address;
    let patient = Patience {
        tries: vec![Duration::from_millis(50); 600],
        ..patience()
    };
    let server = Server::start(Setup::with_mail(address, patient)).await;
    drop(mail_server);
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, _) = answered(&server, &mut ana, EMAIL).await;
    // It was claimed, and cannot be sent.
    let post = server.service.store().post();
    while !post
        .unread(protocol::Timestamp(0))
        .await
        .unwrap()
        .is_empty()
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mail_server = MailServer::start_at(&address.to_string(), Security::None);
    assert_eq!(mail_server.letters(1).await[0].to, [EMAIL]);
    ana.reply(conversation, &answer()).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

#[tokio::test]
async fn a_letter_that_is_put_off_is_tried_again_after_a_moment() {
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::Refuse(451));
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    mail_server.until_asked(2).await;
    mail_server.treat(Verdict::Take);
    mail_server.letters(1).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

#[tokio::test]
async fn a_letter_that_is_refused_for_good_is_given_up_at_once() {
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::Refuse(550));
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, _) = answered(&server, &mut ana, EMAIL).await;
    mail_server.until_asked(1).await;
    mail_server.treat(Verdict::Take);
    // It counts as one: what is refused today is not sent anew with each word.
    ana.reply(conversation, &answer()).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}

/// P10: mail servers repeat addresses in their answers, and logs have none.
#[tokio::test]
async fn what_a_mail_server_says_of_somebody_is_in_no_log() {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);
    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::Refuse(451));
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    mail_server.until_asked(1).await;
    mail_server.treat(Verdict::Refuse(550));
    let (conversation, _) = answered(&server, &mut ana, "josé@mail.example").await;
    let read = || String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for said in ["answered 451", "answered 550", "SMTPUTF8"] {
        soon(said, async {
            while !read().contains(said) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await;
    }
    server.stop().await;
    let log = read();
    // The client's own library has none of them either.
    for secret in [EMAIL, "josé", super::CANARY, "Ana", "Lumen", "/continue/"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    assert!(!log.contains(&conversation.to_string()));
}

/// Sent once more it might come twice.
#[tokio::test]
async fn a_letter_that_may_have_been_taken_is_not_sent_again() {
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::BreakOff);
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, _) = answered(&server, &mut ana, EMAIL).await;
    mail_server.until_asked(1).await;
    mail_server.treat(Verdict::Take);
    ana.reply(conversation, &answer()).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}

#[tokio::test]
async fn a_letter_that_nobody_ever_takes_is_given_up_in_the_end() {
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::Refuse(421));
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let tries = 1 + patience().tries.len();
    mail_server.until_asked(tries).await;
    mail_server.treat(Verdict::Take);
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}

#[tokio::test]
async fn whoever_comes_back_while_a_letter_is_tried_again_does_not_get_it() {
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::Refuse(451));
    let patient = Patience {
        tries: vec![Duration::from_millis(300); 100],
        ..patience()
    };
    let server = Server::start(Setup::with_mail(mail_server.address, patient)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, token) = answered(&server, &mut ana, EMAIL).await;
    mail_server.until_asked(1).await;
    let back = Visitor::load(&server.door(), &token).await;
    // The claim is given back, and with it the day's letter.
    let post = server.service.store().post();
    while post
        .unread(protocol::Timestamp(0))
        .await
        .unwrap()
        .is_empty()
    {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    mail_server.treat(Verdict::Take);
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
    super::go(&server, back).await;
    ana.reply(conversation, &answer()).await;
    let letters = mail_server.letters(3).await;
    assert!(letters.iter().any(|letter| letter.to == [EMAIL]));
}

#[tokio::test]
async fn a_letter_that_waits_for_another_try_is_sent_by_the_next_server() {
    let mail_server = MailServer::start();
    mail_server.treat(Verdict::Refuse(451));
    let patient = Patience {
        tries: vec![Duration::from_secs(60 * 60)],
        ..patience()
    };
    let server = Server::start(Setup::with_mail(mail_server.address, patient)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    mail_server.until_asked(1).await;
    let place = server.stop().await;
    mail_server.treat(Verdict::Take);
    let server = Server::start_at(place, setup(&mail_server)).await;
    assert_eq!(mail_server.letters(1).await[0].to, [EMAIL]);
    let mut ana = server.agent_on_duty("Ana").await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

#[tokio::test]
async fn a_mail_server_that_takes_for_ever_holds_up_nobody() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let server = Server::start(Setup::with_mail(address, patience())).await;
    let mut ana = server.agent_on_duty("Ana").await;
    for number in 0..6 {
        answered(&server, &mut ana, &format!("me{number}@mail.example")).await;
    }
    let mut visitor = server.visitor().await;
    visitor.say("Is anybody here?").await;
    // And the server stops without it.
    server.stop().await;
}
