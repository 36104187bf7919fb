//! R1, R2, R4, R5, R11: bad lines. Visitors' pages, with the very session that browsers run, show the same in the end as a page
//! that is loaded anew, whatever the line did in between; and everything that they wrote once, in order.

use std::time::{Duration, Instant};

use human_please::socket::Patience;
use human_please_tests::client::{Client, Shown, Storage};
use human_please_tests::figures;
use human_please_tests::link::{Cut, Link, Weather};
use human_please_tests::random::Random;
use human_please_tests::server::{SHOP, Server, Setup};
use human_please_tests::socket::Door;
use human_please_tests::visitor::Visitor;
use protocol::{Answering, CommandId, EventKind};
use session::LinkState;

/// A heartbeat at which a story need not wait long for a silence to be found.
const HEARTBEAT: Duration = Duration::from_secs(1);

fn quick() -> Setup {
    Setup {
        patience: Patience {
            heartbeat: HEARTBEAT,
            ..Patience::default()
        },
        ..Setup::default()
    }
}

/// A visitor's messages as a page shows them.
fn ids(shown: &Shown) -> Vec<CommandId> {
    let ids = shown.events.iter().filter_map(|event| match &event.kind {
        EventKind::Message(message) => Some(message.id),
        _ => None,
    });
    ids.collect()
}

/// Compares what a page shows with what one shows that is loaded anew, on a good line.
async fn check_against_fresh(server: &Server, storage: &Storage, shown: &Shown) {
    let token = storage.token().expect("the visitor is known");
    let mut fresh = Visitor::load(&server.door(), &token).await;
    fresh.settle().await;
    assert_eq!(fresh.log.events(), shown.events, "the same log");
    assert_eq!(Some(&fresh.state), shown.state.as_ref(), "the same state");
}

