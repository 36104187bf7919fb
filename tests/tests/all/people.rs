//! The people who answer: one winner for each conversation (G3), and what each of them hears.

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::server::{LEAD, Server, Setup};
use human_please_tests::store::Hand;
use protocol::{
    Ack, AgentCommand, Answering, CaseHolder, CommandId, ConversationId, EventKind, Receipt,
    RefusalCode, Refused, Seq, VisitorCommand,
};

/// R6.
#[tokio::test]
async fn of_two_agents_who_take_at_once_exactly_one_wins_200_times() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Who will it be?").await;
    let conversation = visitor.welcome.conversation;
    let mut agents = [
        server.agent_on_duty("Ana").await,
        server.agent_on_duty("Ben").await,
    ];
    let mut wins = [0, 0];
    for round in 0..200 {
        for agent in &mut agents {
            agent.until_waiting(conversation).await;
            // Who does not hold it does not hear it: the log of the last time is no beginning of this time's.
            agent.logs.clear();
        }
        let ids = [new_id(), new_id()];
        // Who is first to send changes from round to round; both have sent before either hears.
        for index in [round % 2, 1 - round % 2] {
            agents[index]
                .send(ids[index], AgentCommand::Take { conversation })
                .await;
        }
        let [ana, ben] = &mut agents;
        let answers = (ana.answer(ids[0]).await, ben.answer(ids[1]).await);
        let winner = winner(answers, ids);
        wins[winner] += 1;
        let name = ["Ana", "Ben"][winner];
        let told = visitor
            .until_answering("the winner", |answering| {
                matches!(answering, Answering::Agent { .. })
            })
            .await;
        assert_eq!(
            told.answering,
            Answering::Agent {
                name: name.into(),
                lead: name == LEAD
            }
        );
        assert_eq!(
            told.waiting.map(|waiting| waiting.receipt),
            Some(Receipt(1))
        );
        let loser = &mut agents[1 - winner];
        let case = loser
            .until_case(conversation, "who was quicker", |case| {
                case.holder != CaseHolder::Queue {}
            })
            .await;
        assert_eq!(case.holder, CaseHolder::Other { name: name.into() });
        // The loser's next word is refused, and the winner gives it back.
        let reply = AgentCommand::Reply {
            replies: vec![],
            conversation,
            text: "I have it".into(),
        };
        assert!(loser.ask(new_id(), reply).await.is_err());
        agents[winner]
            .must(AgentCommand::Transfer {
                conversation,
                to: None,
                note: None,
            })
            .await;
        visitor
            .until_answering("the queue", |answering| {
                matches!(answering, Answering::Queue { .. })
            })
            .await;
    }
    assert_eq!(wins[0] + wins[1], 200);
    visitor.settle().await;
    let taken = visitor
        .log
        .events()
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Taken { .. }));
    assert_eq!(taken.count(), 200, "each round was won once");
    assert_eq!(visitor.log.messages(), [("visitor", "Who will it be?")]);
}

fn winner((ana, ben): (Result<Ack, Refused>, Result<Ack, Refused>), ids: [CommandId; 2]) -> usize {
    let lost = |id| Err(Refused::new(Some(id), RefusalCode::HeldByAnother));
    match (ana, ben) {
        (Ok(_), other) if other == lost(ids[1]) => 0,
        (other, Ok(_)) if other == lost(ids[0]) => 1,
        both => panic!("not exactly one won: {both:?}"),
    }
}

#[tokio::test]
async fn who_is_off_duty_takes_nothing_but_keeps_what_they_hold() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent("Ana").await;
    assert!(!ana.on_duty);
    let refused = ana
        .ask(new_id(), AgentCommand::Take { conversation })
        .await
        .unwrap_err();
    assert_eq!(refused.code, RefusalCode::OffDuty);
    ana.go_on_duty().await;
    ana.take(conversation).await;
    ana.must(AgentCommand::Duty { on: false }).await;
    ana.reply(conversation, "I will finish this one").await;
    let last = ana.resolve(conversation).await.seq.unwrap();
    visitor.until_seq(last).await;
    // She is not there, so what comes next goes to the queue (G5: not to a bot, and not to nobody).
    visitor.say("Are you there?").await;
    let state = visitor
        .until_answering("the queue", |answering| {
            matches!(answering, Answering::Queue { .. })
        })
        .await;
    assert_eq!(
        state.answering,
        Answering::Queue {
            position: 1,
            on_duty: 0
        }
    );
}

