//! What the store asks of SQLite.

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
    let synchronous = sqlx::query("PRAGMA synchronous").fetch_one(&mut writer.connection);
    assert_eq!(synchronous.await.unwrap().get::<i64, _>(0), full);
    let mode = sqlx::query("PRAGMA journal_mode").fetch_one(&mut writer.connection);
    assert_eq!(mode.await.unwrap().get::<String, _>(0), "wal");
}
