//! Lines that are too long to be told as a whole: people can still come in and answer, always know who is next, and are
//! told the rest as they ask for it.

use human_please::store::{SqliteStore, Store};
use human_please_tests::agent::Agent;
use human_please_tests::crowd;
use human_please_tests::server::{Place, SHOP, Server, Setup};
use protocol::{AgentCommand, CaseHolder, CaseList, Receipt, Timestamp};

/// How much of a line is told at once, if that fits into a frame.
const PART: usize = 200;

/// A place where this many wait, who say `words`.
async fn with_waiting(count: u64, words: &str) -> std::sync::Arc<Place> {
    let place = Place::furnished().await;
    let store = SqliteStore::open(&place.database()).await.unwrap();
    let waiting = (1..=count).map(|number| {
        let at = Timestamp(number.cast_signed());
        (at, format!("{number} {words}"))
    });
    crowd::wait(&store, SHOP, waiting).await;
    store.close().await;
    place
}

/// Ana, who has no more at the same time than people can.
async fn ana_on_duty(server: &Server) -> Agent {
    let mut ana = server.agent("Ana").await;
    ana.must(AgentCommand::Most { most: 8 }).await;
    ana.go_on_duty().await;
    ana
}

/// The numbers of those who wait, as the agent knows them.
fn numbers(agent: &Agent) -> Vec<u64> {
    let queue = agent.queue().into_iter();
    queue
        .map(|id| agent.cases[&id].receipt.unwrap().0)
        .collect()
}

/// The numbers of those who wait, each once, as an agent is told who asks for all of them.
async fn all_numbers(agent: &mut Agent) -> Vec<u64> {
    agent.list_all(CaseList::Queue).await;
    numbers(agent)
}

#[tokio::test]
async fn ten_thousand_who_wait_keep_nobody_from_answering() {
    let place = with_waiting(10_000, &"🙂".repeat(140)).await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = ana_on_duty(&server).await;
    let known = numbers(&ana);
    assert!(known.len() > 50, "{}", known.len());
    let front: Vec<u64> = (1..=known.len() as u64).collect();
    assert_eq!(known, front, "those who are next, and no others");
    assert_eq!(ana.counts.waiting, 10_000);
    assert_eq!(ana.welcome.newest, Some(Receipt(10_000)));
    let first = ana.queue()[0];
    ana.take(first).await;
    assert_eq!(ana.cases[&first].holder, CaseHolder::Me {});
    // A lead comes in too, and what others hold is not what there is no room for.
    let ben = server.agent("Ben").await;
    assert_eq!(numbers(&ben)[..50], (2..52).collect::<Vec<_>>());
    assert_eq!((ben.counts.waiting, ben.counts.held), (9_999, 1));
    assert_eq!(ben.cases[&first].receipt, Some(Receipt(1)));
}

#[tokio::test]
async fn whoever_asks_is_told_the_whole_line_in_order() {
    let place = with_waiting(1_010, "Hello").await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = ana_on_duty(&server).await;
    assert_eq!(numbers(&ana), (1..=PART as u64).collect::<Vec<_>>());
    let mut rest = ana.rest(CaseList::Queue);
    for known in [2, 3, 4, 5].map(|parts| parts * PART as u64) {
        rest = ana.list(CaseList::Queue, rest).await;
        assert_eq!(numbers(&ana), (1..=known).collect::<Vec<_>>());
        assert_eq!(rest.and_then(|rest| rest.receipt), Some(Receipt(known)));
    }
    assert_eq!(ana.list(CaseList::Queue, rest).await, None);
    assert_eq!(numbers(&ana), (1..=1_010).collect::<Vec<_>>());
    // From the beginning too, where nothing is known.
    assert!(ana.list(CaseList::Queue, None).await.is_some());
}

#[tokio::test]
async fn a_line_is_told_as_a_whole_while_people_are_taken_out_of_it() {
    let place = with_waiting(900, "Hello").await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = ana_on_duty(&server).await;
    let mut cleo = server.agent("Cleo").await;
    let mut rest = cleo.rest(CaseList::Queue);
    let mut taken = 0;
    while rest.is_some() {
        // The one up to whom the line is known goes too, and somebody behind.
        let last = *cleo.queue().last().unwrap();
        for id in [last, ana.queue()[1]] {
            ana.take(id).await;
            ana.resolve(id).await;
            taken += 1;
        }
        rest = cleo.list(CaseList::Queue, rest).await;
    }
    cleo.settle().await;
    assert_eq!(cleo.counts.waiting, 900 - taken);
    assert_eq!(cleo.queue().len(), 900 - taken as usize);
    assert_eq!(numbers(&cleo), all_numbers(&mut ana).await);
}

#[tokio::test]
async fn a_lead_is_told_all_that_others_hold_and_an_agent_nothing_of_it() {
    let place = with_waiting(230, "Hello").await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = ana_on_duty(&server).await;
    all_numbers(&mut ana).await;
    for id in ana.queue() {
        ana.take(id).await;
        // What is put off does not count towards what she has at the same time.
        let until = Timestamp(server.service.now().0 + 3_600_000);
        ana.must(AgentCommand::Snooze {
            conversation: id,
            until,
            text: "In an hour.".into(),
        })
        .await;
    }
    let mut ben = server.agent("Ben").await;
    assert_eq!((ben.counts.waiting, ben.counts.held), (0, 230));
    let held = |agent: &Agent| {
        let cases = agent.cases.values();
        let mut held: Vec<u64> = cases
            .filter(|case| matches!(case.holder, CaseHolder::Other { .. }))
            .map(|case| case.receipt.unwrap().0)
            .collect();
        held.sort_unstable();
        held
    };
    assert_eq!(held(&ben), (1..=PART as u64).collect::<Vec<_>>());
    let rest = ben.rest(CaseList::All);
    assert_eq!(ben.list(CaseList::All, rest).await, None);
    assert_eq!(held(&ben), (1..=230).collect::<Vec<_>>());

    let mut cleo = server.agent("Cleo").await;
    assert_eq!((cleo.counts.waiting, cleo.counts.held), (0, 0));
    assert_eq!(cleo.list(CaseList::All, None).await, None);
    assert!(cleo.cases.is_empty(), "{:?}", cleo.cases);
    // What she put off herself is told as a whole.
    let ana = server.agent("Ana").await;
    assert_eq!(ana.cases.len(), 230);
}

#[tokio::test]
async fn whoever_opens_a_conversation_far_behind_is_told_how_it_stands() {
    let place = with_waiting(400, "Hello").await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = server.agent("Ana").await;
    let mut cleo = server.agent("Cleo").await;
    all_numbers(&mut ana).await;
    let last = *ana.queue().last().unwrap();
    assert!(!cleo.cases.contains_key(&last));
    cleo.open(last).await;
    assert_eq!(cleo.cases[&last].receipt, Some(Receipt(400)));
}
