//! Two servers on one store, joined by nothing but the bus: the store gives order, the bus only says "look".

use std::sync::Arc;

use human_please::bus::{Bus, Listener, LocalBus, Look};
use human_please::outbox::{Next, Outbox};
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Place, SHOP, Server, Setup};
use human_please_tests::socket::soon;
use human_please_tests::store::Hand;
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Answering, CaseHolder, EventKind, Receipt, RefusalCode, Refused, Seq,
    VisitorCommand,
};

/// Two servers that hear of each other.
async fn pair(setup: Setup) -> (Server, Server) {
    let bus = LocalBus::default();
    let peer = bus.peer(1);
    let place = Place::new();
    let one = Server::start_at(
        Arc::clone(&place),
        Setup {
            bus: Arc::new(bus),
            ..setup.clone()
        },
    )
    .await;
    let other = Server::start_at(
        place,
        Setup {
            bus: Arc::new(peer),
            ..setup
        },
    )
    .await;
    (one, other)
}

/// A bus that loses every word.
struct Deaf;

impl Bus for Deaf {
    fn announce(&self, _: Look) {}

    fn listen(&self, _: Listener) {}
}

/// R2, R13: everybody hears everything, in one order, wherever they are connected.
#[tokio::test]
async fn a_visitor_on_one_server_and_an_agent_on_another_share_one_conversation() {
    let (here, there) = pair(Setup::with_bot(bot::echoing())).await;
    let mut visitor = here.visitor().await;
    let conversation = visitor.welcome.conversation;
    visitor.say("Hello").await;
    visitor
        .until_event("the bot's answer", |kind| says(kind, "You said: Hello"))
        .await;
    visitor.human().await;

    let mut ana = there.agent_on_duty("Ana").await;
    visitor
        .until_answering("somebody on duty on the other server", |answering| {
            *answering
                == Answering::Queue {
                    position: 1,
                    on_duty: 1,
                }
        })
        .await;
    ana.until_waiting(conversation).await;
    ana.open(conversation).await;
    ana.take(conversation).await;
    visitor
        .until_answering("Ana, from the other server", |answering| {
            *answering
                == Answering::Agent {
                    name: "Ana".into(),
                    lead: false,
                }
        })
        .await;

    // A second tab on the other server, and both sides writing at once.
    let mut tab = Visitor::load(&there.door(), &visitor.token).await;
    for round in 0..20 {
        let ids = [new_id(), new_id(), new_id()];
        let say = |who: &str| VisitorCommand::Say {
            text: format!("{who} {round}"),
        };
        visitor.send(ids[0], say("Here")).await;
        tab.send(ids[1], say("There")).await;
        ana.send(
            ids[2],
            AgentCommand::Reply {
                replies: vec![],
                conversation,
                text: format!("Ana {round}"),
            },
        )
        .await;
        visitor.answer(ids[0]).await.unwrap();
        tab.answer(ids[1]).await.unwrap();
        ana.answer(ids[2]).await.unwrap();
    }
    let last = ana.resolve(conversation).await.seq.unwrap();
    visitor.until_seq(last).await;
    tab.until_seq(last).await;
    ana.until("the last event", |this| {
        (this.logs[&conversation].last() >= last).then_some(())
    })
    .await;
    assert_eq!(visitor.log.messages().len(), 2 + 60);
    assert_eq!(tab.log, visitor.log);
    assert_eq!(ana.logs[&conversation], visitor.log);
    for server in [&here, &there] {
        assert_eq!(
            Visitor::load(&server.door(), &visitor.token).await.log,
            visitor.log
        );
    }
}

