//! What came of the requests for a person, and where to write to those who have gone.

use desk::{Entry, HumanRequest};
use protocol::{ConversationId, Receipt, Timestamp};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, SqliteConnection};

use super::super::{Append, SiteId, StoreError, StoredRequest};
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

/// Keeps the requests of an append, and that they were taken.
pub async fn keep_requests(
    writer: &mut SqliteConnection,
    append: &Append<'_>,
) -> Result<(), sqlx::Error> {
    for entry in append.entries {
        match entry {
            Entry::HumanRequested { request, .. } => {
                keep_request(writer, append, request).await?;
            }
            Entry::Taken { .. } => {
                sqlx::query(
                    "UPDATE human_request SET taken_at = ? WHERE taken_at IS NULL AND (site, receipt) =
                         (SELECT site, receipt FROM conversation WHERE id = ?)",
                )
                .bind(append.at.0)
                .bind(id_bytes(append.conversation.0))
                .execute(&mut *writer)
                .await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn keep_request(
    writer: &mut SqliteConnection,
    append: &Append<'_>,
    request: &HumanRequest,
) -> Result<(), sqlx::Error> {
    let outlook = append.outlook.as_ref();
    let estimate = outlook.and_then(|outlook| outlook.estimate);
    let standing = append.standing.as_ref();
    // Reopened, it is with its person at once.
    let is_taken = standing.is_some_and(|standing| standing.holder.agent().is_some());
    let milliseconds = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    sqlx::query(
        "INSERT INTO human_request (site, receipt, conversation, requested_at, place, on_duty, from_ms, to_ms, waits,
             waits_since, taken_at)
         VALUES (?, ?, (SELECT number FROM conversation WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(append.site.0)
    .bind(i64::try_from(request.receipt.0).expect("receipts are counted from 1"))
    .bind(id_bytes(append.conversation.0))
    .bind(request.requested_at.0)
    .bind(outlook.map(|outlook| outlook.place))
    .bind(outlook.map(|outlook| outlook.on_duty))
    .bind(estimate.map(|estimate| milliseconds(estimate.range.from_ms)))
    .bind(estimate.map(|estimate| milliseconds(estimate.range.to_ms)))
    .bind(estimate.map(|estimate| estimate.waits))
    .bind(estimate.map(|estimate| estimate.since.0))
    .bind(is_taken.then_some(append.at.0))
    .execute(writer)
    .await?;
    Ok(())
}
