//! What agents have begun and not sent, and what they lost while they were gone: beside the logs, never in them.

use desk::{DraftStep, Entry, Person};
use protocol::{AgentId, ConversationId, ReturnReason, Timestamp};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, SqliteConnection};

use super::super::{Append, SiteId, StoreError, StoredDraft, StoredWords};
use super::row::{id_bytes, id_of};

pub async fn draft(
    readers: &SqlitePool,
    site: SiteId,
    id: ConversationId,
) -> Result<StoredDraft, StoreError> {
    let row = sqlx::query(
        "SELECT draft.* FROM draft JOIN conversation ON conversation.number = draft.conversation
         WHERE conversation.id = ? AND conversation.site = ?",
    )
    .bind(id_bytes(id.0))
    .bind(site.0)
    .fetch_optional(readers)
    .await?;
    let Some(row) = row else {
        return Ok(StoredDraft::default());
    };
    let reply = ["reply", "reply_agent", "reply_name", "reply_at"];
    let note = ["note", "note_agent", "note_name", "note_at"];
    Ok(StoredDraft {
        reply: words_of(&row, reply)?,
        note: words_of(&row, note)?,
    })
}

fn words_of(
    row: &SqliteRow,
    [text, agent, name, at]: [&str; 4],
) -> Result<Option<StoredWords>, StoreError> {
    let text: String = row.try_get(text)?;
    if text.is_empty() {
        return Ok(None);
    }
    let agent: &[u8] = row.try_get(agent)?;
    Ok(Some(StoredWords {
        by: Person {
            id: AgentId(id_of(agent)?),
            name: row.try_get(name)?,
        },
        at: Timestamp(row.try_get(at)?),
        text,
    }))
}

/// Keeps what the holder has begun, or drops the reply that is done with.
///
/// # Errors
///
/// [`sqlx::Error::RowNotFound`] if somebody else is the holder by now: another server came first.
pub async fn take_step(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    at: Timestamp,
    step: &DraftStep,
) -> Result<(), sqlx::Error> {
    match step {
        DraftStep::Kept { by, reply, note } => {
            let texts = [reply.as_deref(), note.as_deref()];
            keep(writer, conversation, at, by, texts).await
        }
        // The event that it comes with has found that nobody came first.
        DraftStep::ReplyDone => drop_reply(writer, conversation).await,
    }
}

async fn keep(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    at: Timestamp,
    by: &Person,
    [reply, note]: [Option<&str>; 2],
) -> Result<(), sqlx::Error> {
    let number: i64 =
        sqlx::query("SELECT number FROM conversation WHERE id = ? AND holder = 2 AND agent = ?")
            .bind(id_bytes(conversation.0))
            .bind(id_bytes(by.id.0))
            .fetch_one(&mut *writer)
            .await?
            .try_get(0)?;
    let columns = [
        (
            reply,
            "INSERT INTO draft (conversation, reply, reply_agent, reply_name, reply_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (conversation) DO UPDATE SET reply = excluded.reply, reply_agent = excluded.reply_agent,
             reply_name = excluded.reply_name, reply_at = excluded.reply_at",
        ),
        (
            note,
            "INSERT INTO draft (conversation, note, note_agent, note_name, note_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (conversation) DO UPDATE SET note = excluded.note, note_agent = excluded.note_agent,
             note_name = excluded.note_name, note_at = excluded.note_at",
        ),
    ];
    for (text, statement) in columns {
        if let Some(text) = text {
            sqlx::query(statement)
                .bind(number)
                .bind(text.to_owned())
                .bind(id_bytes(by.id.0))
                .bind(by.name.clone())
                .bind(at.0)
                .execute(&mut *writer)
                .await?;
        }
    }
    Ok(())
}

/// Drops the reply that was begun, and the row if it has no note either.
async fn drop_reply(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
) -> Result<(), sqlx::Error> {
    for statement in [
        "UPDATE draft SET reply = '', reply_agent = NULL, reply_name = NULL, reply_at = NULL
         WHERE conversation = (SELECT number FROM conversation WHERE id = ?)",
        "DELETE FROM draft
         WHERE conversation = (SELECT number FROM conversation WHERE id = ?) AND reply = '' AND note = ''",
    ] {
        sqlx::query(statement)
            .bind(id_bytes(conversation.0))
            .execute(&mut *writer)
            .await?;
    }
    Ok(())
}

pub async fn lapses(
    readers: &SqlitePool,
    site: SiteId,
    agent: AgentId,
) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
    let rows = sqlx::query(
        "SELECT conversation.id, lapse.at FROM lapse JOIN conversation ON conversation.number = lapse.conversation
         WHERE lapse.agent = ? AND conversation.site = ? ORDER BY lapse.at, conversation.number",
    )
    .bind(id_bytes(agent.0))
    .bind(site.0)
    .fetch_all(readers)
    .await?;
    rows.iter()
        .map(|row| {
            let id: &[u8] = row.try_get(0)?;
            Ok((ConversationId(id_of(id)?), Timestamp(row.try_get(1)?)))
        })
        .collect()
}

/// Notes what an append took from somebody who vanished, for when they are back.
pub async fn note_lapses(
    writer: &mut SqliteConnection,
    append: &Append<'_>,
) -> Result<(), sqlx::Error> {
    for entry in append.entries {
        if let Entry::Returned {
            from,
            reason: ReturnReason::Vanished,
        } = entry
        {
            sqlx::query(
                "INSERT INTO lapse (agent, conversation, at)
                 VALUES (?, (SELECT number FROM conversation WHERE id = ?), ?)
                 ON CONFLICT (agent, conversation) DO UPDATE SET at = excluded.at",
            )
            .bind(id_bytes(from.id.0))
            .bind(id_bytes(append.conversation.0))
            .bind(append.at.0)
            .execute(&mut *writer)
            .await?;
        }
    }
    Ok(())
}

/// Whoever goes on duty knows what they lost.
pub async fn forget_lapses(
    writer: &mut SqliteConnection,
    agent: AgentId,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM lapse WHERE agent = ?")
        .bind(id_bytes(agent.0))
        .execute(writer)
        .await?;
    Ok(())
}
