//! What the index of SQLite promises beside what every store does: it comes through kills, and through logs that are shorter.

use desk::{Author, Conversation, Entry, Message};
use protocol::{CommandId, ConversationId, Seq, Timestamp};
use tokio_util::sync::CancellationToken;

use super::index::{self, Reached};
use super::*;
use crate::secret::random_id;
use crate::store::{Append, NewSite, SecretHash, Store, Wanted, Write};

async fn a_site(store: &SqliteStore) -> SiteId {
    let site = NewSite {
        key: "shop".into(),
        ..NewSite::default()
    };
    store.put_site(&site).await.unwrap()
}

/// A conversation in which these words were said, each by itself.
async fn said(store: &SqliteStore, site: SiteId, words: impl IntoIterator<Item = String>) {
    let conversation = ConversationId(random_id());
    let message = |text: String| {
        Entry::Message(Message {
            id: CommandId(random_id()),
            author: Author::Visitor,
            text,
            sources: vec![],
            replies: vec![],
            offers_human: false,
        })
    };
    let entries: Vec<Entry> = words.into_iter().map(message).collect();
    let mut token = [0; 32];
    token[..16].copy_from_slice(&conversation.0.to_be_bytes());
    let append = Append {
        site,
        conversation,
        opened_by: Some(SecretHash(token)),
        after: Seq(0),
        at: Timestamp(1_000),
        id: None,
        entries: &entries,
        standing: Some(Conversation {
            last_seq: Seq(entries.len() as u64),
            ..Conversation::blank(true)
        }),
        outlook: None,
    };
    store.commit(&[Write::Append(append)]).await.unwrap();
}

async fn finds(store: &SqliteStore, site: SiteId, words: &str) -> usize {
    let query = Query {
        wanted: Wanted::parse(words).unwrap(),
        count: 10,
        ..Query::default()
    };
    let page = store.find(site, Reader::Lead, &query).await.unwrap();
    assert!(!page.behind, "{words} was looked for in an old index");
    page.hits.len()
}

async fn change(store: &SqliteStore, sql: &'static str) {
    let mut writer = store.writer.lock().await;
    let done = writer.write(|to| async move { Ok(sqlx::query(sql).execute(to).await?) });
    done.await.unwrap();
}

async fn reached(store: &SqliteStore) -> Option<Reached> {
    let stopping = CancellationToken::new();
    index::step(&store.writer, &stopping).await.unwrap()
}

#[tokio::test]
async fn a_server_that_is_killed_between_batches_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let store = SqliteStore::open(&path).await.unwrap();
    let site = a_site(&store).await;
    for number in 0..6 {
        let words = (0..100).map(|word| format!("word{}", 100 * number + word));
        said(&store, site, words).await;
    }
    // Whoever else adds to it meanwhile, nothing is added twice.
    assert_eq!(
        reached(&store).await,
        Some(Reached {
            event: 256,
            more: true
        })
    );
    drop(store);
    let store = SqliteStore::open(&path).await.unwrap();
    for word in ["word0", "word255", "word256", "word599"] {
        assert_eq!(
            finds(&store, site, &format!("\"{word}\"")).await,
            1,
            "{word}"
        );
    }
    let done = Reached {
        event: 600,
        more: false,
    };
    assert_eq!(reached(&store).await, Some(done));
    change(
        &store,
        "INSERT INTO message_index (message_index) VALUES ('integrity-check')",
    )
    .await;
}

#[tokio::test]
async fn what_was_said_before_there_was_an_index_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("desk.db"))
        .await
        .unwrap();
    let site = a_site(&store).await;
    said(&store, site, ["An old lamp".into()]).await;
    assert_eq!(finds(&store, site, "lamp").await, 1);
    // As the migration leaves it.
    for sql in [
        "INSERT INTO message_index (message_index) VALUES ('delete-all')",
        "DELETE FROM activity",
        "UPDATE search_progress SET event = 0",
    ] {
        change(&store, sql).await;
    }
    said(&store, site, ["A new lamp".into()]).await;
    assert_eq!(finds(&store, site, "lamp").await, 2);
    assert_eq!(finds(&store, site, "").await, 2);
}

#[tokio::test]
async fn an_index_that_knows_more_than_the_log_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("desk.db"))
        .await
        .unwrap();
    let site = a_site(&store).await;
    said(&store, site, ["A lamp".into()]).await;
    said(&store, site, ["A chair".into(), "A table".into()]).await;
    assert_eq!(finds(&store, site, "chair").await, 1);
    change(&store, "DELETE FROM event WHERE rowid > 1").await;
    assert_eq!(reached(&store).await.map(|it| it.event), Some(1));
    said(&store, site, ["A desk".into()]).await;
    for (word, count) in [("lamp", 1), ("chair", 0), ("table", 0), ("desk", 1)] {
        assert_eq!(finds(&store, site, word).await, count, "{word}");
    }
}

#[tokio::test]
async fn a_store_that_is_closed_adds_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("desk.db"))
        .await
        .unwrap();
    let site = a_site(&store).await;
    said(&store, site, ["A lamp".into()]).await;
    store.close().await;
    assert_eq!(
        index::step(&store.writer, store.indexer.stopping())
            .await
            .unwrap(),
        None
    );
}

/// The log alone has the texts: nothing that is taken from it stays readable in the index.
#[tokio::test]
async fn the_index_has_no_texts() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("desk.db"))
        .await
        .unwrap();
    let site = a_site(&store).await;
    said(&store, site, ["A lamp for the desk".into()]).await;
    assert_eq!(finds(&store, site, "lamp").await, 1);
    let rows = sqlx::query("SELECT words FROM message_index")
        .fetch_all(&store.readers)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].get::<Option<String>, _>(0), None);
}
