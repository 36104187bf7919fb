//! What agents do with conversations as a whole, over the wire: how much they take, what is next, passing on, notes, putting
//! off, asking for a lead, and what the visitor is asked at the end.

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Answering, CaseHolder, ConversationId, EventKind, Recipient, RefusalCode,
    Timestamp,
};

const NOTE: &str = "canary: the depot calls back at four";

/// A visitor who waits.
async fn waiting(server: &Server) -> (Visitor, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.say("Where is my lamp?").await;
    let conversation = visitor.welcome.conversation;
    (visitor, conversation)
}

async fn until_noted(agent: &mut Agent, conversation: ConversationId, by: &str, text: &str) {
    agent
        .until("the note", |it| {
            let mut notes = it.notes.get(&conversation)?.iter();
            notes
                .find(|note| note.name == by && note.text == text)
                .map(|_| ())
        })
        .await;
}

async fn refused(agent: &mut Agent, command: AgentCommand) -> RefusalCode {
    agent.ask(new_id(), command).await.unwrap_err().code
}

#[tokio::test]
async fn nobody_gets_more_than_they_chose_and_what_is_next_is_the_longest_wait() {
    let server = Server::start(Setup::default()).await;
    let (_one, first) = waiting(&server).await;
    let (_two, second) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    for most in [0, 9] {
        let code = refused(&mut ana, AgentCommand::Most { most }).await;
        assert_eq!(code, RefusalCode::OutOfRange);
    }
    ana.must(AgentCommand::Most { most: 1 }).await;
    ana.must(AgentCommand::TakeNext {}).await;
    ana.until_case(first, "that it is hers", |case| {
        case.holder == CaseHolder::Me {}
    })
    .await;
    let take = AgentCommand::Take {
        conversation: second,
    };
    assert_eq!(refused(&mut ana, take.clone()).await, RefusalCode::Full);
    assert_eq!(
        refused(&mut ana, AgentCommand::TakeNext {}).await,
        RefusalCode::Full
    );
    ana.resolve(first).await;
    ana.must(take).await;
    let again = server.agent("Ana").await;
    assert_eq!(again.welcome.me.most, 1, "it is kept");
}

#[tokio::test]
async fn what_waits_is_offered_to_one_and_moves_on_when_they_let_it_go() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (_visitor, conversation) = waiting(&server).await;
    ana.until_case(conversation, "the offer", |case| case.offer.is_some())
        .await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    cleo.until_waiting(conversation).await;
    assert_eq!(cleo.cases[&conversation].offer, None, "one at a time");
    ana.must(AgentCommand::Pass { conversation }).await;
    cleo.until_case(conversation, "the offer", |case| case.offer.is_some())
        .await;
    ana.until_case(conversation, "no offer", |case| case.offer.is_none())
        .await;
    ana.take(conversation).await;
    cleo.until_case(conversation, "that Ana has it", |case| {
        case.offer.is_none() && matches!(case.holder, CaseHolder::Other { .. })
    })
    .await;
}

#[tokio::test]
async fn what_is_passed_on_to_a_person_is_offered_to_them_with_the_note() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    ana.take(conversation).await;
    let person = cleo.welcome.me.id;
    let pass_on = |person| AgentCommand::Transfer {
        conversation,
        to: Some(Recipient::Person(person)),
        note: Some(NOTE.into()),
    };
    let herself = ana.welcome.me.id;
    assert_eq!(
        refused(&mut ana, pass_on(herself)).await,
        RefusalCode::NotThere
    );
    ana.must(pass_on(person)).await;
    cleo.until_case(conversation, "the offer", |case| {
        case.offer.is_some() && case.wanted.as_deref() == Some("Cleo")
    })
    .await;
    cleo.open(conversation).await;
    until_noted(&mut cleo, conversation, "Ana", NOTE).await;
    visitor
        .until_answering("the queue", |it| matches!(it, Answering::Queue { .. }))
        .await;
}

