//! What came of the requests for a person, and where to write to those who have gone.

use protocol::{ConversationId, Receipt, Timestamp};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, SqliteConnection};

use super::super::{SiteId, StoreError, StoredRequest};
use super::row::{id_bytes, unsigned};
use super::standing::outlook_of;

pub async fn put_contact(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    email: Option<&str>,
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
    let query = match email {
        Some(email) => sqlx::query(
            "INSERT INTO contact (conversation, email) VALUES (?, ?)
             ON CONFLICT (conversation) DO UPDATE SET email = excluded.email",
        )
        .bind(number)
        .bind(email.to_owned()),
        None => sqlx::query("DELETE FROM contact WHERE conversation = ?").bind(number),
    };
    query.execute(writer).await?;
    Ok(true)
}

pub async fn requests(
    readers: &SqlitePool,
    site: SiteId,
    count: usize,
) -> Result<Vec<StoredRequest>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM human_request WHERE site = ? AND place IS NOT NULL ORDER BY receipt DESC LIMIT ?",
    )
    .bind(site.0)
    .bind(i64::try_from(count).unwrap_or(i64::MAX))
    .fetch_all(readers)
    .await?;
    rows.iter()
        .rev()
        .filter_map(|row| request_of(row).transpose())
        .collect()
}

fn request_of(row: &SqliteRow) -> Result<Option<StoredRequest>, StoreError> {
    let receipt = Receipt(unsigned(row.try_get("receipt")?)?);
    let taken_at: Option<i64> = row.try_get("taken_at")?;
    let requested_at = Timestamp(row.try_get("requested_at")?);
    Ok(outlook_of(row, receipt)?.map(|outlook| StoredRequest {
        outlook,
        requested_at,
        taken_at: taken_at.map(Timestamp),
    }))
}
