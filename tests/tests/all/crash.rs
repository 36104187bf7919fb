//! R8, R1, R2, R3, L6, G2, G3, G4: the program is killed at any moment under a steady load, again and again. Nothing
//! acked is missing, doubled or moved, nobody loses their place or their first time, and it is soon ready again.

mod clerk;
mod migration;
mod person;
mod thousands;
mod verdict;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use human_please::secret;
use human_please::store::{SqliteStore, Store};
use human_please_tests::agent::Agent;
use human_please_tests::figures;
use human_please_tests::http;
use human_please_tests::program::Program;
use human_please_tests::random::Random;
use human_please_tests::server::{Place, SHOP, furnish};
use human_please_tests::socket::{Door, soon};
use protocol::Timestamp;

use clerk::Clerk;
use person::Person;
use verdict::Verdict;

#[cfg(target_os = "linux")]
pub use thousands::memory_kib;

/// Kills under load. Some more happen while the program starts.
const KILLS: usize = 50;

/// Visitors who write all the time, five messages a second each; with the agent's ten that is 50 messages a second.
const WRITERS: usize = 8;
const VISITORS_PACE: Duration = Duration::from_millis(200);
const AGENTS_PACE: Duration = Duration::from_millis(100);

/// How soon the program is to be ready after a kill (R8).
const READY_WITHIN: Duration = Duration::from_secs(5);

/// A story's random numbers for one of those who act in it at the same time.
fn share(random: &mut Random) -> Random {
    Random::from_seed(random.below(u64::MAX))
}

/// Starts the program and waits until it is ready. Gives how long that took, too.
async fn ready(place: &Place) -> (Program, SocketAddr, Duration) {
    let began = Instant::now();
    let server = Program::serve(&place.database(), &[]);
    let address = server.address().await;
    assert_eq!(http::get(address, "/readyz").await.status, 200);
    (server, address, began.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_it_has_kept_what_it_acked_and_doubles_nothing() {
    let mut random = Random::of_story();
    let place = Place::new();
    let session = furnish_with_session(&place).await;

    let mut clerk = Clerk::default();
    let mut people: Vec<Person> = (0..WRITERS).map(|_| Person::who_writes()).collect();
    let mut times = vec![];
    let mut kills_at_start = 0;
    let messages = Arc::new(AtomicUsize::new(0));
    let mut under_load = Duration::ZERO;
    for round in 0..KILLS {
        if random.once_in(5) {
            kill_while_it_starts(&place, &mut random).await;
            kills_at_start += 1;
        }
        let (server, address, time) = ready(&place).await;
        times.push(time);
        let door = Door::visitor(address, SHOP);
        // Somebody new each time, so that the line is never empty.
        people.push(Person::who_only_asks());

        // Everybody comes back, and checks what was kept before anything is added to it.
        let mut agent = Agent::come(&Door::agent(address, &session)).await;
        clerk.check(&agent, &people);
        let mut here = vec![];
        for person in people.iter_mut().filter(|person| person.comes_back()) {
            let visitor = person.come(&door).await;
            person.check(&visitor, &agent);
            here.push(Some(visitor));
        }
        clerk.do_again(&mut agent).await;

        // They write on until the server is dead.
        let began = Instant::now();
        let mut writing = vec![];
        let mut here = here.into_iter();
        people = people
            .into_iter()
            .filter_map(|person| {
                if !person.comes_back() {
                    return Some(person);
                }
                let visitor = here.next().flatten().expect("they came");
                let (random, messages) = (share(&mut random), Arc::clone(&messages));
                writing.push(tokio::spawn(person.write(visitor, round, random, messages)));
                None
            })
            .collect();
        let at_work = tokio::spawn(clerk.work(agent, share(&mut random), Arc::clone(&messages)));
        // Time is the subject here: the kill comes at no particular moment of whatever happens.
        tokio::time::sleep(Duration::from_millis(50 + random.below(600))).await;
        server.kill().await;
        under_load += began.elapsed();
        for person in writing {
            people.push(person.await.unwrap());
        }
        clerk = at_work.await.unwrap();
    }

    let (server, address, time) = ready(&place).await;
    times.push(time);
    let door = Door::visitor(address, SHOP);
    let mut agent = Agent::come(&Door::agent(address, &session)).await;
    clerk.check(&agent, &people);
    clerk.do_again(&mut agent).await;
    let mut verdict = Verdict::default();
    for person in &mut people {
        let visitor = person.come(&door).await;
        verdict.hear(person, visitor, &clerk).await;
    }
    clerk.check(&agent, &people);
    server.kill().await;
    verdict.read(&place.database()).await;

    let each_second = messages.load(Ordering::SeqCst) as f32 / under_load.as_secs_f32();
    figures::print(
        &format!("killed under load, HUMAN_PLEASE_SEED={}", random.seed),
        &[
            (
                "kills survived",
                format!("{KILLS}, and {kills_at_start} while it started"),
            ),
            ("messages a second", format!("{each_second:.0}")),
            ("acked messages checked", verdict.messages.to_string()),
            ("acked requests checked", verdict.requests.to_string()),
            ("lost", verdict.lost.to_string()),
            ("doubled", verdict.doubled.to_string()),
            ("reordered", verdict.reordered.to_string()),
            ("time to ready", figures::median_and_worst(&times)),
        ],
    );
    assert!(verdict.messages > 10 * KILLS, "there was a load");
    assert!(verdict.requests >= KILLS, "everybody asked");
    assert_eq!(
        (verdict.lost, verdict.doubled, verdict.reordered),
        (0, 0, 0)
    );
    assert!(times.iter().all(|&time| time < READY_WITHIN), "{times:?}");
}

/// The shop with its people, and a session of Ana's.
async fn furnish_with_session(place: &Place) -> String {
    let session = secret::new_token();
    let store = SqliteStore::open(&place.database()).await.unwrap();
    furnish(&store, false, vec![]).await;
    let ana = store.agent_by_email("ana@shop.example").await.unwrap();
    store
        .put_session(
            &secret::hash_token(&session),
            ana.unwrap().id,
            Timestamp(i64::MAX),
        )
        .await
        .unwrap();
    store.close().await;
    session.0
}

/// What the kill before left is read, checked and copied at the start: that must be as safe to interrupt as the rest.
async fn kill_while_it_starts(place: &Place, random: &mut Random) {
    let server = Program::serve(&place.database(), &[]);
    tokio::time::sleep(Duration::from_millis(random.below(250))).await;
    soon("its death", server.kill()).await;
}