/// The truth about the line (G6): everybody in it knows their place and how many people are there.
#[tokio::test]
async fn places_in_line_are_real_and_change_as_it_moves() {
    let server = Server::start(Setup::default()).await;
    let mut visitors = vec![];
    for number in 1..=3 {
        let mut visitor = server.visitor().await;
        visitor.say("Hello").await;
        visitor
            .until_answering("the queue", |answering| at(answering, number))
            .await;
        visitors.push(visitor);
    }
    let mut ana = server.agent_on_duty("Ana").await;
    for (visitor, position) in visitors.iter_mut().zip(1..) {
        let state = visitor
            .until_answering("somebody on duty", |answering| {
                matches!(answering, Answering::Queue { on_duty: 1, .. })
            })
            .await;
        assert_eq!(
            state.answering,
            Answering::Queue {
                position,
                on_duty: 1
            }
        );
    }
    let in_order: Vec<ConversationId> = visitors
        .iter()
        .map(|visitor| visitor.welcome.conversation)
        .collect();
    assert_eq!(ana.queue(), in_order);
    // The second one leaves, the first is taken: the third moves up twice.
    visitors[1].leave().await;
    visitors[2]
        .until_answering("the second place", |answering| at(answering, 2))
        .await;
    ana.take(in_order[0]).await;
    visitors[2]
        .until_answering("the first place", |answering| at(answering, 1))
        .await;
    ana.settle().await;
    assert_eq!(ana.queue(), in_order[2..]);
    // Nobody was told a place that was not theirs, or the same one twice in a row.
    let places: Vec<u32> = visitors[2]
        .states
        .iter()
        .filter_map(|state| place(&state.answering))
        .collect();
    assert_eq!(
        places,
        [3, 3, 2, 1],
        "the second 3 is for Ana's coming on duty"
    );
}

fn at(answering: &Answering, wanted: u32) -> bool {
    place(answering) == Some(wanted)
}

fn place(answering: &Answering) -> Option<u32> {
    match answering {
        Answering::Queue { position, .. } => Some(*position),
        _ => None,
    }
}

/// An agent's connection hears each event of a conversation once, however it came to hear it. (The client's log fails
/// on an event that is heard twice.)
#[tokio::test]
async fn an_agent_who_opens_and_takes_hears_every_event_once() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.open(conversation).await;
    visitor.say("Heard while it waits").await;
    ana.take(conversation).await;
    ana.open(conversation).await;
    visitor.say("Heard by who holds it").await;
    ana.reply(conversation, "Yes").await;
    let last = ana.resolve(conversation).await.seq.unwrap();
    visitor.until_seq(last).await;
    visitor.say("Again").await;
    visitor.settle().await;
    let last = visitor.log.last();
    ana.until("the last event", |this| {
        (this.logs[&conversation].last() >= last).then_some(())
    })
    .await;
    ana.settle().await;
    assert_eq!(ana.logs[&conversation], visitor.log);
}

#[tokio::test]
async fn who_watches_the_queue_stops_hearing_when_a_colleague_takes() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    cleo.open(conversation).await;
    let taken = ana.take(conversation).await.seq.unwrap();
    let is_taken = |kind: &EventKind| matches!(kind, EventKind::Taken { .. });
    cleo.until_event(conversation, "that Ana took it", is_taken)
        .await;
    visitor.say("For Ana").await;
    ana.reply(conversation, "For the visitor").await;
    cleo.settle().await;
    assert_eq!(
        cleo.logs[&conversation].last(),
        taken,
        "the last she hears is who took it"
    );
    // Nor may he go on reading.
    for command in [
        AgentCommand::Open {
            conversation,
            after: Seq(0),
        },
        AgentCommand::History {
            conversation,
            before: Seq(9),
        },
    ] {
        assert_eq!(
            cleo.read(command).await.unwrap_err().code,
            RefusalCode::NoSuchConversation
        );
    }
}

#[tokio::test]
async fn an_agents_two_devices_agree() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut desk = server.agent("Ana").await;
    let mut phone = server.agent("Ana").await;
    phone.go_on_duty().await;
    desk.until("duty on the other device", |this| {
        this.on_duty.then_some(())
    })
    .await;
    desk.take(conversation).await;
    phone
        .until_case(conversation, "the case on the phone", |case| {
            case.holder == CaseHolder::Me {}
        })
        .await;
    phone.reply(conversation, "From the phone").await;
    desk.reply(conversation, "From the desk").await;
    visitor.say("Hello both").await;
    visitor.settle().await;
    let last = visitor.log.last();
    for device in [&mut desk, &mut phone] {
        device.open(conversation).await;
        device
            .until("the last event", |this| {
                (this.logs[&conversation].last() >= last).then_some(())
            })
            .await;
        assert_eq!(device.logs[&conversation], visitor.log);
        assert_eq!(load(device, conversation), 1);
    }
}

fn load(agent: &Agent, conversation: ConversationId) -> usize {
    agent
        .cases
        .values()
        .filter(|case| case.holder == CaseHolder::Me {} && case.conversation == conversation)
        .count()
}

/// R6: the last word about being on duty counts. Were it answered first, the page would show the one before.
#[tokio::test]
async fn wishes_that_come_together_are_answered_in_their_order() {
    let hand = Hand::default();
    let server = Server::start(Setup {
        store: hand.clone(),
        ..Setup::default()
    })
    .await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = server.visitor().await;
    hand.hold(true);
    visitor.send(new_id(), VisitorCommand::Human {}).await;
    hand.until_held().await;
    let [on, off] = [new_id(), new_id()];
    ana.send(on, AgentCommand::Duty { on: true }).await;
    ana.send(off, AgentCommand::Duty { on: false }).await;
    // Both wait for the commit that is held.
    ana.settle().await;
    hand.hold(false);
    ana.answer(off).await.unwrap();
    assert!(ana.answers.take(on).is_some());
    assert!(!ana.on_duty);
}
