//! Conversations are found again by what was said and by how they stand, by those who may read them (S3).

pub mod lists;

use desk::{Author, Conversation, Entry, Holder, HumanRequest, Person};
use human_please::secret::random_id;
use human_please::store::{Append, FoundPage, Query, Reader, SiteId, Store, Wanted, Write, terms};
use human_please_tests::random::Random;
use protocol::{
    AgentId, Context, ContextValue, ConversationId, Receipt, RequestVia, Seq, Timestamp,
};

use super::{message, must, new_conversation, new_id, site, token};

/// Keeps a conversation with these entries, which stands like this.
async fn keep(
    store: &dyn Store,
    site: SiteId,
    at: i64,
    entries: &[Entry],
    standing: Conversation,
) -> ConversationId {
    let conversation = new_conversation();
    let standing = Conversation {
        last_seq: Seq(entries.len() as u64),
        ..standing
    };
    let write = Write::Append(Append {
        site,
        conversation,
        opened_by: Some(token(conversation)),
        after: Seq(0),
        at: Timestamp(at),
        id: Some(new_id()),
        entries,
        standing: Some(standing),
        outlook: None,
    });
    must(store.commit(&[write]).await);
    conversation
}

fn held(holder: Holder) -> Conversation {
    Conversation {
        holder,
        ..Conversation::blank(true)
    }
}

fn says(text: &str) -> Entry {
    message(new_id(), Author::Visitor, text)
}

fn taken_by(agent: AgentId) -> Entry {
    let by = Person {
        id: agent,
        name: "Ana".into(),
    };
    Entry::Taken { by, lead: false }
}

fn asked(words: &str) -> Query {
    Query {
        wanted: Wanted::parse(words).expect("it can be looked for"),
        count: 50,
        ..Query::default()
    }
}

async fn page(store: &dyn Store, site: SiteId, reader: Reader, query: &Query) -> FoundPage {
    let page = store.search().find(site, reader, query).await.unwrap();
    assert!(!page.behind);
    page
}

async fn found(
    store: &dyn Store,
    site: SiteId,
    reader: Reader,
    query: &Query,
) -> Vec<ConversationId> {
    let page = page(store, site, reader, query).await;
    page.hits.into_iter().map(|hit| hit.conversation).collect()
}

pub async fn finds_what_was_said(store: &dyn Store) {
    let site = site(store, "said").await;
    let nobody = || held(Holder::Nobody);
    let lamp = keep(
        store,
        site,
        1,
        &[says("Where is my Lámpara roja?"), says("Order #12-345")],
        nobody(),
    )
    .await;
    let chair = keep(
        store,
        site,
        2,
        &[says("我的充电器坏了"), says("Write to a.b@c.example")],
        nobody(),
    )
    .await;
    let strasse = keep(
        store,
        site,
        3,
        &[says("Hauptstraße 7, İstanbul. สวัสดีครับ")],
        nobody(),
    )
    .await;
    for (words, expected) in [
        ("lampara", vec![lamp]),
        ("LÁMPARA rój", vec![lamp]),
        ("roj lampara", vec![]), // only the last word may be a beginning
        ("\"roja lampara\"", vec![]),
        ("\"lampara roja\"", vec![lamp]),
        ("lampara order", vec![]), // not in one message
        ("#12-345", vec![lamp]),
        ("12-34", vec![lamp]),
        ("\"12-34\"", vec![]),
        ("充电器", vec![chair]),
        ("电器坏", vec![chair]),
        ("器电", vec![]),
        ("a.b@c.example", vec![chair]),
        ("b@c", vec![chair]),
        ("HAUPTSTRASSE", vec![strasse]),
        ("istanbul", vec![strasse]),
        ("ดีครับ", vec![strasse]),
        ("", vec![strasse, chair, lamp]),
        ("OR", vec![lamp]), // the beginning of "Order", and no operator
        ("NEAR(lampara roja)", vec![]),
        ("words:lampara", vec![]),
        ("lampara*", vec![lamp]),
        ("^where", vec![lamp]),
        ("lampara\" OR \"", vec![]), // the word "or", beside the lamp
    ] {
        assert_eq!(
            found(store, site, Reader::Lead, &asked(words)).await,
            expected,
            "{words}"
        );
    }
    let hits = page(store, site, Reader::Lead, &asked("lampara"))
        .await
        .hits;
    let said = hits[0].said.as_ref().unwrap();
    assert_eq!(
        (said.seq, &*said.text),
        (Seq(1), "Where is my Lámpara roja?")
    );
    assert_eq!(
        (said.at, &said.author),
        (Timestamp(1), &protocol::Author::Visitor {})
    );
}