/// Notes leave the agents' side by no way.
#[tokio::test]
async fn a_note_is_told_to_colleagues_who_look_and_to_nobody_else() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut ben = server.agent_on_duty("Ben").await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    ana.take(conversation).await;
    ben.open(conversation).await;
    let note = |text: &str| AgentCommand::Note {
        conversation,
        text: text.into(),
    };
    ana.must(note(NOTE)).await;
    ben.until("the note", |it| {
        it.notes
            .get(&conversation)
            .filter(|notes| !notes.is_empty())
            .map(|_| ())
    })
    .await;
    assert_eq!(
        refused(&mut cleo, note("Mine")).await,
        RefusalCode::NoSuchConversation
    );
    assert!(cleo.notes.is_empty());
    ana.reply(conversation, "It is on its way.").await;
    visitor
        .until_event("the reply", |kind| matches!(kind, EventKind::Message(message) if message.text == "It is on its way."))
        .await;
    visitor.settle().await;
    let again = Visitor::load(&server.door(), &visitor.token).await;
    let told = format!("{:?} {:?} {:?}", visitor.log, again.log, again.state);
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::test]
async fn what_is_put_off_tells_the_visitor_and_is_back_when_they_write() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    let until = |hours: i64| Timestamp(server.service.now().0 + hours * 3_600_000);
    let snooze = |until| AgentCommand::Snooze {
        conversation,
        until,
        text: "I come back to you tomorrow.".into(),
    };
    for bad in [until(-1), until(24 * 91)] {
        assert_eq!(
            refused(&mut ana, snooze(bad)).await,
            RefusalCode::OutOfRange
        );
    }
    ana.must(snooze(until(24))).await;
    visitor
        .until_event(
            "when",
            |kind| matches!(kind, EventKind::Message(message) if message.text.contains("tomorrow")),
        )
        .await;
    ana.until_case(conversation, "that it sleeps", |case| {
        case.snoozed.is_some()
    })
    .await;
    visitor.say("It has just arrived!").await;
    ana.until_case(conversation, "that it is awake", |case| {
        case.snoozed.is_none()
    })
    .await;
    assert_eq!(ana.cases[&conversation].holder, CaseHolder::Me {});
}

/// L5.
#[tokio::test]
async fn a_lead_who_is_asked_reads_along_and_takes_part_in_the_same_conversation() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut ben = server.agent_on_duty("Ben").await;
    ana.take(conversation).await;
    let take = AgentCommand::Take { conversation };
    assert_eq!(
        refused(&mut ben, take.clone()).await,
        RefusalCode::HeldByAnother
    );
    let ask = AgentCommand::AskLead {
        conversation,
        on: true,
        note: Some("May I refund it?".into()),
    };
    ana.must(ask).await;
    ben.until_case(conversation, "that a lead is asked", |case| {
        case.help.is_some()
    })
    .await;
    ben.open(conversation).await;
    until_noted(&mut ben, conversation, "Ana", "May I refund it?").await;
    ben.must(take).await;
    let is_lead = |it: &Answering| matches!(it, Answering::Agent { lead: true, .. });
    visitor.until_answering("Ben", is_lead).await;
}

#[tokio::test]
async fn two_agents_who_look_at_the_same_conversation_see_each_other() {
    let server = Server::start(Setup::default()).await;
    let (_visitor, conversation) = waiting(&server).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    let looks = AgentCommand::View {
        conversation: Some(conversation),
    };
    for agent in [&mut ana, &mut cleo] {
        agent.send(new_id(), looks.clone()).await;
        agent.settle().await;
    }
    let names = |agent: &mut Agent| agent.viewers.get(&conversation).cloned();
    ana.until("Cleo", |it| names(it).filter(|names| *names == ["Cleo"]))
        .await;
    cleo.until("Ana", |it| names(it).filter(|names| *names == ["Ana"]))
        .await;
    drop(cleo);
    ana.until("nobody else", |it| names(it).filter(Vec::is_empty))
        .await;
}

#[tokio::test]
async fn at_the_end_the_visitor_is_asked_in_their_language_and_no_brings_the_same_person_back() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor
        .say("Hola, mi pedido todavía no ha llegado y quisiera saber dónde está el paquete.")
        .await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.until_case(conversation, "its language", |case| {
        case.language
            .is_some_and(|language| language.as_str() == "es")
    })
    .await;
    ana.take(conversation).await;
    let resolve = AgentCommand::Resolve {
        conversation,
        ask: true,
    };
    ana.must(resolve.clone()).await;
    let asked = visitor
        .until_event(
            "the question",
            |kind| matches!(kind, EventKind::Message(message) if message.text == "¿Está resuelto?"),
        )
        .await;
    let EventKind::Message(message) = asked.kind else {
        unreachable!("it was a message a moment ago")
    };
    assert_eq!(message.replies, ["Sí, está resuelto", "No, todavía no"]);
    visitor.say("No, todavía no").await;
    let is_ana = |it: &Answering| matches!(it, Answering::Agent { name, .. } if name == "Ana");
    visitor.until_answering("Ana again", is_ana).await;
    ana.must(resolve).await;
    let is_over = |it: &Answering| matches!(it, Answering::Nobody { .. });
    visitor.until_answering("the end", is_over).await;
    visitor.say("Sí, está resuelto").await;
    visitor.settle().await;
    assert!(is_over(&visitor.state.answering), "{:?}", visitor.state);
}
