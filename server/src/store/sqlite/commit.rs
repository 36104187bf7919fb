//! The write path: everything that waits, as one transaction.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, LazyLock};

use protocol::{CommandId, ConversationId, Seq, Timestamp};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, SqliteConnection};
use tokio::sync::Notify;

use super::super::{Append, CommitError, StoreError, Write};
use super::checkpoint;
use super::disk::Disk;
use super::logs::Logs;
use super::row::{EntryColumns, id_bytes};
use super::{draft, duty, notes, standing, waits};

/// The most rows of one INSERT. Each statement is a round trip to SQLite's thread, which costs more than a row does:
/// so a commit of up to this many events is one statement. There is one prepared statement for each number of rows.
pub const MAX_ROWS: usize = 64;

static INSERTS: LazyLock<Vec<String>> = LazyLock::new(|| (0..=MAX_ROWS).map(insert_of).collect());

fn insert_of(rows: usize) -> String {
    let rows = vec!["(?, ?, ?, ?, ?, ?, ?, ?, ?)"; rows].join(", ");
    format!(
        "INSERT INTO event (conversation, seq, at, kind, command, agent, name, text, detail) VALUES {rows}"
    )
}

/// The one connection that writes.
pub struct Writer {
    connection: SqliteConnection,
    disk: Arc<Disk>,
    logs: Logs,
    /// About how many pages were added to SQLite's log since it was last copied into the database.
    pages: usize,
    copy_due: Arc<Notify>,
    /// Told after each commit.
    committed: Arc<Notify>,
}

/// What a commit adds to a log.
#[derive(Debug)]
struct Growth {
    /// The conversation's number; none until it is in the table.
    number: Option<i64>,
    end: Seq,
    commands: Vec<(CommandId, Seq)>,
}

type Growths = HashMap<ConversationId, Growth>;

impl Writer {
    /// A writer that says when a copy of SQLite's log is due, and when something was committed.
    pub fn new(
        connection: SqliteConnection,
        disk: Arc<Disk>,
        copy_due: Arc<Notify>,
        committed: Arc<Notify>,
    ) -> Self {
        Self {
            connection,
            disk,
            logs: Logs::default(),
            pages: 0,
            copy_due,
            committed,
        }
    }

    /// Has something written that is no part of a commit.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unsynced`] once the disk has failed.
    pub async fn write<'a, T, F>(
        &'a mut self,
        write: impl FnOnce(&'a mut SqliteConnection) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        self.disk.check()?;
        let done = write(&mut self.connection).await;
        if let Err(StoreError::Database(error)) = &done {
            self.disk.learn(error);
        }
        done
    }

    /// A row is on a page that it shares with the commit's others, and on one of the index that it shares with none.
    pub(super) fn count_pages(&mut self, rows: usize) {
        self.pages += rows + 2;
        if self.pages >= checkpoint::PAGES {
            self.pages = 0;
            self.copy_due.notify_one();
        }
    }

    pub async fn commit(&mut self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        self.disk.check()?;
        let mut growths = self.growths(writes).await?;
        // Most commits are nothing but messages in conversations that stay where they are. One statement is a
        // transaction of its own.
        let done = if row_count(writes) <= MAX_ROWS && writes.iter().all(is_plain) {
            let rows = rows_of(writes, &growths);
            insert(&mut self.connection, &rows).await
        } else {
            commit_together(&mut self.connection, writes, &mut growths).await
        };
        if let Err(error) = &done {
            self.disk.learn(error);
        }
        let is_draft = |write: &&Write<'_>| matches!(write, Write::Draft { .. });
        let drafts = writes.iter().filter(is_draft).count();
        self.count_pages(row_count(writes) + drafts);
        for (conversation, growth) in growths {
            match growth.number.filter(|_| done.is_ok()) {
                Some(number) => {
                    let Growth { end, commands, .. } = growth;
                    self.logs.grow(conversation, number, end, commands);
                }
                None => self.logs.forget(conversation),
            }
        }
        self.committed.notify_one();
        done.map_err(outcome)
    }

    /// The event that a command made, if it was committed before.
    pub async fn committed(
        &mut self,
        conversation: ConversationId,
        id: CommandId,
    ) -> Result<Option<(i64, Seq)>, StoreError> {
        self.disk.check()?;
        let log = self
            .logs
            .current(&mut self.connection, conversation)
            .await?;
        Ok(log.and_then(|log| Some((log.number, *log.commands.get(&id)?))))
    }