pub async fn finds_numbers_and_addresses(store: &dyn Store) {
    let site = site(store, "direct").await;
    let asks = |receipt| {
        [
            says("Hello"),
            Entry::HumanRequested {
                request: HumanRequest {
                    receipt: Receipt(receipt),
                    requested_at: Timestamp(7),
                    priority: false,
                },
                via: RequestVia::Button,
            },
        ]
    };
    let first = keep(store, site, 1, &asks(4127), held(Holder::Nobody)).await;
    let second = keep(store, site, 2, &asks(4128), held(Holder::Nobody)).await;
    let third = keep(
        store,
        site,
        3,
        &[says("It was order 4127")],
        held(Holder::Nobody),
    )
    .await;
    store
        .put_contact(second, Some("Mira@Mail.example"))
        .await
        .unwrap();
    let name = Context(vec![("Name".into(), ContextValue::Text("Mira".into()))]);
    store.put_context(second, &name).await.unwrap();
    for (words, expected) in [
        ("No. 4127", vec![first]),
        ("4127", vec![first, third]),
        ("R-4128", vec![second]),
        ("mira@mail.example", vec![second]),
        ("4129", vec![]),
    ] {
        assert_eq!(
            found(store, site, Reader::Lead, &asked(words)).await,
            expected,
            "{words}"
        );
    }
    let hit = page(store, site, Reader::Lead, &asked("4128"))
        .await
        .hits
        .remove(0);
    assert_eq!(
        (hit.receipt, hit.name),
        (Some(Receipt(4128)), Some("Mira".into()))
    );
    assert_eq!((hit.at, hit.said), (Timestamp(2), None));
    // A number says nothing about who may see it.
    let stranger = Reader::Agent(AgentId(random_id()));
    assert_eq!(found(store, site, stranger, &asked("4127")).await, []);
}

/// Whatever was said is found by any of its words, and in scripts without spaces by any part of it.
pub async fn finds_anything_that_was_said(store: &dyn Store) {
    const LETTERS: [&str; 8] = [
        "aeéßİıłøz",
        "абвгдёй",
        "αβγςΣ",
        "我的充电器坏了",
        "ガｶﾞひら",
        "สวัสดีน้ำ",
        "नमस्तेक्षि",
        "0123456789",
    ];
    const BETWEEN: [&str; 6] = [" ", " ", ", ", "-", "\n", " 🙂 "];
    let site = site(store, "random").await;
    let mut random = Random::of_story();
    let mut pick = |bound: usize| usize::try_from(random.below(bound as u64)).unwrap();
    let mut texts = vec![];
    for at in 0..60 {
        let mut text = String::new();
        for _ in 0..=pick(8) {
            let letters: Vec<char> = LETTERS[pick(LETTERS.len())].chars().collect();
            for _ in 0..=pick(6) {
                text.push(letters[pick(letters.len())]);
            }
            text.push_str(BETWEEN[pick(BETWEEN.len())]);
        }
        let id = keep(store, site, at, &[says(&text)], held(Holder::Nobody)).await;
        texts.push((id, text));
    }
    for (id, text) in texts {
        let letters: Vec<char> = text.chars().collect();
        let terms = terms(&text);
        let (first, last) = (pick(terms.len()), pick(terms.len()));
        let (first, last) = (first.min(last), first.max(last).min(first.min(last) + 15));
        let part: String = letters[terms[first].from..terms[last].to].iter().collect();
        let quoted = format!("\"{part}\"");
        let folded = part.to_uppercase();
        for wanted in [&part, &quoted, &folded] {
            let query = Query {
                count: 100,
                ..asked(wanted)
            };
            let found = found(store, site, Reader::Lead, &query).await;
            assert!(found.contains(&id), "{wanted:?} of {text:?}");
            assert!(
                query.wanted.places_in(&text).is_some(),
                "{wanted:?} in {text:?}"
            );
        }
    }
}
