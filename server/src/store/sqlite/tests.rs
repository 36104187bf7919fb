//! What the store asks of SQLite.

use futures_util::FutureExt;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::Notify;

use super::*;

/// R3. No test can cut the power; this is what SQLite promises to sync by.
#[tokio::test]
async fn a_commit_is_synced_before_it_returns() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("desk.db"))
        .await
        .unwrap();
    let mut writer = store.writer.lock().await;
    let full = 2_i64;
    let mut pragma = async |name: &'static str| {
        let asked = writer.write(|to| async move {
            let row = sqlx::query(name).fetch_one(to).await?;
            Ok(row)
        });
        asked.await.unwrap()
    };
    assert_eq!(pragma("PRAGMA synchronous").await.get::<i64, _>(0), full);
    let mode = pragma("PRAGMA journal_mode").await;
    assert_eq!(mode.get::<String, _>(0), "wal");
}

fn a_site(key: &str) -> NewSite {
    NewSite {
        key: key.to_owned(),
        name: "A shop".to_owned(),
        origins: vec![],
        bot: false,
        contact: String::new(),
        hours: None,
    }
}

#[tokio::test]
async fn what_was_copied_is_in_the_database_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let store = SqliteStore::open(&path).await.unwrap();
    store.put_site(&a_site("one")).await.unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
    checkpoint::checkpoint(&mut connection, &store.writer)
        .await
        .unwrap();
    let copy = folder.path().join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    let copy = SqliteStore::open(&copy).await.unwrap();
    assert_eq!(copy.sites().await.unwrap().len(), 1);
    // The writer goes on.
    store.put_site(&a_site("two")).await.unwrap();
    assert_eq!(store.sites().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_copy_is_due_when_the_log_has_grown_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let due = Arc::new(Notify::new());
    let mut writer = Writer::new(connection, Arc::default(), Arc::clone(&due), Arc::default());
    let is_due = || due.notified().now_or_never().is_some();
    writer.count_pages(checkpoint::PAGES - 3);
    assert!(!is_due());
    writer.count_pages(1);
    assert!(is_due());
    assert!(!is_due(), "once is enough");
    writer.count_pages(1);
    assert!(!is_due(), "it is counted from the start");
}
