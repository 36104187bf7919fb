//! The write path: everything that waits, as one transaction.

use std::collections::HashMap;
use std::sync::LazyLock;

use desk::{Conversation, Entry};
use protocol::{ConversationId, Seq};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

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

/// Conversations whose log's end is remembered: those that are written to now. More would only cost memory.
const REMEMBERED_ENDS: usize = 16_384;

/// The one connection that writes.
pub struct Writer {
    pub connection: SqliteConnection,
    /// Places that are known to exist: a log never gets shorter, so what follows one of them leaves no gap.
    ends: HashMap<ConversationId, Seq>,
}

impl Writer {
    pub fn new(connection: SqliteConnection) -> Self {
        Self {
            connection,
            ends: HashMap::new(),
        }
    }

    pub async fn commit(&mut self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        let ends = self.ends_after(writes).await?;
        let rows: Vec<NewRow<'_>> = writes
            .iter()
            .filter_map(|write| match write {
                Write::Append(append) => Some(rows_of(append)),
                Write::Duty { .. } => None,
            })
            .flatten()
            .collect();
        // Most commits are nothing but messages in conversations that stay where they are. One statement is a
        // transaction of its own.
        if rows.len() <= MAX_ROWS && writes.iter().all(is_plain) {
            insert(&mut self.connection, &rows).await.map_err(outcome)?;
        } else {
            commit_together(&mut self.connection, writes, &rows)
                .await
                .map_err(outcome)?;
        }
        if self.ends.len() + ends.len() > REMEMBERED_ENDS {
            self.ends.clear();
        }
        self.ends.extend(ends);
        Ok(())
    }

    /// Where the logs will end. That a place is taken is found out by the index; that one before it is missing, here.
    async fn ends_after(
        &mut self,
        writes: &[Write<'_>],
    ) -> Result<HashMap<ConversationId, Seq>, CommitError> {
        let mut ends = HashMap::with_capacity(writes.len());
        for write in writes {
            let Write::Append(append) = write else {
                continue;
            };
            let known = ends
                .get(&append.conversation)
                .or_else(|| self.ends.get(&append.conversation))
                .is_some_and(|end| append.after <= *end);
            if append.after > Seq(0) && !known && !self.has(append).await? {
                return Err(CommitError::Conflict);
            }
            let end = Seq(append.after.0 + append.entries.len() as u64);
            ends.insert(append.conversation, end);
        }
        Ok(ends)
    }

    /// Whether the event that an append follows is there.
    async fn has(&mut self, append: &Append<'_>) -> Result<bool, CommitError> {
        let found = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM event
                 WHERE conversation = (SELECT number FROM conversation WHERE id = ?) AND seq = ?)",
        )
        .bind(id_bytes(append.conversation.0))
        .bind(i64::try_from(append.after.0).unwrap_or(i64::MAX))
        .fetch_one(&mut self.connection)
        .await
        .and_then(|row| row.try_get(0))
        .map_err(outcome)?;
        Ok(found)
    }
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
    connection: &mut SqliteConnection,
    writes: &[Write<'_>],
    rows: &[NewRow<'_>],
) -> Result<(), sqlx::Error> {
    // By hand: after an error of the disk SQLite has rolled back already, which sqlx's transactions take amiss for ever.
    let done = in_one_transaction(connection, writes, rows).await;
    if done.is_err() {
        let _rolled_back_already = sqlx::query("ROLLBACK").execute(connection).await;
    }
    done
}

async fn in_one_transaction(
    connection: &mut SqliteConnection,
    writes: &[Write<'_>],
    rows: &[NewRow<'_>],
) -> Result<(), sqlx::Error> {
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
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
                    .execute(&mut *connection)
                    .await?;
                }
            }
            Write::Duty { agent, on } => {
                sqlx::query("UPDATE agent SET on_duty = ? WHERE id = ?")
                    .bind(on)
                    .bind(id_bytes(agent.0))
                    .execute(&mut *connection)
                    .await?;
            }
        }
    }
    for chunk in rows.chunks(MAX_ROWS) {
        insert(connection, chunk).await?;
    }
    for write in writes {
        if let Write::Append(append) = write {
            keep_requests(connection, append).await?;
            if let Some(standing) = &append.standing {
                keep_standing(connection, append.conversation, standing).await?;
            }
        }
    }
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
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
