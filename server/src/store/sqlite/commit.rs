//! The write path: everything that waits, as one transaction.

use std::sync::LazyLock;

use desk::{Conversation, Entry};
use protocol::{ConversationId, Seq};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::super::{Append, CommitError, StoreError, Write};
use super::row::{EntryColumns, holder_columns, id_bytes};

/// Rows in one INSERT. Each statement is a round trip to SQLite's thread, so many rows share one; a few fixed
/// sizes keep the statements prepared.
const CHUNKS: [usize; 3] = [64, 8, 1];

static INSERTS: LazyLock<[String; 3]> = LazyLock::new(|| CHUNKS.map(insert_of));

fn insert_of(rows: usize) -> String {
    const ROW: &str = "((SELECT number FROM conversation WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?)";
    let rows = vec![ROW; rows].join(", ");
    format!(
        "INSERT INTO event (conversation, seq, at, kind, command, agent, name, text, detail) VALUES {rows}"
    )
}

pub async fn commit(
    writer: &mut SqliteConnection,
    writes: &[Write<'_>],
) -> Result<(), CommitError> {
    let mut transaction = writer
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(outcome)?;
    let mut rows = Vec::with_capacity(writes.len());
    for write in writes {
        match write {
            Write::Append(append) => {
                if let Some(token) = &append.opened_by {
                    sqlx::query(
                        "INSERT INTO conversation (id, site, token, holder) VALUES (?, ?, ?, 3)",
                    )
                    .bind(id_bytes(append.conversation.0))
                    .bind(append.site.0)
                    .bind(&token.0[..])
                    .execute(&mut *transaction)
                    .await
                    .map_err(outcome)?;
                }
                rows.extend(rows_of(append));
            }
            Write::Duty { agent, on } => {
                sqlx::query("UPDATE agent SET on_duty = ? WHERE id = ?")
                    .bind(on)
                    .bind(id_bytes(agent.0))
                    .execute(&mut *transaction)
                    .await
                    .map_err(outcome)?;
            }
        }
    }
    insert_events(&mut transaction, &rows)
        .await
        .map_err(outcome)?;
    for write in writes {
        if let Write::Append(append) = write {
            keep_requests(&mut transaction, append)
                .await
                .map_err(outcome)?;
            if let Some(standing) = &append.standing {
                keep_standing(&mut transaction, append.conversation, standing)
                    .await
                    .map_err(outcome)?;
            }
        }
    }
    transaction.commit().await.map_err(outcome)
}

fn outcome(error: sqlx::Error) -> CommitError {
    match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() => CommitError::Conflict,
        _ => CommitError::Unavailable(StoreError::Database(error)),
    }
}

struct NewRow<'a> {
    append: &'a Append<'a>,
    seq: Seq,
    entry: &'a Entry,
    carries_command: bool,
}

/// The rows of an append. The command's id goes with its last entry: the message, where there is one.
fn rows_of<'a>(append: &'a Append<'a>) -> impl Iterator<Item = NewRow<'a>> {
    let mut seq = append.after;
    let last = append.entries.len().saturating_sub(1);
    append
        .entries
        .iter()
        .enumerate()
        .map(move |(index, entry)| {
            seq = seq.next();
            NewRow {
                append,
                seq,
                entry,
                carries_command: index == last,
            }
        })
}

async fn insert_events(
    writer: &mut SqliteConnection,
    mut rows: &[NewRow<'_>],
) -> Result<(), sqlx::Error> {
    for (size, sql) in CHUNKS.iter().zip(INSERTS.iter()) {
        while rows.len() >= *size {
            let (chunk, rest) = rows.split_at(*size);
            rows = rest;
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for row in chunk {
                query = bind(query, row);
            }
            query.execute(&mut *writer).await?;
        }
    }
    Ok(())
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, SqliteArguments>;

fn bind<'q>(query: Query<'q>, row: &NewRow<'_>) -> Query<'q> {
    let columns = EntryColumns::of(row.entry);
    let command = row.append.id.filter(|_| row.carries_command);
    query
        .bind(id_bytes(row.append.conversation.0))
        .bind(i64::try_from(row.seq.0).expect("a log is shorter than 2^63"))
        .bind(row.append.at.0)
        .bind(columns.kind)
        .bind(command.map(|id| id_bytes(id.0)))
        .bind(columns.agent.map(|id| id_bytes(id.0)))
        .bind(columns.name.map(str::to_owned))
        .bind(columns.text.map(str::to_owned))
        .bind(columns.detail)
}

async fn keep_requests(
    writer: &mut SqliteConnection,
    append: &Append<'_>,
) -> Result<(), sqlx::Error> {
    for entry in append.entries {
        if let Entry::HumanRequested { request, .. } = entry {
            sqlx::query(
                "INSERT INTO human_request (site, receipt, conversation, requested_at)
                 VALUES (?, ?, (SELECT number FROM conversation WHERE id = ?), ?)",
            )
            .bind(append.site.0)
            .bind(i64::try_from(request.receipt.0).expect("receipts are counted from 1"))
            .bind(id_bytes(append.conversation.0))
            .bind(request.requested_at.0)
            .execute(&mut *writer)
            .await?;
        }
    }
    Ok(())
}

async fn keep_standing(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    standing: &Conversation,
) -> Result<(), sqlx::Error> {
    let (holder, agent) = holder_columns(standing.holder);
    let request = standing.request;
    sqlx::query(
        "UPDATE conversation SET holder = ?, agent = ?, last_human = ?, receipt = ?, requested_at = ?, priority = ?
         WHERE id = ?",
    )
    .bind(holder)
    .bind(agent)
    .bind(standing.last_human.map(|id| id_bytes(id.0)))
    .bind(request.map(|request| i64::try_from(request.receipt.0).expect("receipts are counted from 1")))
    .bind(request.map(|request| request.requested_at.0))
    .bind(request.is_some_and(|request| request.priority))
    .bind(id_bytes(conversation.0))
    .execute(writer)
    .await?;
    Ok(())
}