#[tokio::test]
async fn receipts_are_one_sequence_and_the_line_is_one_line() {
    let (here, there) = pair(Setup::default()).await;
    let mut visitors = vec![];
    for _ in 0..10 {
        visitors.push(here.visitor().await);
        visitors.push(there.visitor().await);
    }
    // All press at once, on both servers.
    let mut presses = vec![];
    for visitor in &mut visitors {
        let id = new_id();
        visitor.send(id, VisitorCommand::Human {}).await;
        presses.push(id);
    }
    let mut receipts = vec![];
    for (visitor, id) in visitors.iter_mut().zip(presses) {
        let mut answer = visitor.answer(id).await;
        // A disk that is busy with other stories can hold a commit up for longer than a server waits for its turn.
        // Then the press is sent again, as every client does.
        while answer.as_ref().is_err_and(|refused| refused.retry) {
            answer = visitor.ask(id, VisitorCommand::Human {}).await;
        }
        let receipt = answer.unwrap().receipt.unwrap();
        receipts.push((receipt, visitor.welcome.conversation));
    }
    receipts.sort_unstable();
    let numbers: Vec<Receipt> = receipts.iter().map(|(receipt, _)| *receipt).collect();
    assert_eq!(numbers, (1..=20).map(Receipt).collect::<Vec<_>>());
    let in_line: Vec<_> = receipts
        .iter()
        .map(|(_, conversation)| *conversation)
        .collect();
    for (server, name) in [(&here, "Ana"), (&there, "Ben")] {
        let mut agent = server.agent(name).await;
        agent
            .until("everybody in line", |this| {
                (this.queue().len() == 20).then_some(())
            })
            .await;
        assert_eq!(agent.queue(), in_line, "as {name} sees it");
    }
    for visitor in &mut visitors {
        let place = in_line
            .iter()
            .position(|other| *other == visitor.welcome.conversation)
            .unwrap();
        let position = u32::try_from(place + 1).unwrap();
        visitor
            .until_answering("their place", |answering| {
                matches!(answering, Answering::Queue { position: told, .. } if *told == position)
            })
            .await;
    }
}

/// R6, R13: a claim has one winner, however far apart they are.
#[tokio::test]
async fn of_two_agents_on_two_servers_one_wins() {
    let (here, there) = pair(Setup::default()).await;
    let mut visitor = here.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = here.agent_on_duty("Ana").await;
    let mut ben = there.agent_on_duty("Ben").await;
    for _ in 0..25 {
        for agent in [&mut ana, &mut ben] {
            agent.until_waiting(conversation).await;
            // Who does not hold it does not hear it: the log of the last time is no beginning of this time's.
            agent.logs.clear();
        }
        let ids = [new_id(), new_id()];
        let take = AgentCommand::Take { conversation };
        ana.send(ids[0], take.clone()).await;
        ben.send(ids[1], take).await;
        let answers = (ana.answer(ids[0]).await, ben.answer(ids[1]).await);
        let lost = |id| Err(Refused::new(Some(id), RefusalCode::HeldByAnother));
        let ana_won = match answers {
            (Ok(_), other) if other == lost(ids[1]) => true,
            (other, Ok(_)) if other == lost(ids[0]) => false,
            both => panic!("not exactly one won: {both:?}"),
        };
        let (winner, loser) = if ana_won {
            (&mut ana, &mut ben)
        } else {
            (&mut ben, &mut ana)
        };
        loser
            .until_case(conversation, "who was quicker", |case| {
                matches!(case.holder, CaseHolder::Other { .. })
            })
            .await;
        winner
            .must(AgentCommand::Transfer {
                conversation,
                to: None,
                note: None,
            })
            .await;
    }
    visitor
        .until_answering("the queue", |answering| {
            matches!(answering, Answering::Queue { .. })
        })
        .await;
    let is_taken = |event: &&protocol::Event| matches!(event.kind, EventKind::Taken { .. });
    visitor
        .until("25 claims", |this| {
            (this.log.events().iter().filter(is_taken).count() == 25).then_some(())
        })
        .await;
}

/// S3 across servers: who only watched hears no more when a colleague takes it elsewhere.
#[tokio::test]
async fn who_watches_on_one_server_stops_hearing_when_it_is_taken_on_the_other() {
    let (here, there) = pair(Setup::default()).await;
    let mut visitor = here.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = here.agent_on_duty("Ana").await;
    let mut cleo = there.agent_on_duty("Cleo").await;
    cleo.until_waiting(conversation).await;
    cleo.open(conversation).await;
    let taken = ana.take(conversation).await.seq.unwrap();
    cleo.until_case(conversation, "that Ana has it", |case| {
        matches!(case.holder, CaseHolder::Other { .. })
    })
    .await;
    visitor.say("For Ana").await;
    let last = ana
        .reply(conversation, "For the visitor")
        .await
        .seq
        .unwrap();
    // Cleo's server has looked again by the time that a visitor there has heard the last event.
    let mut tab = Visitor::load(&there.door(), &visitor.token).await;
    tab.until_seq(last).await;
    visitor.say("For Ana, too").await;
    visitor.settle().await;
    tab.until_seq(visitor.log.last()).await;
    cleo.settle().await;
    assert_eq!(
        cleo.logs[&conversation].last(),
        taken,
        "the last she hears is who took it"
    );
}

