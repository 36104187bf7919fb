//! What is told of a conversation that was found, at the moment when it was.

use protocol::{Context, ContextValue, ConversationId, EventKind, Timestamp};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::super::super::{Hit, Said, SiteId, StoreError};
use super::super::row::{self, EventRow};
use super::super::standing::{STANDING_OF_ONE, standing_of};
use super::Candidate;

/// What is told of a conversation that was found.
pub async fn hit(
    moment: &mut SqliteConnection,
    site: SiteId,
    candidate: Candidate,
    by_words: bool,
) -> Result<Hit, StoreError> {
    let id = candidate.id.unwrap_or_default();
    let standing = sqlx::query(AssertSqlSafe(STANDING_OF_ONE.as_str()))
        .bind(site.0)
        .bind(id.clone())
        .fetch_one(&mut *moment)
        .await?;
    let stored = standing_of(&standing)?;
    let beside = sqlx::query(
        "SELECT at, (SELECT said FROM context WHERE context.conversation = ?1) AS said,
             (SELECT detail FROM event WHERE event.conversation = ?1 AND kind = ?2 ORDER BY seq DESC LIMIT 1) AS request
         FROM activity WHERE activity.conversation = ?1",
    )
    .bind(candidate.number)
    .bind(row::HUMAN_REQUESTED)
    .fetch_one(&mut *moment)
    .await?;
    let request: Option<&str> = beside.try_get("request")?;
    let mut said = None;
    if by_words {
        let message = sqlx::query("SELECT * FROM event WHERE rowid = ?")
            .bind(candidate.event)
            .fetch_one(&mut *moment)
            .await?;
        let event = EventRow::read(&message)?.event()?;
        if let EventKind::Message(message) = event.kind {
            said = Some(Said {
                seq: event.seq,
                at: event.at,
                author: message.author,
                text: message.text,
            });
        }
    }
    Ok(Hit {
        conversation: ConversationId(row::id_of(&id)?),
        stored,
        receipt: request.map(row::receipt_of).transpose()?.flatten(),
        name: name_in(beside.try_get("said")?)?,
        at: Timestamp(beside.try_get("at")?),
        said,
    })
}

/// What the shop's page calls its visitor, if it says `name`.
fn name_in(said: Option<&str>) -> Result<Option<String>, StoreError> {
    let Some(said) = said else {
        return Ok(None);
    };
    let context: Context = serde_json::from_str(said)
        .map_err(|_| StoreError::Unreadable("context of a conversation"))?;
    let named = context.0.into_iter().find_map(|(key, value)| match value {
        ContextValue::Text(name) if key.eq_ignore_ascii_case("name") && !name.is_empty() => {
            Some(name)
        }
        _ => None,
    });
    Ok(named)
}