/// One visitor in the storm.
struct Person {
    storage: Storage,
    client: Client,
    wrote: Vec<CommandId>,
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_line_does_everything_arrives_once_and_in_order() {
    let mut random = Random::of_story();
    let server = Server::start(quick()).await;
    let share = Random::from_seed(random.below(u64::MAX));
    let link = Link::to(server.address, share).await;
    let door = Door::visitor(link.address, SHOP);
    let mut people: Vec<Person> = (0..4)
        .map(|_| {
            let storage = Storage::default();
            let client = Client::load(&door, &storage, random.below(u64::MAX));
            client.human();
            Person {
                storage,
                client,
                wrote: vec![],
            }
        })
        .collect();
    let (mut cuts, mut silences, mut reloads) = (0, 0, 0);
    for number in 0..120 {
        let index = random.below(people.len() as u64) as usize;
        let person = &mut people[index];
        match random.below(12) {
            0 => {
                link.cut(Cut::Finish);
                cuts += 1;
            }
            1 => {
                link.cut(Cut::Reset);
                cuts += 1;
            }
            2 if silences < 4 => {
                link.turn(Weather {
                    is_silent: true,
                    ..Weather::default()
                });
                silences += 1;
            }
            3 => {
                // The tab is killed, and opened anew from what the browser has kept.
                let seed = random.below(u64::MAX);
                person.client = Client::load(&door, &person.storage, seed);
                reloads += 1;
            }
            4 => link.turn(Weather::default()),
            5 | 6 => link.turn(Weather {
                delay: Duration::from_millis(random.below(100)),
                jitter: Duration::from_millis(random.below(100)),
                twice_in: Some(2),
                ..Weather::default()
            }),
            _ => {
                let id = person.client.say(&format!("Message {number}"));
                // A page that is killed in this very moment has kept nothing of it.
                let has_it =
                    |shown: &Shown| shown.pending.contains(&id) || ids(shown).contains(&id);
                person.client.until("the message in the page", has_it).await;
                person.wrote.push(id);
            }
        }
        tokio::time::sleep(Duration::from_millis(random.below(60))).await;
    }
    // The line is good again. Connections that fell silent are found and left by those who have them.
    link.turn(Weather::default());
    let mut messages = 0;
    for person in &mut people {
        let shown = person.client.until_all_is_sent().await;
        assert_eq!(ids(&shown), person.wrote, "once each, in order");
        messages += person.wrote.len();
        check_against_fresh(&server, &person.storage, &shown).await;
    }
    // Then somebody takes one of them, and that page hears of it as every other would.
    let mut agent = server.agent_on_duty("Ana").await;
    let first = agent.queue()[0];
    agent.take(first).await;
    agent.reply(first, "I am here").await;
    let hears = |shown: &Shown| {
        let state = shown.state.as_ref();
        state.is_some_and(|state| matches!(state.answering, Answering::Agent { .. }))
            && shown.events.last().is_some_and(|event| matches!(&event.kind, EventKind::Message(message) if message.text == "I am here"))
    };
    let mut heard = 0;
    for person in &mut people {
        let token = person.storage.token().expect("the visitor is known");
        let fresh = Visitor::load(&server.door(), &token).await;
        if fresh.welcome.conversation == first {
            let shown = person.client.until("the reply", hears).await;
            check_against_fresh(&server, &person.storage, &shown).await;
            heard += 1;
        }
    }
    assert_eq!(heard, 1);
    let attempts: usize = people
        .iter()
        .map(|person| person.client.shown().attempts)
        .sum();
    figures::print(
        &format!("bad lines, HUMAN_PLEASE_SEED={}", random.seed),
        &[
            (
                "cuts, silences, reloads",
                format!("{cuts}, {silences}, {reloads}"),
            ),
            ("connections of the last pages", attempts.to_string()),
            ("messages checked", messages.to_string()),
        ],
    );
    assert!(cuts > 0 && messages > 20);
}

/// R11: a connection that is half open looks like one on which nobody says anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_falls_silent_is_found_within_two_heartbeats_by_both_ends() {
    let random = Random::of_story();
    let server = Server::start(quick()).await;
    let link = Link::to(server.address, random).await;
    let storage = Storage::default();
    let mut client = Client::load(&Door::visitor(link.address, SHOP), &storage, 1);
    client.human();
    client.until_all_is_sent().await;
    link.turn(Weather {
        is_silent: true,
        ..Weather::default()
    });
    let began = Instant::now();
    let id = client.say("Is this line dead?");
    client
        .until("the page's notice", |shown| {
            matches!(shown.link, Some(LinkState::Reconnecting { .. }))
        })
        .await;
    let found_after = began.elapsed();
    link.turn(Weather::default());
    let shown = client.until_all_is_sent().await;
    assert_eq!(ids(&shown), [id]);
    check_against_fresh(&server, &storage, &shown).await;
    let found = [("found after", format!("{} ms", found_after.as_millis()))];
    figures::print("a silent line, heartbeats of 1,000 ms", &found);
    assert!(
        found_after < 2 * HEARTBEAT + HEARTBEAT / 2,
        "{found_after:?}"
    );
}

/// R5: the slowest line that anybody still has, as far behind a mountain as it goes.
#[tokio::test(flavor = "multi_thread")]
async fn at_five_kilobits_and_two_seconds_there_and_back_it_only_takes_longer() {
    let random = Random::of_story();
    let server = Server::start(Setup::default()).await;
    let link = Link::to(server.address, random).await;
    link.turn(Weather {
        delay: Duration::from_secs(1),
        bytes_each_second: Some(5_000 / 8),
        ..Weather::default()
    });
    let storage = Storage::default();
    let mut client = Client::load(&Door::visitor(link.address, SHOP), &storage, 1);
    client.human();
    let wrote: Vec<_> = (0..5)
        .map(|number| client.say(&format!("Message {number}")))
        .collect();
    let shown = client.until_all_is_sent().await;
    assert_eq!(ids(&shown), wrote);
    assert_eq!(shown.attempts, 1, "it is slow, and not broken");
    check_against_fresh(&server, &storage, &shown).await;
}