/// A repeat is found out wherever it is sent.
#[tokio::test]
async fn a_command_repeated_on_the_other_server_gets_the_first_ack() {
    let (here, there) = pair(Setup::default()).await;
    let mut visitor = here.visitor().await;
    let id = new_id();
    let say = VisitorCommand::Say {
        text: "Once".into(),
    };
    let ack = visitor.ask(id, say.clone()).await.unwrap();
    let mut tab = Visitor::load(&there.door(), &visitor.token).await;
    assert_eq!(tab.ask(id, say).await.unwrap(), ack);
    tab.settle().await;
    assert_eq!(tab.log, visitor.log);
    assert_eq!(
        tab.log.last(),
        Seq(2),
        "the request for a person, and the message"
    );
}

/// Losing every word on the bus costs time and nothing else: who acts looks at the store first.
#[tokio::test]
async fn servers_that_hear_nothing_of_each_other_still_agree() {
    let place = Place::new();
    let deaf = || Setup {
        bus: Arc::new(Deaf),
        ..Setup::default()
    };
    let here = Server::start_at(Arc::clone(&place), deaf()).await;
    let there = Server::start_at(place, deaf()).await;
    // Ten requests on one server: the other one has not heard of any of these numbers.
    for number in 1..=10 {
        assert_eq!(
            here.visitor().await.human().await.receipt,
            Some(Receipt(number))
        );
    }
    let mut late = there.visitor().await;
    assert_eq!(late.human().await.receipt, Some(Receipt(11)));
    let conversation = late.welcome.conversation;

    // The same conversation, written to on both.
    let mut tab = Visitor::load(&here.door(), &late.token).await;
    for round in 0..5 {
        late.say(&format!("There {round}")).await;
        tab.say(&format!("Here {round}")).await;
    }
    let fresh = Visitor::load(&here.door(), &late.token).await;
    assert_eq!(fresh.log.messages().len(), 10);
    assert_eq!(fresh.welcome.conversation, conversation);
}

/// A server that catches up while more is written elsewhere tells each event to whoever comes in meanwhile, either on
/// arrival or after it.
#[tokio::test]
async fn who_comes_while_a_server_catches_up_misses_nothing() {
    let bus = LocalBus::default();
    let peer = bus.peer(1);
    let place = Place::new();
    let setup = Setup {
        bus: Arc::new(bus),
        ..Setup::default()
    };
    let here = Server::start_at(Arc::clone(&place), setup).await;
    let hand = Hand::default();
    let setup = Setup {
        bus: Arc::new(peer),
        store: hand.clone(),
        ..Setup::default()
    };
    let there = Server::start_at(place, setup).await;
    let mut visitor = here.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let site = there.service.site(SHOP).unwrap().id;
    // Somebody must hear it there, so that the server has something to catch up with.
    let _tab = Visitor::load(&there.door(), &visitor.token).await;
    for round in 0..8 {
        hand.hold_standings(true);
        visitor.say(&format!("Before {round}")).await;
        hand.until_standing_held().await;
        let last = visitor
            .say(&format!("Meanwhile {round}"))
            .await
            .seq
            .unwrap();
        // The newcomer is in line before the server goes on.
        let outbox = Arc::new(Outbox::default());
        let greeting =
            there
                .service
                .greet_visitor(site, conversation, Some(Arc::clone(&outbox)), None);
        let (greeting, ()) = tokio::join!(greeting, async { hand.hold_standings(false) });
        let told = greeting.unwrap().last_seq;
        if told < last {
            soon(&format!("event {last} after {told}"), async {
                let text = format!("Meanwhile {round}");
                while !matches!(outbox.next().await, Next::Send(frames)
                    if frames.iter().any(|frame| frame.as_str().contains(&text)))
                {}
            })
            .await;
        }
        there
            .service
            .leave_visitor(site, conversation, outbox)
            .await;
    }
}

fn says(kind: &EventKind, text: &str) -> bool {
    matches!(kind, EventKind::Message(message) if message.text == text)
}
