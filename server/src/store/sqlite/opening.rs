//! How a database file is opened: its tables brought up to date, its connections made, its tasks begun.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use protocol::EpochId;
use sqlx::Row;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::{Mutex, Notify};

use super::super::StoreError;
use super::checkpoint::Checkpoints;
use super::commit::{self, Writer};
use super::disk::Disk;
use super::search::Indexer;
use super::{BUSY_TIMEOUT, SqliteStore, backup, checkpoint, migrations, row};

/// The pages that a connection keeps: 16 MiB (a negative number is kibibytes). The ends of a thousand logs are scattered
/// over the index.
const CACHE_KIBIBYTES: &str = "-16384";

/// Readers beside the writer.
const READERS: u32 = 2;

/// How long a search waits for those before it: there is one at a time, on a connection that nothing else needs.
const SEARCH_TIMEOUT: Duration = Duration::from_secs(5);

impl SqliteStore {
    /// Opens a database file, makes it if it is new, and brings its tables up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the file cannot be opened or is no database of this program.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", checkpoint::PAGES_AT_MOST)
            .pragma("cache_size", CACHE_KIBIBYTES)
            .pragma("temp_store", "MEMORY")
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(2 * commit::MAX_ROWS);
        let mut writer = sqlx::ConnectOptions::connect(&options)
            .await
            .map_err(|error| backup::cannot_open(path, error))?;
        let migrated = Migrator::with_migrations(migrations::all())
            .run(&mut writer)
            .await;
        migrated.map_err(|error| match error {
            MigrateError::Execute(error) => backup::cannot_open(path, error),
            other => StoreError::Migrate(other),
        })?;
        let epoch = match Self::read_or_make_epoch(&mut writer).await {
            Err(StoreError::Database(error)) => return Err(backup::cannot_open(path, error)),
            other => other?,
        };
        // What the last process wrote and did not live to sync is read back from the log like the rest. It may be acked
        // from now on, so it has to be on disk.
        checkpoint::copy(&mut writer)
            .await
            .map_err(|error| backup::cannot_open(path, error))?;
        let copier = sqlx::ConnectOptions::connect(&options)
            .await
            .map_err(|error| backup::cannot_open(path, error))?;
        let reading = options.read_only(true).create_if_missing(false);
        let searchers = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(SEARCH_TIMEOUT)
            .connect_lazy_with(reading.clone());
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(reading)
            .await?;
        let (due, committed) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let disk = Arc::new(Disk::default());
        let writer = Writer::new(
            writer,
            Arc::clone(&disk),
            Arc::clone(&due),
            Arc::clone(&committed),
        );
        let writer = Arc::new(Mutex::new(writer));
        Ok(Self {
            indexer: Indexer::start(Arc::clone(&writer), committed),
            searchers,
            _checkpoints: Checkpoints::start(copier, Arc::clone(&writer), Arc::clone(&disk), due),
            disk,
            writer,
            readers,
            epoch,
        })
    }

    async fn read_or_make_epoch(
        writer: &mut sqlx::SqliteConnection,
    ) -> Result<EpochId, StoreError> {
        let fresh = crate::secret::random_id();
        sqlx::query(
            "INSERT INTO history (epoch) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM history)",
        )
        .bind(row::id_bytes(fresh))
        .execute(&mut *writer)
        .await?;
        let bytes: Vec<u8> = sqlx::query("SELECT epoch FROM history")
            .fetch_one(writer)
            .await?
            .try_get(0)?;
        Ok(EpochId(row::id_of(&bytes)?))
    }
}
