//! G4, R12: an agent who was gone for too long is told what happened, and what they send late reaches nobody.

use protocol::{CaseHolder, Lapse};

use super::*;

fn reply(conversation: ConversationId, text: &str) -> AgentCommand {
    AgentCommand::Reply {
        replies: vec![],
        conversation,
        text: text.into(),
    }
}

#[tokio::test]
async fn an_agent_who_wakes_hears_what_they_lost_when_and_who_has_it_now() {
    let clock = HandClock::at(Timestamp(5_000));
    let setup = || Setup {
        clock: clock.clock(),
        ..short_lease()
    };
    let server = Server::start(setup()).await;
    let (mut visitor, ana, conversation) = with_ana(&server).await;
    assert_eq!(ana.welcome.lapsed, []);
    clock.set(Timestamp(9_000));
    ana.socket.cut();
    visitor.until_answering("the queue again", in_queue).await;
    let lapse = |holder| Lapse {
        conversation,
        at: Timestamp(9_000),
        holder,
    };
    let ana = server.agent("Ana").await;
    assert_eq!(ana.welcome.lapsed, [lapse(CaseHolder::Queue {})]);
    drop(ana);

    // A server that starts anew knows it, too, and who has taken it since.
    let server = Server::start_at(server.stop().await, long_lease_of(&clock)).await;
    let mut ben = server.agent_on_duty("Ben").await;
    assert_eq!(ben.welcome.lapsed, [], "it is not his");
    ben.take(conversation).await;
    let with_ben = lapse(CaseHolder::Other { name: "Ben".into() });
    let mut ana = server.agent("Ana").await;
    assert_eq!(ana.welcome.lapsed, [with_ben]);
    assert!(!ana.on_duty);
    // Once she is on duty again, she knows.
    ana.go_on_duty().await;
    assert_eq!(server.agent("Ana").await.welcome.lapsed, []);
}

fn long_lease_of(clock: &HandClock) -> Setup {
    Setup {
        clock: clock.clock(),
        ..long_lease()
    }
}

#[tokio::test]
async fn what_was_given_back_and_what_is_solved_meanwhile_is_told_as_it_is() {
    let server = Server::start(short_lease()).await;
    let (mut visitor, mut ana, conversation) = with_ana(&server).await;
    let mut given_back = server.visitor().await;
    given_back.say("Never mind").await;
    ana.take(given_back.welcome.conversation).await;
    let transfer = AgentCommand::Transfer {
        conversation: given_back.welcome.conversation,
        to: None,
        note: None,
    };
    ana.must(transfer).await;
    ana.socket.cut();
    visitor.until_answering("the queue again", in_queue).await;
    let mut ben = server.agent_on_duty("Ben").await;
    ben.take(conversation).await;
    ben.resolve(conversation).await;
    let ana = server.agent("Ana").await;
    let told: Vec<_> = ana
        .welcome
        .lapsed
        .iter()
        .map(|lapse| (lapse.conversation, lapse.holder.clone()))
        .collect();
    assert_eq!(told, [(conversation, CaseHolder::Nobody {})]);
}

#[tokio::test]
async fn what_a_woken_agent_sends_late_is_refused_and_reaches_nobody() {
    let server = Server::start(short_lease()).await;
    let (mut visitor, mut ana, conversation) = with_ana(&server).await;
    let sent = new_id();
    let ack = ana.ask(sent, reply(conversation, "Before")).await.unwrap();
    ana.socket.cut();
    visitor.until_answering("the queue again", in_queue).await;

    // It waits: not hers.
    let mut ana = server.agent("Ana").await;
    let late = new_id();
    let refused = ana.ask(late, reply(conversation, "Late")).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NotYours);
    // Ben has it: none of hers.
    let mut ben = server.agent_on_duty("Ben").await;
    ben.take(conversation).await;
    let refused = ana.ask(late, reply(conversation, "Late")).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NoSuchConversation);
    // What had arrived before has its first ack, whoever has it now: it is not shown as unsent (R1).
    let again = ana.ask(sent, reply(conversation, "Before")).await.unwrap();
    assert_eq!(again, ack);
    ben.reply(conversation, "Ben here").await;
    visitor
        .until_event("Ben's words", |kind| {
            matches!(kind, protocol::EventKind::Message(message) if message.text == "Ben here")
        })
        .await;
    assert_eq!(
        visitor.log.messages(),
        [
            ("visitor", "Where is my lamp?"),
            ("Ana", "Before"),
            ("Ben", "Ben here")
        ]
    );
}
