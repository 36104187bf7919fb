//! The write path: everything that waits, as one transaction.

use std::sync::LazyLock;

use desk::{Conversation, Entry};
use protocol::{ConversationId, Seq};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::super::{Append, CommitError, StoreError, Write};
use super::row::{EntryColumns, holder_columns, id_bytes};

/// The most rows of one INSERT. Each statement is a round trip to SQLite's thread, which costs more than a row does:
/// so a commit of up to this many events is one statement. There is one prepared statement for each number of rows.
pub const MAX_ROWS: usize = 64;

static INSERTS: LazyLock<Vec<String>> = LazyLock::new(|| (0..=MAX_ROWS).map(insert_of).collect());

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
    let rows: Vec<NewRow<'_>> = writes
        .iter()
        .filter_map(|write| match write {
            Write::Append(append) => Some(rows_of(append)),
            Write::Duty { .. } => None,
        })
        .flatten()
        .collect();
    // Most commits are nothing but messages in conversations that stay where they are. One statement is a transaction
    // of its own.
    if rows.len() <= MAX_ROWS && writes.iter().all(is_plain) {
        return insert(writer, &rows).await.map_err(outcome);
    }
    commit_together(writer, writes, &rows).await
}

fn is_plain(write: &Write<'_>) -> bool {
    match write {
        Write::Append(append) => {
            let requests = |entry: &Entry| matches!(entry, Entry::HumanRequested { .. });
            append.opened_by.is_none()
                && append.standing.is_none()
                && !append.entries.iter().any(requests)
        }
        Write::Duty { .. } => false,
    }
}

async fn commit_together(
    writer: &mut SqliteConnection,
    writes: &[Write<'_>],
    rows: &[NewRow<'_>],
) -> Result<(), CommitError> {
    let mut transaction = writer
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(outcome)?;
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
    for chunk in rows.chunks(MAX_ROWS) {
        insert(&mut transaction, chunk).await.map_err(outcome)?;
    }
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

async fn insert(writer: &mut SqliteConnection, rows: &[NewRow<'_>]) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut query = sqlx::query(AssertSqlSafe(INSERTS[rows.len()].as_str()));
    for row in rows {
        query = bind(query, row);
    }
    query.execute(writer).await?;
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
