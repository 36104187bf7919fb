//! R1: a command is known by its id for ever. However often it is sent again, it counts once and gets the first
//! one's ack.

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{Ack, AgentCommand, CommandId, Refused, VisitorCommand};

/// What was sent, and its first ack.
type Done<C> = Vec<(CommandId, C, Ack)>;

#[tokio::test]
async fn a_repeat_gets_the_first_ack_and_changes_nothing_even_much_later() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut ben = server.agent_on_duty("Ben").await;
    let conversation = visitor.welcome.conversation;

    // Every command that changes a conversation, each twice in a row.
    let mut by_visitor = Done::new();
    let mut by_ana = Done::new();
    for command in [
        VisitorCommand::Human {},
        VisitorCommand::Leave {},
        VisitorCommand::Human {},
        VisitorCommand::Assistant {},
        VisitorCommand::End {},
        VisitorCommand::Human {},
        VisitorCommand::Supervisor {},
        VisitorCommand::Say {
            text: "Hello".into(),
        },
    ] {
        by_visitor.push(twice(&mut visitor, command).await);
    }
    for command in [
        AgentCommand::Take { conversation },
        AgentCommand::Reply {
            replies: vec![],
            conversation,
            text: "Ana here".into(),
        },
        AgentCommand::Transfer {
            conversation,
            to: None,
            note: None,
        },
    ] {
        by_ana.push(twice_by_agent(&mut ana, command).await);
    }
    ben.take(conversation).await;
    ben.resolve(conversation).await;
    let last = visitor.say("Once more").await.seq.unwrap();
    visitor.until_seq(last).await;

    // Now Ben holds it again. Most of what was done would be refused, or would do something new, today.
    repeat_all(&mut visitor, &by_visitor, &mut ana, &by_ana).await;
    visitor.settle().await;
    assert_eq!(visitor.log.last(), last, "no repeat has added anything");

    // The same after the server was started again: the ids are stored with what they made.
    let (token, log) = (visitor.token.clone(), visitor.log.clone());
    drop((visitor, ana, ben));
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    let mut ana = server.agent("Ana").await;
    repeat_all(&mut visitor, &by_visitor, &mut ana, &by_ana).await;
    visitor.settle().await;
    assert_eq!(visitor.log, log);
}

#[tokio::test]
async fn repeats_that_overtake_the_ack_are_one_event() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    let mut ana = server.agent_on_duty("Ana").await;
    visitor.say("Hello").await;
    ana.take(visitor.welcome.conversation).await;
    // Two tabs send the same command before either has heard of it; the ack comes on both.
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    for round in 0..20 {
        let id = new_id();
        let say = VisitorCommand::Say {
            text: format!("Round {round}"),
        };
        visitor.send(id, say.clone()).await;
        tab.send(id, say).await;
        let acks = (visitor.answer(id).await, tab.answer(id).await);
        assert_eq!(acks.0, acks.1);
        visitor.until_seq(acks.0.unwrap().seq.unwrap()).await;
        assert_eq!(visitor.log.count(id), 1);
    }
    visitor.settle().await;
    tab.until_seq(visitor.log.last()).await;
    assert_eq!(tab.log, visitor.log);
    assert_eq!(visitor.log.messages().len(), 21);
}

/// An id is spent within its conversation only.
#[tokio::test]
async fn two_visitors_may_use_the_same_id() {
    let server = Server::start(Setup::default()).await;
    let (mut one, mut other) = (server.visitor().await, server.visitor().await);
    let id = new_id();
    one.ask(id, VisitorCommand::Say { text: "One".into() })
        .await
        .unwrap();
    other
        .ask(
            id,
            VisitorCommand::Say {
                text: "Other".into(),
            },
        )
        .await
        .unwrap();
    assert_eq!(one.log.messages(), [("visitor", "One")]);
    assert_eq!(other.log.messages(), [("visitor", "Other")]);
}

async fn twice(visitor: &mut Visitor, command: VisitorCommand) -> (CommandId, VisitorCommand, Ack) {
    let id = new_id();
    let ack = visitor.ask(id, command.clone()).await.unwrap();
    assert!(ack.seq.is_some(), "{command:?} changed something");
    let again = visitor.ask(id, command.clone()).await;
    assert_eq!(again, Ok::<_, Refused>(ack), "{command:?}");
    (id, command, ack)
}

async fn twice_by_agent(
    agent: &mut Agent,
    command: AgentCommand,
) -> (CommandId, AgentCommand, Ack) {
    let id = new_id();
    let ack = agent.ask(id, command.clone()).await.unwrap();
    assert!(ack.seq.is_some(), "{command:?} changed something");
    let again = agent.ask(id, command.clone()).await;
    assert_eq!(again, Ok::<_, Refused>(ack), "{command:?}");
    (id, command, ack)
}

async fn repeat_all(
    visitor: &mut Visitor,
    by_visitor: &Done<VisitorCommand>,
    agent: &mut Agent,
    by_agent: &Done<AgentCommand>,
) {
    for (id, command, ack) in by_visitor {
        assert_eq!(
            visitor.ask(*id, command.clone()).await,
            Ok::<_, Refused>(*ack),
            "{command:?}"
        );
    }
    for (id, command, ack) in by_agent {
        assert_eq!(
            agent.ask(*id, command.clone()).await,
            Ok::<_, Refused>(*ack),
            "{command:?}"
        );
    }
}
