//! The card, over the wire: what is known of a conversation, who puts it right, and what is asked again.

use std::sync::Arc;

use human_please::bot::{Answer, Question};
use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot::{Scripted, words};
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Author, CardFact, CaseHolder, ConversationId, Correction, FactKind, RefusalCode,
    Seq, Source, VisitorCommand,
};

const FIRST: &str = "My name is Mira Okafor. Where is my order LO-20417?";

fn correction(kind: FactKind, was: &str, text: &str) -> Correction {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Correction {
        kind,
        was: some(was),
        text: some(text),
    }
}

/// A visitor who has said who they are and what about, and waits.
async fn waiting(server: &Server) -> (Visitor, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.say(FIRST).await;
    let conversation = visitor.welcome.conversation;
    (visitor, conversation)
}

/// What is said of a kind, with who said so if it was not found.
fn said(facts: &[CardFact], kind: FactKind) -> Vec<String> {
    let facts = facts.iter().filter(|fact| fact.kind == kind);
    let said = facts.map(|fact| match &fact.by {
        None => fact.text.clone(),
        Some(Author::Agent { name }) => format!("{}, by {name}", fact.text),
        Some(_) => format!("{}, by the visitor", fact.text),
    });
    said.collect()
}

async fn until_visitor_reads(visitor: &mut Visitor, kind: FactKind, text: &str) {
    let what = format!("the visitor's card with {text:?}");
    visitor
        .until(&what, |it| (said(&it.facts, kind) == [text]).then_some(()))
        .await;
}

async fn until_agent_reads(
    agent: &mut Agent,
    conversation: ConversationId,
    kind: FactKind,
    text: &str,
) {
    let what = format!("{}'s card with {text:?}", agent.welcome.me.name);
    agent
        .until(&what, |it| {
            let facts = it.facts.get(&conversation)?;
            (said(facts, kind) == [text]).then_some(())
        })
        .await;
}

async fn corrects(
    agent: &mut Agent,
    conversation: ConversationId,
    correction: Correction,
) -> Result<(), RefusalCode> {
    let command = AgentCommand::Correct {
        conversation,
        correction,
    };
    let answer = agent.ask(new_id(), command).await;
    answer.map(|_| ()).map_err(|refused| refused.code)
}

#[tokio::test]
async fn what_was_said_is_on_the_card_of_whoever_waits_and_of_whoever_looks() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = waiting(&server).await;
    until_visitor_reads(&mut visitor, FactKind::Order, "LO-20417").await;
    until_visitor_reads(&mut visitor, FactKind::Name, "Mira Okafor").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.open(conversation).await;
    until_agent_reads(&mut ana, conversation, FactKind::Order, "LO-20417").await;
    let order = ana.facts[&conversation]
        .iter()
        .find(|fact| fact.kind == FactKind::Order);
    let text_of = |seq: Seq| {
        let log = &ana.logs[&conversation];
        let mut events = log.events().iter();
        events.find(|event| event.seq == seq).cloned()
    };
    let message = order.and_then(|fact| fact.seq).and_then(text_of);
    let json = serde_json::to_string(&message).unwrap();
    assert!(json.contains(FIRST), "{json}");
    // What is said later comes without being asked for.
    visitor.say("You can reach me at mira@mail.example.").await;
    until_agent_reads(&mut ana, conversation, FactKind::Email, "mira@mail.example").await;
    until_visitor_reads(&mut visitor, FactKind::Email, "mira@mail.example").await;
}

