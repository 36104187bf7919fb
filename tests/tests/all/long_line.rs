//! Lines that are too long to be told as a whole: people can still come in and answer, and always know who is next.

use desk::{Author, Conversation, Entry, Holder, HumanRequest, Message};
use human_please::secret::random_id;
use human_please::store::{Append, SecretHash, SqliteStore, Store, Write};
use human_please_tests::agent::Agent;
use human_please_tests::server::{Place, SHOP, Server, Setup};
use protocol::{
    AgentCommand, CaseHolder, CommandId, ConversationId, Receipt, RequestVia, Seq, Timestamp,
};

/// How many of those who wait everybody knows.
const FRONT: usize = 300;

/// A place where this many wait, who say `words`.
async fn with_waiting(count: u64, words: &str) -> std::sync::Arc<Place> {
    let place = Place::furnished().await;
    let store = SqliteStore::open(&place.database()).await.unwrap();
    let sites = store.sites().await.unwrap();
    let shop = sites.iter().find(|site| site.settings.key == SHOP).unwrap();
    let all: Vec<_> = (1..=count)
        .map(|number| {
            let id = CommandId(random_id());
            let request = HumanRequest {
                receipt: Receipt(number),
                requested_at: Timestamp(number.cast_signed()),
                priority: false,
            };
            let message = Message {
                id,
                author: Author::Visitor,
                text: format!("{number} {words}"),
                sources: vec![],
                replies: vec![],
                offers_human: false,
            };
            let via = RequestVia::Message;
            let entries = vec![
                Entry::Message(message),
                Entry::HumanRequested { request, via },
            ];
            (ConversationId(random_id()), id, request, entries)
        })
        .collect();
    let writes: Vec<Write<'_>> = all
        .iter()
        .map(|(conversation, id, request, entries)| {
            let mut token = [0; 32];
            token[..16].copy_from_slice(&conversation.0.to_be_bytes());
            Write::Append(Append {
                site: shop.id,
                conversation: *conversation,
                opened_by: Some(SecretHash(token)),
                after: Seq(0),
                at: request.requested_at,
                id: Some(*id),
                entries,
                standing: Some(Conversation {
                    holder: Holder::Queue,
                    request: Some(*request),
                    last_seq: Seq(2),
                    unanswered: 1,
                    ..Conversation::blank(false)
                }),
                outlook: None,
            })
        })
        .collect();
    store.commit(&writes).await.unwrap();
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

#[tokio::test]
async fn ten_thousand_who_wait_keep_nobody_from_answering() {
    let place = with_waiting(10_000, &"🙂".repeat(140)).await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = ana_on_duty(&server).await;
    let known = numbers(&ana);
    assert!(known.len() >= FRONT, "{}", known.len());
    let front: Vec<u64> = (1..=known.len() as u64).collect();
    assert_eq!(known, front, "those who are next, and no others");
    let first = ana.queue()[0];
    ana.take(first).await;
    assert_eq!(ana.cases[&first].holder, CaseHolder::Me {});
    // A lead comes in too, and what others hold is not what there is no room for.
    let ben = server.agent("Ben").await;
    assert_eq!(numbers(&ben)[..FRONT], (2..302).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_moves_up_to_the_front_is_told_to_everybody() {
    let place = with_waiting(2_000, &"🙂".repeat(140)).await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut ana = ana_on_duty(&server).await;
    let mut cleo = server.agent("Cleo").await;
    let known = numbers(&cleo).len();
    assert!((FRONT..2_000).contains(&known), "{known}");
    // Until what Cleo was told at first is not enough any more.
    let taken = known - FRONT + 20;
    for _ in 0..taken {
        let next = ana.queue()[0];
        ana.take(next).await;
        ana.resolve(next).await;
    }
    let from = taken as u64 + 1;
    let front: Vec<u64> = (from..from + FRONT as u64).collect();
    for agent in [&mut ana, &mut cleo] {
        agent.settle().await;
        assert_eq!(numbers(agent), front);
    }
}
