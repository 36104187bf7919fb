//! What shops' pages say of their visitors: beside the logs, never in them.

use protocol::{Context, ConversationId};
use sqlx::sqlite::SqlitePool;
use sqlx::{Row, SqliteConnection};

use super::super::{SiteId, StoreError};
use super::row::id_bytes;

pub async fn put_context(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    context: &Context,
) -> Result<bool, StoreError> {
    let number: Option<i64> = sqlx::query("SELECT number FROM conversation WHERE id = ?")
        .bind(id_bytes(conversation.0))
        .fetch_optional(&mut *writer)
        .await?
        .map(|row| row.try_get(0))
        .transpose()?;
    let Some(number) = number else {
        return Ok(false);
    };
    let query = if context.0.is_empty() {
        sqlx::query("DELETE FROM context WHERE conversation = ?").bind(number)
    } else {
        let said = serde_json::to_string(context)
            .map_err(|_| StoreError::Unreadable("context of a conversation"))?;
        sqlx::query(
            "INSERT INTO context (conversation, said) VALUES (?, ?)
             ON CONFLICT (conversation) DO UPDATE SET said = excluded.said",
        )
        .bind(number)
        .bind(said)
    };
    query.execute(writer).await?;
    Ok(true)
}

pub async fn context(
    readers: &SqlitePool,
    site: SiteId,
    id: ConversationId,
) -> Result<Context, StoreError> {
    let row = sqlx::query(
        "SELECT said FROM context JOIN conversation ON conversation.number = context.conversation
         WHERE conversation.id = ? AND conversation.site = ?",
    )
    .bind(id_bytes(id.0))
    .bind(site.0)
    .fetch_optional(readers)
    .await?;
    let Some(row) = row else {
        return Ok(Context::default());
    };
    let said: &str = row.try_get("said")?;
    serde_json::from_str(said).map_err(|_| StoreError::Unreadable("context of a conversation"))
}