    /// How far the logs will reach. That a place is taken meanwhile is found out by the index; that the place before
    /// it is not the end, or that a command is there already, is found out here.
    async fn growths(&mut self, writes: &[Write<'_>]) -> Result<Growths, CommitError> {
        let mut growths = Growths::with_capacity(writes.len());
        for write in writes {
            let Write::Append(append) = write else {
                continue;
            };
            let growth = match growths.entry(append.conversation) {
                Entry::Occupied(growth) => growth.into_mut(),
                Entry::Vacant(place) => place.insert(self.growth_before(append).await?),
            };
            let log = self.logs.get(append.conversation);
            let is_repeat = append.id.is_some_and(|id| {
                log.is_some_and(|log| log.commands.contains_key(&id))
                    || growth.commands.iter().any(|(known, _)| *known == id)
            });
            if growth.end != append.after || is_repeat {
                return Err(CommitError::Conflict);
            }
            growth.end = Seq(append.after.0 + append.entries.len() as u64);
            growth.commands.extend(append.id.map(|id| (id, growth.end)));
        }
        Ok(growths)
    }

    /// Where a log ends before this commit.
    async fn growth_before(&mut self, append: &Append<'_>) -> Result<Growth, CommitError> {
        let conversation = append.conversation;
        let growth = |number, end| Growth {
            number,
            end,
            commands: vec![],
        };
        if append.opened_by.is_some() && append.after == Seq(0) {
            // If it is in the table all the same, its id is found to be taken.
            return Ok(growth(None, Seq(0)));
        }
        if let Some(log) = self.logs.get(conversation)
            && log.end == append.after
        {
            return Ok(growth(Some(log.number), log.end));
        }
        let log = self.logs.read(&mut self.connection, conversation).await?;
        let log = log.ok_or(CommitError::Conflict)?;
        Ok(growth(Some(log.number), log.end))
    }
}

fn row_count(writes: &[Write<'_>]) -> usize {
    writes
        .iter()
        .map(|write| match write {
            Write::Append(append) => append.entries.len(),
            _ => 0,
        })
        .sum()
}

fn is_plain(write: &Write<'_>) -> bool {
    match write {
        Write::Append(append) => {
            let needs_more = |entry: &desk::Entry| {
                matches!(
                    entry,
                    desk::Entry::HumanRequested { .. }
                        | desk::Entry::Returned { .. }
                        | desk::Entry::Taken { .. }
                )
            };
            append.opened_by.is_none()
                && append.standing.is_none()
                && !append.entries.iter().any(needs_more)
        }
        _ => false,
    }
}

async fn commit_together(
    connection: &mut SqliteConnection,
    writes: &[Write<'_>],
    growths: &mut Growths,
) -> Result<(), sqlx::Error> {
    // By hand: after an error of the disk SQLite has rolled back already, which sqlx's transactions take amiss for ever.
    let done = in_one_transaction(connection, writes, growths).await;
    if done.is_err() {
        let _rolled_back_already = sqlx::query("ROLLBACK").execute(connection).await;
    }
    done
}

async fn in_one_transaction(
    connection: &mut SqliteConnection,
    writes: &[Write<'_>],
    growths: &mut Growths,
) -> Result<(), sqlx::Error> {
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    for write in writes {
        match write {
            Write::Append(append) => {
                if let Some(token) = &append.opened_by {
                    let begun = sqlx::query(
                        "INSERT INTO conversation (id, site, token, holder) VALUES (?, ?, ?, 3)",
                    )
                    .bind(id_bytes(append.conversation.0))
                    .bind(append.site.0)
                    .bind(&token.0[..])
                    .execute(&mut *connection)
                    .await?;
                    if let Some(growth) = growths.get_mut(&append.conversation) {
                        growth.number = Some(begun.last_insert_rowid());
                    }
                }
            }
            Write::Duty { agent, on, at } => {
                duty::keep(connection, *agent, *on, *at).await?;
                if *on {
                    draft::forget_lapses(connection, *agent).await?;
                }
            }
            Write::Most { agent, most } => duty::keep_most(connection, *agent, *most).await?,
            // Its holder may come with this commit.
            Write::Draft { .. } | Write::Standing { .. } | Write::Note(_) => {}
        }
    }
    for chunk in rows_of(writes, growths).chunks(MAX_ROWS) {
        insert(connection, chunk).await?;
    }
    for write in writes {
        match write {
            Write::Append(append) => {
                waits::keep_requests(connection, append).await?;
                duty::note_parts(connection, append).await?;
                draft::note_lapses(connection, append).await?;
                if let Some(standing) = &append.standing {
                    standing::keep(connection, append.conversation, standing).await?;
                }
            }
            Write::Draft {
                conversation,
                at,
                step,
            } => draft::take_step(connection, *conversation, *at, step).await?,
            Write::Standing {
                conversation,
                standing,
            } => standing::keep(connection, *conversation, standing).await?,
            Write::Note(note) => notes::keep(connection, note).await?,
            Write::Duty { .. } | Write::Most { .. } => {}
        }
    }
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
}

fn outcome(error: sqlx::Error) -> CommitError {
    match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() => CommitError::Conflict,
        // A draft of somebody who is not the holder any more.
        sqlx::Error::RowNotFound => CommitError::Conflict,
        _ => CommitError::Unavailable(StoreError::Database(error)),
    }
}

struct NewRow<'a> {
    number: i64,
    seq: Seq,
    at: Timestamp,
    command: Option<CommandId>,
    entry: &'a desk::Entry,
}

/// The rows of all appends. A command's id goes with its last entry, and a message has its own: most often the same.
fn rows_of<'a>(writes: &'a [Write<'_>], growths: &Growths) -> Vec<NewRow<'a>> {
    let mut rows = Vec::with_capacity(row_count(writes));
    for write in writes {
        let Write::Append(append) = write else {
            continue;
        };
        let number = growths
            .get(&append.conversation)
            .and_then(|growth| growth.number);
        let number = number.expect(
            "every append has its growth, and a new conversation is in the table before its events",
        );
        let mut entries = append.entries.iter().peekable();
        let mut seq = append.after;
        while let Some(entry) = entries.next() {
            seq = seq.next();
            rows.push(NewRow {
                number,
                seq,
                at: append.at,
                command: match entry {
                    desk::Entry::Message(message) => Some(message.id),
                    _ => append.id.filter(|_| entries.peek().is_none()),
                },
                entry,
            });
        }
    }
    rows
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
    query
        .bind(row.number)
        .bind(i64::try_from(row.seq.0).expect("a log is shorter than 2^63"))
        .bind(row.at.0)
        .bind(columns.kind)
        .bind(row.command.map(|id| id_bytes(id.0)))
        .bind(columns.agent.map(|id| id_bytes(id.0)))
        .bind(columns.name.map(str::to_owned))
        .bind(columns.text.map(str::to_owned))
        .bind(columns.detail)
}
