//! G6: answers that a message suggests. They are its author's offer, bounded and masked; the visitor sends one as their own
//! words, or writes what they like.

use std::sync::Arc;

use human_please::bot::{Answer, Bot, BotError, Question};
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{AgentCommand, Author, EventKind, Message};

/// Suggests more than a message may carry.
struct Eager;

impl Bot for Eager {
    fn answer(&self, _: &Question) -> Result<Answer, BotError> {
        let long = "x".repeat(90);
        let many = ["Yes", " Yes ", "", "my card is 4111 1111 1111 1111", &long];
        let more = (1..9).map(|number| number.to_string());
        Ok(Answer {
            replies: many.map(str::to_owned).into_iter().chain(more).collect(),
            ..bot::words("Is it broken?")
        })
    }
}

async fn newest(visitor: &mut Visitor, by: Author) -> Message {
    let is_theirs =
        |kind: &EventKind| matches!(kind, EventKind::Message(message) if message.author == by);
    let event = visitor.until_event("a message", is_theirs).await;
    match event.kind {
        EventKind::Message(message) => message,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn what_a_bot_and_a_person_suggest_is_cut_masked_and_kept() {
    let server = Server::start(Setup::with_bot(Arc::new(Eager))).await;
    let mut visitor = server.visitor().await;
    visitor.say("My lamp").await;
    let asked = newest(&mut visitor, Author::Bot {}).await;
    let long = "x".repeat(80);
    let masked = "my card is [card ending 1111 removed]";
    assert_eq!(asked.replies, ["Yes", masked, &long, "1", "2", "3"]);

    visitor.human().await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    ana.must(AgentCommand::Reply {
        conversation,
        text: "Shall I send a new one?".into(),
        replies: vec!["Yes, please".into(), "No, a refund".into()],
    })
    .await;
    let ana_author = Author::Agent { name: "Ana".into() };
    let offered = newest(&mut visitor, ana_author.clone()).await;
    assert_eq!(offered.replies, ["Yes, please", "No, a refund"]);
    // The answer is the visitor's own words, and suggests nothing.
    visitor.say(&offered.replies[0]).await;
    let said = newest(&mut visitor, Author::Visitor {}).await;
    assert_eq!((&*said.text, said.replies.len()), ("Yes, please", 0));

    // They are in the log for good.
    let (token, log) = (visitor.token.clone(), visitor.log.clone());
    drop((visitor, ana));
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let visitor = Visitor::load(&server.door(), &token).await;
    assert_eq!(visitor.log.events(), log.events());
}
