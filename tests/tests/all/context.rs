//! G6, G7, G8: what the shop's page says of its visitor is shown to people as what it is, not verified, and to nobody else;
//! it is masked, bounded, and kept beside the log.

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{Context, ContextValue, ConversationId, RefusalCode, Unverified, VisitorCommand};

fn said(values: &[(&str, &str)]) -> VisitorCommand {
    let value =
        |(name, value): &(&str, &str)| ((*name).into(), ContextValue::Text((*value).into()));
    VisitorCommand::Context {
        values: Context(values.iter().map(value).collect()),
    }
}

fn shown(values: &[(&str, &str)]) -> Vec<Unverified> {
    let value = |(name, value): &(&str, &str)| Unverified {
        name: (*name).into(),
        value: (*value).into(),
    };
    values.iter().map(value).collect()
}

async fn until_shown(agent: &mut Agent, id: ConversationId, wanted: &[(&str, &str)]) {
    let wanted = shown(wanted);
    agent
        .until("what the page says", |it| {
            (it.contexts.get(&id) == Some(&wanted)).then_some(())
        })
        .await;
}

#[tokio::test]
async fn people_see_the_newest_of_what_the_page_says_and_nobody_else_sees_any() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    // There is nothing yet to keep it with.
    let refused = visitor.ask(new_id(), said(&[("order", "1")])).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NoSuchConversation);
    visitor.say("Where is my order?").await;
    let ack = visitor.ask(new_id(), said(&[("order", "LO-20417")])).await;
    assert_eq!(ack.unwrap().seq, None, "it is in no log");
    visitor.human().await;

    // Who looks at the line sees it, and hears when it changes; so does who takes it, on every device.
    let mut cleo = server.agent_on_duty("Cleo").await;
    cleo.open(conversation).await;
    until_shown(&mut cleo, conversation, &[("order", "LO-20417")]).await;
    let newer = [("plan", "gold"), ("card", "4111 1111 1111 1111")];
    let masked = [("plan", "gold"), ("card", "[card ending 1111 removed]")];
    visitor.ask(new_id(), said(&newer)).await.unwrap();
    until_shown(&mut cleo, conversation, &masked).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut phone = server.agent("Ana").await;
    ana.take(conversation).await;
    until_shown(&mut ana, conversation, &masked).await;
    until_shown(&mut phone, conversation, &masked).await;
    cleo.contexts.clear();
    visitor
        .ask(new_id(), said(&[("basket", "2 lamps")]))
        .await
        .unwrap();
    until_shown(&mut phone, conversation, &[("basket", "2 lamps")]).await;
    cleo.settle().await;
    assert!(cleo.contexts.is_empty(), "it is Ana's now");

    // It outlives a restart, is in no frame of the visitor's, and can be taken back.
    let token = visitor.token.clone();
    drop((visitor, ana, cleo, phone));
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    let told = serde_json::to_string(&visitor.welcome).unwrap();
    assert!(!told.contains("lamps") && !told.contains("gold"), "{told}");
    let mut ana = server.agent_on_duty("Ana").await;
    ana.open(conversation).await;
    until_shown(&mut ana, conversation, &[("basket", "2 lamps")]).await;
    visitor.ask(new_id(), said(&[])).await.unwrap();
    until_shown(&mut ana, conversation, &[]).await;

    // What it says is nothing that the assistant is asked.
    visitor
        .ask(new_id(), said(&[("basket", "2 lamps")]))
        .await
        .unwrap();
    visitor.assistant().await;
    visitor.say("What is in my basket?").await;
    let answer = visitor
        .until_event("an answer", |kind| {
            let protocol::EventKind::Message(message) = kind else {
                return false;
            };
            message.author == (protocol::Author::Bot {}) && message.text.contains("basket")
        })
        .await;
    assert!(!format!("{answer:?}").contains("lamps"));
}

#[tokio::test]
async fn more_than_a_context_may_be_is_refused_and_what_was_kept_stays() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    visitor.say("Hello").await;
    visitor
        .ask(new_id(), said(&[("order", "1")]))
        .await
        .unwrap();
    let long = "x".repeat(501);
    for bad in [
        said(&[("order", &long)]),
        said(&[("", "x")]),
        said(&[("a", "1"), ("a", "2")]),
    ] {
        let refused = visitor.ask(new_id(), bad).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.retry),
            (RefusalCode::BadContext, false)
        );
    }
    let mut ana = server.agent_on_duty("Ana").await;
    ana.open(conversation).await;
    until_shown(&mut ana, conversation, &[("order", "1")]).await;
}
