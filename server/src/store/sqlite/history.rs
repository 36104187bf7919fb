//! A page of a conversation's log, as it is read.

use futures_util::TryStreamExt;
use protocol::{EARLIER_PAGE_EVENTS, HISTORY_PAGE_EVENTS, HistoryPage, Seq};
use sqlx::sqlite::SqlitePool;

use super::super::{Page, StoreError};
use super::row::{self, EventRow};

/// A page of history stops at the event that passes this many bytes of text as JSON writes it, so that 200 long messages
/// can neither fill the memory nor what may wait for a connection.
const HISTORY_PAGE_BYTES: usize = 64 * 1024;

/// A page of the log with this number.
pub async fn page(
    readers: &SqlitePool,
    number: i64,
    page: Page,
) -> Result<HistoryPage, StoreError> {
    let (after, before, most) = match page {
        Page::After(seq) | Page::From(seq) => (seq.0, i64::MAX as u64, HISTORY_PAGE_EVENTS),
        Page::Before(seq) => (0, seq.0, EARLIER_PAGE_EVENTS),
    };
    let is_forward = matches!(page, Page::From(_));
    let mut rows = sqlx::query(if is_forward {
        "SELECT * FROM event WHERE conversation = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?"
    } else {
        "SELECT * FROM event WHERE conversation = ? AND seq > ? AND seq < ? ORDER BY seq DESC LIMIT ?"
    })
    .bind(number)
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::try_from(before).unwrap_or(i64::MAX))
    .bind(most as i64)
    .fetch(readers);
    let mut events = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        let row = EventRow::read(&row)?;
        bytes += row.text.as_deref().map_or(0, row::bytes_in_json);
        events.push(row.event()?);
        if bytes > HISTORY_PAGE_BYTES {
            break;
        }
    }
    if !is_forward {
        events.reverse();
    }
    let earlier = events.first().is_some_and(|event| event.seq > Seq(1));
    Ok(HistoryPage { events, earlier })
}
