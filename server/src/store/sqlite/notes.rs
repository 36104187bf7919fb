//! What colleagues tell each other: beside the logs, never in them.

use desk::Person;
use protocol::{AgentId, CommandId, ConversationId, Seq, Timestamp};
use sqlx::sqlite::SqlitePool;
use sqlx::{Row, SqliteConnection};

use super::super::{NewNote, SiteId, StoreError, StoredNote};
use super::row::{id_bytes, id_of, unsigned};

/// Keeps a note. One that is kept already stays as it is.
pub async fn keep(writer: &mut SqliteConnection, note: &NewNote<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO note (conversation, id, after, at, agent, name, text)
         SELECT number, ?, ?, ?, ?, ?, ? FROM conversation WHERE id = ?
         ON CONFLICT (conversation, id) DO NOTHING",
    )
    .bind(id_bytes(note.id.0))
    .bind(i64::try_from(note.after.0).expect("a log is shorter than 2^63"))
    .bind(note.at.0)
    .bind(id_bytes(note.by.id.0))
    .bind(note.by.name.clone())
    .bind(note.text.to_owned())
    .bind(id_bytes(note.conversation.0))
    .execute(writer)
    .await?;
    Ok(())
}

/// The newest notes of a conversation of a site, at most `count` of them, the oldest first.
pub async fn notes(
    readers: &SqlitePool,
    site: SiteId,
    id: ConversationId,
    count: usize,
) -> Result<Vec<StoredNote>, StoreError> {
    let rows = sqlx::query(
        "SELECT note.* FROM note JOIN conversation ON conversation.number = note.conversation
         WHERE conversation.id = ? AND conversation.site = ? ORDER BY after DESC, at DESC LIMIT ?",
    )
    .bind(id_bytes(id.0))
    .bind(site.0)
    .bind(i64::try_from(count).unwrap_or(i64::MAX))
    .fetch_all(readers)
    .await?;
    let notes = rows.iter().rev().map(|row| {
        Ok(StoredNote {
            id: CommandId(id_of(row.try_get("id")?)?),
            after: Seq(unsigned(row.try_get("after")?)?),
            at: Timestamp(row.try_get("at")?),
            by: Person {
                id: AgentId(id_of(row.try_get("agent")?)?),
                name: row.try_get("name")?,
            },
            text: row.try_get("text")?,
        })
    });
    notes.collect()
}
