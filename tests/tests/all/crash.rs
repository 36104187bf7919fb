//! R8, R3, G2: the program is killed at any moment, again and again. Nothing acked is missing, nothing is doubled,
//! nobody loses their place.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use human_please::secret;
use human_please::store::{SqliteStore, Store};
use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::log::Log;
use human_please_tests::program::Program;
use human_please_tests::random::Random;
use human_please_tests::server::{Place, SHOP, furnish};
use human_please_tests::socket::{Door, Heard, soon};
use human_please_tests::visitor::Visitor;
use protocol::{
    Ack, CaseHolder, CommandId, ConversationId, Timestamp, Token, VisitorCommand, VisitorFrame,
};
use tokio::sync::watch;

const ROUNDS: usize = 50;
const VISITORS: usize = 6;

/// A little less than what one connection may send at once.
const BURST: u64 = 50;

/// One visitor over all rounds.
#[derive(Default)]
struct Person {
    token: Option<Token>,
    log: Log,
    /// Everything they ever wanted, in order.
    sent: Vec<(CommandId, VisitorCommand)>,
    acks: HashMap<CommandId, Ack>,
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_it_has_kept_what_it_acked_and_doubles_nothing() {
    let mut random = Random::of_story();
    let place = Place::new();
    let session = secret::new_token();
    let store = SqliteStore::open(&place.database()).await.unwrap();
    furnish(&store, false, vec![]).await;
    let ana = store
        .agent_by_email("ana@shop.example")
        .await
        .unwrap()
        .unwrap();
    store
        .put_session(&secret::hash_token(&session), ana.id, Timestamp(i64::MAX))
        .await
        .unwrap();
    store.close().await;

    let mut people: Vec<Person> = (0..VISITORS).map(|_| Person::default()).collect();
    let mut claims: Vec<ConversationId> = vec![];
    let mut slowest_start = std::time::Duration::ZERO;
    for round in 0..ROUNDS {
        let began = Instant::now();
        let server = Program::serve(&place.database(), &[]);
        let address = server.address().await;
        slowest_start = slowest_start.max(began.elapsed());
        let door = Door::visitor(address, SHOP);
        let mut agent = Agent::come(&Door::agent(address, &session.0)).await;
        check_claims_and_line(&mut agent, &claims, &people);

        // Everybody comes back, checks what was kept, sends again what was not acked, and writes on.
        let acked = Arc::new(watch::channel(0_u64).0);
        let arrived = Arc::new(watch::channel(0).0);
        let mut writing = vec![];
        let mut wanted = 0;
        for mut person in std::mem::take(&mut people) {
            let again: Vec<_> = person
                .sent
                .iter()
                .filter(|(id, _)| !person.acks.contains_key(id))
                .cloned()
                .collect();
            // Never more than a connection may send at once.
            let room = BURST.saturating_sub(again.len() as u64).min(20);
            let count = if room == 0 { 0 } else { 1 + random.below(room) };
            let mut fresh: Vec<_> = (0..count)
                .map(|number| {
                    let text = format!("Round {round}, message {number}");
                    (new_id(), VisitorCommand::Say { text })
                })
                .collect();
            if count > 0 && random.once_in(4) {
                fresh.insert(
                    random.below(fresh.len() as u64) as usize,
                    (new_id(), VisitorCommand::Human {}),
                );
            }
            person.sent.extend(fresh.iter().cloned());
            let commands: Vec<_> = again.into_iter().chain(fresh).collect();
            wanted += commands.len() as u64;
            // A repeat of something old gets its first ack, whenever it comes.
            let mut acks: Vec<&Ack> = person
                .acks
                .values()
                .filter(|ack| ack.seq.is_some())
                .collect();
            acks.sort_by_key(|ack| ack.seq);
            let old = (!acks.is_empty()).then(|| acks[random.below(acks.len() as u64) as usize].id);
            writing.push(tokio::spawn(write(
                door.clone(),
                person,
                commands,
                old,
                Arc::clone(&arrived),
                Arc::clone(&acked),
            )));
        }
        // A claim in between, which must be kept like everything else.
        agent.go_on_duty().await;
        if let Some(conversation) = agent.queue().first().copied()
            && random.once_in(2)
        {
            agent.take(conversation).await;
            claims.push(conversation);
        }
        // Killed between some send and its ack; in the last round everything is answered first.
        let enough = if round + 1 == ROUNDS {
            wanted
        } else {
            random.below(wanted + 1)
        };
        let mut here = arrived.subscribe();
        soon("everybody", here.wait_for(|here| *here == VISITORS))
            .await
            .unwrap();
        let mut count = acked.subscribe();
        soon("acks", count.wait_for(|count| *count >= enough))
            .await
            .unwrap();
        server.kill().await;
        for person in writing {
            people.push(person.await.unwrap());
        }
    }
    assert!(
        slowest_start.as_secs_f32() < 5.0,
        "ready {slowest_start:?} after a kill"
    );
    check_everything(&place, &people).await;
}

/// Comes in, writes, and hears until the server is dead.
async fn write(
    door: Door,
    mut person: Person,
    commands: Vec<(CommandId, VisitorCommand)>,
    old: Option<CommandId>,
    arrived: Arc<watch::Sender<usize>>,
    acked: Arc<watch::Sender<u64>>,
) -> Person {
    let mut visitor = match &person.token {
        Some(token) => Visitor::resume(&door, token, person.log.clone()).await,
        None => Visitor::come(&door).await,
    };
    arrived.send_modify(|here| *here += 1);
    person.check(&visitor);
    if let Some(old) = old {
        let repeated = person
            .sent
            .iter()
            .find(|(id, _)| *id == old)
            .expect("it was sent")
            .clone();
        visitor.send(repeated.0, repeated.1).await;
    }
    for (id, command) in commands {
        visitor.send(id, command).await;
    }
    loop {
        match visitor.socket.hear("acks or death").await {
            Heard::Closed(_) => break,
            Heard::Text(text) => match serde_json::from_str(&text).unwrap() {
                VisitorFrame::Ack(ack) if old == Some(ack.id) => {
                    assert_eq!(ack, person.acks[&ack.id], "a repeat gets the first ack");
                }
                VisitorFrame::Ack(ack) => {
                    let second = person.acks.insert(ack.id, ack);
                    assert_eq!(second, None);
                    acked.send_modify(|count| *count += 1);
                }
                VisitorFrame::Event(event) => visitor.log.hear(event),
                VisitorFrame::Refused(refused) => panic!("refused: {refused:?}"),
                _ => {}
            },
        }
    }
    person.token = Some(visitor.token.clone());
    person.log = visitor.log;
    person
}

impl Person {
    /// What the server that was started again says of it.
    fn check(&self, visitor: &Visitor) {
        if self.acks.is_empty() {
            return;
        }
        assert_eq!(visitor.welcome.token, None, "the visitor is known");
        let receipt = self.acks.values().find_map(|ack| ack.receipt);
        if let Some(waiting) = visitor.state.waiting {
            assert!(receipt.is_none_or(|receipt| receipt >= waiting.receipt));
        } else {
            panic!("whoever has written to this shop waits for a person");
        }
    }
}

fn check_claims_and_line(agent: &mut Agent, claims: &[ConversationId], people: &[Person]) {
    for claim in claims {
        assert_eq!(
            agent.cases[claim].holder,
            CaseHolder::Me {},
            "a claim that was acked is kept"
        );
    }
    // Who was acked stands in the line, in the order of the numbers that were acked.
    let acked = people
        .iter()
        .filter(|person| !person.acks.is_empty())
        .count();
    assert!(
        agent.cases.len() >= acked,
        "{} of {acked} are there",
        agent.cases.len()
    );
    let numbers: Vec<_> = agent
        .queue()
        .iter()
        .map(|id| agent.cases[id].receipt.unwrap())
        .collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    let times: Vec<_> = agent
        .queue()
        .iter()
        .map(|id| agent.cases[id].since.unwrap())
        .collect();
    assert!(
        times.is_sorted(),
        "the line is in the order of its times: {times:?}"
    );
}

async fn check_everything(place: &Place, people: &[Person]) {
    let server = Program::serve(&place.database(), &[]);
    let door = Door::visitor(server.address().await, SHOP);
    let mut acked = 0;
    for person in people {
        let mut visitor = Visitor::load(&door, person.token.as_ref().unwrap()).await;
        while visitor.log.events()[0].seq.0 > 1 {
            let page = visitor.history(visitor.log.events()[0].seq).await;
            visitor.log.read(page);
        }
        // What was heard before the kills is what is there now.
        for event in person.log.events() {
            assert_eq!(&visitor.log.events()[event.seq.0 as usize - 1], event);
        }
        let kept: Vec<CommandId> = visitor
            .log
            .events()
            .iter()
            .filter_map(|event| match &event.kind {
                protocol::EventKind::Message(message) => Some(message.id),
                _ => None,
            })
            .collect();
        let says = person
            .sent
            .iter()
            .filter(|(_, command)| matches!(command, VisitorCommand::Say { .. }));
        let sent: Vec<CommandId> = says.map(|(id, _)| *id).collect();
        assert_eq!(
            kept, sent,
            "everything once, in the order in which it was written"
        );
        for ack in person.acks.values() {
            if let Some(seq) = ack.seq {
                let event = &visitor.log.events()[seq.0 as usize - 1];
                assert_eq!(event.at, ack.at);
                acked += 1;
            }
        }
    }
    println!("{acked} acked commands survived {ROUNDS} kills");
}
