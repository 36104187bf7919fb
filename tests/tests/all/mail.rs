//! S17: letters to visitors who have gone before they saw what a person wrote, by a real mail server on this machine.

mod limits;
mod links;
mod stop;
mod trouble;
mod wire;
mod words;

use std::time::Duration;

use human_please::mail::Patience;
use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::mail_server::{Arrived, MailServer};
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{ConversationId, Token, VisitorCommand};

/// What stands in every text that a visitor or an agent writes here, and must stand in no letter.
const CANARY: &str = "xylophone-canary";

/// Where most visitors want to be written to.
const EMAIL: &str = "me@mail.example";

/// A moment, where nobody comes back.
fn patience() -> Patience {
    Patience {
        gone: Duration::from_millis(20),
        tries: vec![Duration::from_millis(20); 3],
        ..Patience::default()
    }
}

fn setup(mail_server: &MailServer) -> Setup {
    Setup::with_mail(mail_server.address, patience())
}

/// A visitor whose conversation an agent has, and who has left an address.
async fn with_agent(server: &Server, agent: &mut Agent, email: &str) -> Visitor {
    let mut visitor = server.visitor().await;
    visitor.human().await;
    visitor.say(&format!("My lamp is cracked, {CANARY}")).await;
    leave_address(&mut visitor, email).await;
    let conversation = visitor.welcome.conversation;
    agent.take(conversation).await;
    visitor
}

async fn leave_address(visitor: &mut Visitor, email: &str) {
    let contact = VisitorCommand::Contact {
        email: email.into(),
    };
    let kept = visitor.ask(new_id(), contact).await;
    kept.expect("the address is kept");
}

/// The visitor closes the page, and the server knows.
async fn go(server: &Server, visitor: Visitor) -> (ConversationId, Token) {
    let gone = (visitor.welcome.conversation, visitor.token.clone());
    drop(visitor);
    while server.service.hub().has_visitors(gone.0) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    gone
}

/// A visitor who has gone and is answered then.
async fn answered(server: &Server, agent: &mut Agent, email: &str) -> (ConversationId, Token) {
    let visitor = with_agent(server, agent, email).await;
    let gone = go(server, visitor).await;
    agent.reply(gone.0, &answer()).await;
    gone
}

fn answer() -> String {
    format!("A new one is on its way, {CANARY}")
}

/// Has somebody else written to, and waits for that: whatever was due before has been decided by then. Gives all letters
/// but that one.
async fn all_but_the_last(
    server: &Server,
    agent: &mut Agent,
    mail_server: &MailServer,
) -> Vec<Arrived> {
    // Several are sent at the same time: the second of two comes after whatever was due before the first.
    for email in ["first@last.example", "second@last.example"] {
        answered(server, agent, email).await;
        loop {
            let arrived = mail_server.arrived();
            if arrived.iter().any(|letter| letter.to == [email]) {
                break;
            }
            mail_server.letters(arrived.len() + 1).await;
        }
    }
    let others = mail_server.arrived().into_iter();
    others
        .filter(|letter| !letter.to[0].ends_with("@last.example"))
        .collect()
}

#[tokio::test]
async fn whoever_has_gone_is_written_to_once() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, _) = answered(&server, &mut ana, EMAIL).await;
    let letters = mail_server.letters(1).await;
    assert_eq!(letters[0].to, [EMAIL]);
    assert_eq!(letters[0].from, "help@shop.example");
    // They have had their letter for today.
    ana.reply(conversation, "And another thing").await;
    ana.reply(conversation, "And one more").await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 1);
}

#[tokio::test]
async fn whoever_leaves_before_they_have_seen_the_answer_is_written_to() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let visitor = with_agent(&server, &mut ana, EMAIL).await;
    ana.reply(visitor.welcome.conversation, &answer()).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0, "their page is open, if behind others");
    go(&server, visitor).await;
    assert!(
        mail_server
            .letters(3)
            .await
            .iter()
            .any(|it| it.to == [EMAIL])
    );
}

#[tokio::test]
async fn whoever_has_seen_the_answer_is_not_written_to() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = with_agent(&server, &mut ana, EMAIL).await;
    let said = ana.reply(visitor.welcome.conversation, &answer()).await;
    let seq = said.seq.unwrap();
    visitor.until_seq(seq).await;
    visitor.send(new_id(), VisitorCommand::Seen { seq }).await;
    visitor.settle().await;
    go(&server, visitor).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}

#[tokio::test]
async fn whoever_comes_back_in_time_is_not_written_to() {
    let mail_server = MailServer::start();
    let patience = Patience {
        gone: Duration::from_secs(4),
        ..patience()
    };
    let setup = Setup::with_mail(mail_server.address, patience);
    let server = Server::start(setup).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (_, token) = answered(&server, &mut ana, EMAIL).await;
    let _back = Visitor::load(&server.door(), &token).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}

#[tokio::test]
async fn without_an_address_or_a_persons_words_there_is_no_letter() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    // No address.
    let mut visitor = server.visitor().await;
    visitor.human().await;
    let conversation = visitor.welcome.conversation;
    ana.take(conversation).await;
    go(&server, visitor).await;
    ana.reply(conversation, &answer()).await;
    // One that was taken back.
    let mut visitor = with_agent(&server, &mut ana, "taken@back.example").await;
    leave_address(&mut visitor, "").await;
    let (conversation, _) = go(&server, visitor).await;
    ana.reply(conversation, &answer()).await;
    // A person has come and has not written.
    let visitor = with_agent(&server, &mut ana, "unanswered@mail.example").await;
    go(&server, visitor).await;
    // Nobody has come.
    let mut visitor = server.visitor().await;
    visitor.human().await;
    leave_address(&mut visitor, "waiting@mail.example").await;
    go(&server, visitor).await;
    let letters = all_but_the_last(&server, &mut ana, &mail_server).await;
    assert_eq!(letters.len(), 0);
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_different() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (conversation, _) = answered(&server, &mut ana, EMAIL).await;
    let post = server.service.store().post();
    let unread = post.unread(protocol::Timestamp(0)).await.unwrap();
    assert_eq!(unread.len(), 1, "they would be written to");
    assert_eq!(unread[0].1, conversation);
    // The store's connection is given back by this runtime, which waits no more once the story is over.
    server.stop().await;
}
