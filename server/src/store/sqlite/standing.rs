//! How a conversation stands, read from its row and the end of its log.

use std::sync::LazyLock;

use desk::{Conversation, Holder, HumanRequest};
use protocol::{AgentId, Receipt, Seq, Timestamp};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::super::{StoreError, StoredConversation, preview};
use super::row;

/// How conversations stand: the row, and what the end of the log says. It is one statement, so that what another
/// process commits meanwhile is in all of it or in none.
static STANDING: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT conversation.*,
             (SELECT coalesce(max(seq), 0) FROM event WHERE event.conversation = number) AS last_seq,
             (SELECT count(*) FROM event WHERE event.conversation = number AND kind = {visitor} AND seq >
                 (SELECT coalesce(max(seq), 0) FROM event WHERE event.conversation = number
                  AND kind IN ({agent}, {requested}, {resolved}))) AS unanswered,
             (SELECT text FROM event WHERE event.conversation = number AND kind = {visitor}
              ORDER BY seq DESC LIMIT 1) AS newest
         FROM conversation WHERE site = ?",
        visitor = row::VISITOR_MESSAGE,
        agent = row::AGENT_MESSAGE,
        requested = row::HUMAN_REQUESTED,
        resolved = row::RESOLVED,
    )
});

pub static STANDING_OF_ONE: LazyLock<String> =
    LazyLock::new(|| format!("{} AND id = ?", *STANDING));

pub static STANDING_OF_OPEN: LazyLock<String> =
    LazyLock::new(|| format!("{} AND holder IN (1, 2)", *STANDING));

pub fn standing_of(row: &SqliteRow) -> Result<StoredConversation, StoreError> {
    let holder = row::holder_of(row.try_get("holder")?, row.try_get("agent")?)?;
    let unanswered: i64 = row.try_get("unanswered")?;
    let newest: Option<&str> = row.try_get("newest")?;
    let standing = Conversation {
        holder,
        request: request_of(row)?,
        last_human: row
            .try_get::<Option<Vec<u8>>, _>("last_human")?
            .map(|bytes| row::id_of(&bytes).map(AgentId))
            .transpose()?,
        last_seq: Seq(row::unsigned(row.try_get("last_seq")?)?),
        // Only words for people count, since a person last wrote or was asked for.
        unanswered: if holder == Holder::Bot {
            0
        } else {
            u32::try_from(unanswered).unwrap_or(u32::MAX)
        },
    };
    Ok(StoredConversation {
        standing,
        preview: newest.map(preview).unwrap_or_default(),
    })
}

fn request_of(row: &SqliteRow) -> Result<Option<HumanRequest>, StoreError> {
    let receipt: Option<i64> = row.try_get("receipt")?;
    let requested_at: Option<i64> = row.try_get("requested_at")?;
    receipt
        .zip(requested_at)
        .map(|(receipt, requested_at)| {
            Ok(HumanRequest {
                receipt: Receipt(row::unsigned(receipt)?),
                requested_at: Timestamp(requested_at),
                priority: row.try_get("priority")?,
            })
        })
        .transpose()
}
