//! The filters that agents keep.

use protocol::{AgentId, SavedView};
use sqlx::sqlite::SqlitePool;
use sqlx::{Row, SqliteConnection};

use super::super::super::StoreError;
use super::super::row::id_bytes;

pub async fn views(readers: &SqlitePool, agent: AgentId) -> Result<Vec<SavedView>, StoreError> {
    let rows = sqlx::query("SELECT name, filter FROM saved_view WHERE agent = ? ORDER BY name")
        .bind(id_bytes(agent.0))
        .fetch_all(readers)
        .await?;
    let views = rows.iter().map(|row| {
        let filter = serde_json::from_str(row.try_get("filter")?);
        Ok(SavedView {
            name: row.try_get("name")?,
            filter: filter.map_err(|_| StoreError::Unreadable("view of an agent"))?,
        })
    });
    views.collect()
}

pub async fn put(
    writer: &mut SqliteConnection,
    agent: AgentId,
    view: &SavedView,
    most: usize,
) -> Result<bool, StoreError> {
    let filter = serde_json::to_string(&view.filter)
        .map_err(|_| StoreError::Unreadable("view of an agent"))?;
    // One statement, so that two devices at once keep no more than may be.
    let kept = sqlx::query(
        "INSERT INTO saved_view (agent, name, filter)
         SELECT id, ?2, ?3 FROM agent WHERE id = ?1
             AND (SELECT count(*) FROM saved_view WHERE saved_view.agent = ?1 AND name != ?2) < ?4
         ON CONFLICT (agent, name) DO UPDATE SET name = excluded.name, filter = excluded.filter",
    )
    .bind(id_bytes(agent.0))
    .bind(view.name.clone())
    .bind(filter)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .execute(writer)
    .await?;
    Ok(kept.rows_affected() > 0)
}

pub async fn end(
    writer: &mut SqliteConnection,
    agent: AgentId,
    name: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM saved_view WHERE agent = ? AND name = ?")
        .bind(id_bytes(agent.0))
        .bind(name.to_owned())
        .execute(writer)
        .await?;
    Ok(())
}
