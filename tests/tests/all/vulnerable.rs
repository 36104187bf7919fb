//! A12: who says in the chat that they need particular care is presumed to: agents who may read it see a mark that leads to the
//! words, and the conversation goes first, over restarts and on other servers too.

use human_please_tests::agent::Agent;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{Answering, ConversationId, EventKind, Seq};

async fn until_marked(agent: &mut Agent, id: ConversationId) -> Seq {
    agent
        .until("the mark", |it| it.cases.get(&id)?.vulnerable)
        .await
}

async fn until_at(visitor: &mut Visitor, place: u32) {
    let is_there =
        |it: &Answering| matches!(it, Answering::Queue { position, .. } if *position == place);
    visitor.until_answering("the place in line", is_there).await;
}

#[tokio::test]
async fn who_says_so_to_the_assistant_is_marked_and_goes_before_who_asked_earlier() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut first = server.visitor().await;
    first.human().await;
    let mut noah = server.visitor().await;
    let conversation = noah.welcome.conversation;
    noah.say("Hello").await;
    noah.say("I am blind, and I cannot find the form").await;
    noah.human().await;
    until_at(&mut noah, 1).await;
    until_at(&mut first, 2).await;

    let mut ana = server.agent_on_duty("Ana").await;
    let said_in = until_marked(&mut ana, conversation).await;
    assert_eq!(ana.queue(), [conversation, first.welcome.conversation]);
    let log = ana.open(conversation).await.events;
    let EventKind::Message(message) = &log.iter().find(|it| it.seq == said_in).unwrap().kind else {
        panic!("{said_in} of {log:?}");
    };
    assert_eq!(message.text, "I am blind, and I cannot find the form");

    // It is nobody's to know who may not read the conversation.
    let mut cleo = server.agent_on_duty("Cleo").await;
    until_marked(&mut cleo, conversation).await;
    ana.take(conversation).await;
    cleo.until("the mark is gone with the words", |it| {
        let case = it.cases.get(&conversation)?;
        (case.vulnerable.is_none() && case.preview.is_empty()).then_some(())
    })
    .await;
    assert_eq!(ana.cases[&conversation].vulnerable, Some(said_in));
}

#[tokio::test]
async fn who_says_so_while_they_wait_moves_to_the_front_and_stays_marked_after_a_restart() {
    let server = Server::start(Setup::default()).await;
    let mut first = server.visitor().await;
    first.human().await;
    let mut noah = server.visitor().await;
    let conversation = noah.welcome.conversation;
    noah.human().await;
    until_at(&mut noah, 2).await;
    let mut ana = server.agent_on_duty("Ana").await;
    noah.say("Soy una persona mayor y no veo bien").await;
    until_at(&mut noah, 1).await;
    until_at(&mut first, 2).await;
    let said_in = until_marked(&mut ana, conversation).await;
    assert_eq!(ana.queue()[0], conversation);

    drop((first, noah, ana));
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = server.agent_on_duty("Ana").await;
    assert_eq!(until_marked(&mut ana, conversation).await, said_in);
    assert_eq!(ana.queue()[0], conversation);
}
