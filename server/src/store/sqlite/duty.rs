//! When people are on duty, how much they take, and which conversations they have had.

use desk::Entry;
use protocol::{AgentId, Timestamp};
use sqlx::SqliteConnection;

use super::super::Append;
use super::row::id_bytes;

/// Keeps that somebody is on or off duty, and since when.
pub async fn keep(
    writer: &mut SqliteConnection,
    agent: AgentId,
    on: bool,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    for statement in [
        "INSERT INTO duty (on_duty, agent, at) VALUES (?, ?, ?)",
        "UPDATE agent SET on_duty = ? WHERE id = ?",
    ] {
        let mut query = sqlx::query(statement).bind(on).bind(id_bytes(agent.0));
        if statement.starts_with("INSERT") {
            query = query.bind(at.0);
        }
        query.execute(&mut *writer).await?;
    }
    Ok(())
}

/// Keeps how many conversations somebody has at the same time.
pub async fn keep_most(
    writer: &mut SqliteConnection,
    agent: AgentId,
    most: u32,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE agent SET most = ? WHERE id = ?")
        .bind(most)
        .bind(id_bytes(agent.0))
        .execute(writer)
        .await?;
    Ok(())
}

/// Notes who has had a conversation by this append.
pub async fn note_parts(
    writer: &mut SqliteConnection,
    append: &Append<'_>,
) -> Result<(), sqlx::Error> {
    for entry in append.entries {
        if let Entry::Taken { by, .. } = entry {
            sqlx::query(
                "INSERT INTO part (agent, conversation)
                 VALUES (?, (SELECT number FROM conversation WHERE id = ?))
                 ON CONFLICT (agent, conversation) DO NOTHING",
            )
            .bind(id_bytes(by.id.0))
            .bind(id_bytes(append.conversation.0))
            .execute(&mut *writer)
            .await?;
        }
    }
    Ok(())
}
