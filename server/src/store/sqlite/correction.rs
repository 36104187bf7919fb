//! What people have put right: beside the logs, never in them.

use async_trait::async_trait;
use card::Corrected;
use protocol::{Author, ConversationId, Correction, FactKind, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::super::correction::{Cards, MAX_CORRECTIONS};
use super::super::{SiteId, StoreError};
use super::SqliteStore;
use super::row::id_bytes;

#[async_trait]
impl Cards for SqliteStore {
    async fn corrections(
        &self,
        site: SiteId,
        conversation: ConversationId,
    ) -> Result<Vec<Corrected>, StoreError> {
        let rows = sqlx::query(
            "SELECT correction.* FROM correction JOIN conversation ON number = correction.conversation
             WHERE conversation.id = ? AND site = ? ORDER BY correction.id",
        )
        .bind(id_bytes(conversation.0))
        .bind(site.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(corrected_of).collect()
    }

    async fn put_correction(
        &self,
        conversation: ConversationId,
        corrected: &Corrected,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| put(to, conversation, corrected, at))
            .await
    }
}

fn corrected_of(row: &SqliteRow) -> Result<Corrected, StoreError> {
    let some = |column| -> Result<Option<String>, StoreError> {
        let text: String = row.try_get(column)?;
        Ok((!text.is_empty()).then_some(text))
    };
    let by: Option<String> = row.try_get("by")?;
    Ok(Corrected {
        correction: Correction {
            kind: kind_of(row.try_get("kind")?)?,
            was: some("was")?,
            text: some("text")?,
        },
        by: by.map_or(Author::Visitor {}, |name| Author::Agent { name }),
    })
}

/// A kind by its name in the protocol.
fn kind_of(name: String) -> Result<FactKind, StoreError> {
    serde_json::from_value(name.into()).map_err(|_| StoreError::Unreadable("kind of a fact"))
}

fn name_of(kind: FactKind) -> Result<String, StoreError> {
    let name = serde_json::to_value(kind).ok();
    name.and_then(|name| name.as_str().map(str::to_owned))
        .ok_or(StoreError::Unreadable("kind of a fact"))
}

async fn put(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    Corrected { correction, by }: &Corrected,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT number FROM conversation WHERE id = ?")
        .bind(id_bytes(conversation.0))
        .fetch_optional(&mut *writer)
        .await?;
    let Some(row) = row else {
        return Ok(false);
    };
    let number: i64 = row.try_get(0)?;
    let kind = name_of(correction.kind)?;
    let was = correction.was.clone().unwrap_or_default();
    let text = correction.text.clone().unwrap_or_default();
    let by = match by {
        Author::Agent { name } => Some(name.clone()),
        Author::Visitor {} | Author::Bot {} => None,
    };
    // A repeat keeps its place: what was put right after it counts still.
    let known = sqlx::query(
        "SELECT 1 FROM correction WHERE conversation = ? AND kind = ? AND was = ? AND text = ? AND by IS ?",
    )
    .bind(number)
    .bind(kind.clone())
    .bind(was.clone())
    .bind(text.clone())
    .bind(by.clone())
    .fetch_optional(&mut *writer)
    .await?;
    if known.is_some() {
        return Ok(true);
    }
    // Of what stood there the newest word counts, after all else.
    sqlx::query(
        "DELETE FROM correction WHERE conversation = ? AND kind = ? AND was = ? AND (was != '' OR text = ?)",
    )
    .bind(number)
    .bind(kind.clone())
    .bind(was.clone())
    .bind(text.clone())
    .execute(&mut *writer)
    .await?;
    sqlx::query(
        "INSERT INTO correction (conversation, kind, was, text, by, at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(number)
    .bind(kind)
    .bind(was)
    .bind(text)
    .bind(by)
    .bind(at.0)
    .execute(&mut *writer)
    .await?;
    sqlx::query(
        "DELETE FROM correction WHERE conversation = ?1 AND id <=
             (SELECT id FROM correction WHERE conversation = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
    )
    .bind(number)
    .bind(i64::try_from(MAX_CORRECTIONS).unwrap_or(i64::MAX))
    .execute(writer)
    .await?;
    Ok(true)
}