#[tokio::test]
async fn the_visitor_and_the_holder_put_the_card_right_for_each_other_and_it_outlives_the_server() {
    let mut server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = waiting(&server).await;
    until_visitor_reads(&mut visitor, FactKind::Order, "LO-20417").await;
    let order = correction(FactKind::Order, "LO-20417", " LO-20418\n");
    let command = VisitorCommand::Correct { correction: order };
    visitor.ask(new_id(), command.clone()).await.unwrap();
    until_visitor_reads(&mut visitor, FactKind::Order, "LO-20418, by the visitor").await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    until_agent_reads(
        &mut ana,
        conversation,
        FactKind::Order,
        "LO-20418, by the visitor",
    )
    .await;
    let note = correction(FactKind::Other, "", "Card 4111 1111 1111 1111");
    corrects(&mut ana, conversation, note).await.unwrap();
    let masked = "Card [card ending 1111 removed], by Ana";
    until_agent_reads(&mut ana, conversation, FactKind::Other, masked).await;
    // A lost answer: what was put right is there once.
    visitor.ask(new_id(), command).await.unwrap();
    let place = server.stop().await;
    server = Server::start_at(place, Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    ana.open(conversation).await;
    until_agent_reads(&mut ana, conversation, FactKind::Other, masked).await;
    until_agent_reads(
        &mut ana,
        conversation,
        FactKind::Order,
        "LO-20418, by the visitor",
    )
    .await;
}

/// S3, S4: least rights for the card.
#[tokio::test]
async fn only_the_holder_and_leads_put_right_what_is_known() {
    let server = Server::start(Setup::default()).await;
    let (_visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    let other = || correction(FactKind::Other, "", "Rings the left bell");
    for (name, expected) in [
        ("Cleo", Err(RefusalCode::NoSuchConversation)),
        ("Rita", Err(RefusalCode::NoSuchConversation)),
        ("Ben", Ok(())),
    ] {
        let mut agent = server.agent_on_duty(name).await;
        let answer = corrects(&mut agent, conversation, other()).await;
        assert_eq!(answer, expected, "{name}");
    }
    let nothing = Correction {
        kind: FactKind::Other,
        was: None,
        text: None,
    };
    let answer = corrects(&mut ana, conversation, nothing).await;
    assert_eq!(answer, Err(RefusalCode::BadFact));
    let (_other, waits) = waiting(&server).await;
    ana.until_waiting(waits).await;
    let answer = corrects(&mut ana, waits, other()).await;
    assert_eq!(
        answer,
        Err(RefusalCode::NotYours),
        "it waits for whoever takes it"
    );
}

#[tokio::test]
async fn a_question_whose_answer_is_known_is_told_before_it_is_sent() {
    let server = Server::start(Setup::default()).await;
    let (_visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    until_agent_reads(&mut ana, conversation, FactKind::Order, "LO-20417").await;
    ana.begin(conversation, "Could you give me your order number?")
        .await;
    let is_told = |it: &mut Agent| {
        let known = it.known.get(&conversation)?;
        (said(known, FactKind::Order) == ["LO-20417"]).then_some(())
    };
    ana.until("that the number is known", is_told).await;
    ana.begin(conversation, "I look up your order.").await;
    ana.until("that nothing is asked again", |it| {
        it.known.get(&conversation)?.is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_the_assistant_quoted_is_on_the_card_after_the_handover() {
    let bot = Arc::new(Scripted(|_: &Question| {
        let sources = vec![Source {
            title: "Shipping times".into(),
            url: "/help/shipping-times".into(),
        }];
        Ok(Answer {
            sources,
            ..words("Orders leave our workshop within one working day.")
        })
    }));
    let server = Server::start(Setup::with_bot(bot)).await;
    let mut visitor = server.visitor().await;
    visitor.say(FIRST).await;
    visitor
        .until_event(
            "the assistant's answer",
            |kind| matches!(kind, protocol::EventKind::Message(it) if it.author == Author::Bot {}),
        )
        .await;
    assert_eq!(visitor.facts, [], "nobody waits yet");
    visitor.human().await;
    until_visitor_reads(&mut visitor, FactKind::Order, "LO-20417").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    ana.until_case(conversation, "that it is hers", |case| {
        case.holder == CaseHolder::Me {}
    })
    .await;
    until_agent_reads(&mut ana, conversation, FactKind::Article, "Shipping times").await;
}
