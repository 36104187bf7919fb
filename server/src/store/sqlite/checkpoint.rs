//! Copies SQLite's log into the database, beside the commits.
//!
//! SQLite would do it in the commit that fills the log, and everybody would wait while thousands of pages are written
//! and synced. Here a connection of its own copies them while commits go on. Only for the rest, what was committed
//! during the last look, does the writer wait: then all is copied, and the log starts over.

use std::sync::Arc;

use sqlx::SqliteConnection;
use tokio::sync::{Mutex, Notify};
use tokio_util::task::AbortOnDropHandle;

use super::super::StoreError;
use super::commit::Writer;
use super::disk::Disk;

/// The log is copied when about this many pages were added to it, 32 MiB: a page is copied once, however often it was
/// written meanwhile.
pub const PAGES: usize = 8_000;

/// Where SQLite copies the log by itself, should nobody else have done it.
pub const PAGES_AT_MOST: &str = "64000";

/// Looks beside the commits, before the one that the writer waits for. The second finds what came during the first.
const LOOKS: usize = 2;

/// The copying. Dropped, it ends; what was not copied stays in the log.
pub struct Checkpoints {
    _task: AbortOnDropHandle<()>,
}

impl Checkpoints {
    /// Copies with `connection` whenever a copy is `due`, as the writer says.
    pub fn start(
        connection: SqliteConnection,
        writer: Arc<Mutex<Writer>>,
        disk: Arc<Disk>,
        due: Arc<Notify>,
    ) -> Self {
        Self {
            _task: AbortOnDropHandle::new(tokio::spawn(run(connection, writer, disk, due))),
        }
    }
}

async fn run(
    mut connection: SqliteConnection,
    writer: Arc<Mutex<Writer>>,
    disk: Arc<Disk>,
    due: Arc<Notify>,
) {
    loop {
        due.notified().await;
        if let Err(error) = checkpoint(&mut connection, &writer).await {
            disk.learn(&error);
            tracing::warn!(%error, "the log was not copied into the database, and grows until it can be");
        }
    }
}

/// Copies all that is in the log.
pub(super) async fn checkpoint(
    connection: &mut SqliteConnection,
    writer: &Mutex<Writer>,
) -> Result<(), sqlx::Error> {
    for _ in 0..LOOKS {
        copy(connection).await?;
    }
    let _nobody_commits = writer.lock().await;
    copy(connection).await
}

/// Copies what can be copied without waiting for anybody, durably.
pub async fn copy(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
        .execute(connection)
        .await?;
    Ok(())
}

/// Copies everything and empties the log, unless another process has the database open: nobody waits for this.
pub async fn empty(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query("PRAGMA busy_timeout = 0")
        .execute(&mut *connection)
        .await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(connection)
        .await?;
    Ok(())
}
