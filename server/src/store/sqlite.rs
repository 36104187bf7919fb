//! The store on SQLite: one file, one writer, a few readers.
//!
//! WAL with `synchronous=FULL`: a commit returns after its pages are fsynced. With NORMAL the last commits could
//! be lost when the power fails.

mod commit;
mod logs;
mod people;
mod row;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use async_trait::async_trait;
use desk::{Conversation, Holder, HumanRequest};
use futures_util::TryStreamExt;
use protocol::{
    AgentId, CommandId, ConversationId, EpochId, HISTORY_PAGE_EVENTS, HistoryPage, Receipt, Seq,
    Timestamp,
};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Row, SqlStr};
use tokio::sync::Mutex;

use super::{
    CommitError, Committed, NewAgent, NewSite, Page, SecretHash, Site, SiteId, Store, StoreError,
    StoredAgent, StoredArticle, StoredConversation, Write, preview,
};
use commit::Writer;
use row::EventRow;

/// How long a statement waits for a lock that another process holds. Longer would stop every conversation;
/// clients send again what was refused.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// The log is copied into the database when it has this many pages, 32 MiB. Each copy syncs twice and takes a page once,
/// however often it was written: with SQLite's 4 MiB the relay delivers a fifth less (`cargo xtask bench relay`).
const CHECKPOINT_PAGES: &str = "8000";

/// Readers beside the writer.
const READERS: u32 = 2;

/// A page of history stops at the event that passes this many bytes of text, so that 200 long messages cannot
/// fill the memory.
const HISTORY_PAGE_BYTES: usize = 64 * 1024;

/// The numbered files of `migrations/sqlite`, none of which is ever edited. (sqlx's own macro for this would bring its
/// SQL-checking compiler along.)
fn migrations() -> Vec<Migration> {
    let numbered = |version, description: &'static str, sql: &'static str| {
        Migration::new(
            version,
            description.into(),
            MigrationType::Simple,
            SqlStr::from_static(sql),
            false,
        )
    };
    vec![numbered(
        1,
        "the desk",
        include_str!("../../migrations/sqlite/0001_the_desk.sql"),
    )]
}

/// A store in one SQLite file.
pub struct SqliteStore {
    /// Held for a whole commit: SQLite has one writer at a time anyway.
    writer: Mutex<Writer>,
    readers: SqlitePool,
    epoch: EpochId,
}

/// Says that this process serves a database file. Dropped, it lets go.
pub struct ServerLock(
    #[expect(dead_code, reason = "the lock lives as long as its file is open")] File,
);

impl ServerLock {
    /// Takes the lock of a database file: a file of the same name with `.lock` added.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] if another server has it; [`StoreError::Open`] if it cannot be made.
    pub fn take(database: &Path) -> Result<Self, StoreError> {
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let open = |cause| StoreError::Open {
            path: path.display().to_string(),
            cause,
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(open)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => {
                Err(StoreError::InUse(database.display().to_string()))
            }
            Err(std::fs::TryLockError::Error(cause)) => Err(open(cause)),
        }
    }
}

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
            .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(2 * commit::MAX_ROWS);
        let cannot_open = |cause: Box<dyn Error + Send + Sync>| StoreError::Open {
            path: path.display().to_string(),
            cause: std::io::Error::other(cause),
        };
        let mut writer = sqlx::ConnectOptions::connect(&options)
            .await
            .map_err(|error| cannot_open(error.into()))?;
        Migrator::with_migrations(migrations())
            .run(&mut writer)
            .await?;
        let epoch = Self::read_or_make_epoch(&mut writer)
            .await
            .map_err(|error| cannot_open(error.into()))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self {
            writer: Mutex::new(Writer::new(writer)),
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

    async fn number_of(&self, id: ConversationId) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT number FROM conversation WHERE id = ?")
            .bind(row::id_bytes(id.0))
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

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

static STANDING_OF_ONE: LazyLock<String> = LazyLock::new(|| format!("{} AND id = ?", *STANDING));

static STANDING_OF_OPEN: LazyLock<String> =
    LazyLock::new(|| format!("{} AND holder IN (1, 2)", *STANDING));

fn standing_of(row: &SqliteRow) -> Result<StoredConversation, StoreError> {
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

#[async_trait]
impl Store for SqliteStore {
    fn epoch(&self) -> EpochId {
        self.epoch
    }

    async fn commit(&self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        self.writer.lock().await.commit(writes).await
    }

    async fn committed(
        &self,
        site: SiteId,
        conversation: ConversationId,
        id: CommandId,
    ) -> Result<Option<Committed>, StoreError> {
        let place = self.writer.lock().await.committed(conversation, id).await?;
        let Some((number, seq)) = place else {
            return Ok(None);
        };
        let row = sqlx::query(
            "SELECT event.* FROM event JOIN conversation ON conversation.number = event.conversation
             WHERE conversation.site = ? AND event.conversation = ? AND event.seq = ?",
        )
        .bind(site.0)
        .bind(number)
        .bind(i64::try_from(seq.0).unwrap_or(i64::MAX))
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| EventRow::read(&row)?.committed()).transpose()
    }

    async fn conversation(
        &self,
        site: SiteId,
        id: ConversationId,
    ) -> Result<Option<StoredConversation>, StoreError> {
        let row = sqlx::query(AssertSqlSafe(STANDING_OF_ONE.as_str()))
            .bind(site.0)
            .bind(row::id_bytes(id.0))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(standing_of).transpose()
    }

    async fn open_conversations(
        &self,
        site: SiteId,
    ) -> Result<Vec<(ConversationId, StoredConversation)>, StoreError> {
        let rows = sqlx::query(AssertSqlSafe(STANDING_OF_OPEN.as_str()))
            .bind(site.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let id = ConversationId(row::id_of(row.try_get("id")?)?);
                Ok((id, standing_of(row)?))
            })
            .collect()
    }

    async fn conversation_of(
        &self,
        site: SiteId,
        token: &SecretHash,
    ) -> Result<Option<ConversationId>, StoreError> {
        let row = sqlx::query("SELECT id FROM conversation WHERE token = ? AND site = ?")
            .bind(&token.0[..])
            .bind(site.0)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok(ConversationId(row::id_of(row.try_get(0)?)?)))
            .transpose()
    }

    async fn history(
        &self,
        conversation: ConversationId,
        page: Page,
    ) -> Result<HistoryPage, StoreError> {
        let Some(number) = self.number_of(conversation).await? else {
            return Ok(HistoryPage::default());
        };
        let (after, before) = match page {
            Page::After(seq) => (seq.0, i64::MAX as u64),
            Page::Before(seq) => (0, seq.0),
        };
        let mut rows = sqlx::query(
            "SELECT * FROM event WHERE conversation = ? AND seq > ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        )
        .bind(number)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::try_from(before).unwrap_or(i64::MAX))
        .bind(HISTORY_PAGE_EVENTS as i64)
        .fetch(&self.readers);
        let mut events = Vec::new();
        let mut bytes = 0;
        while let Some(row) = rows.try_next().await? {
            let row = EventRow::read(&row)?;
            bytes += row.text.as_ref().map_or(0, String::len);
            events.push(row.event()?);
            if bytes > HISTORY_PAGE_BYTES {
                break;
            }
        }
        events.reverse();
        let earlier = events.first().is_some_and(|event| event.seq > Seq(1));
        Ok(HistoryPage { events, earlier })
    }

    async fn next_receipt(&self, site: SiteId) -> Result<Receipt, StoreError> {
        let next: i64 =
            sqlx::query("SELECT coalesce(max(receipt), 0) + 1 FROM human_request WHERE site = ?")
                .bind(site.0)
                .fetch_one(&self.readers)
                .await?
                .try_get(0)?;
        Ok(Receipt(row::unsigned(next)?))
    }

    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        people::sites(&self.readers).await
    }

    async fn put_site(&self, site: &NewSite) -> Result<SiteId, StoreError> {
        people::put_site(&mut self.writer.lock().await.connection, site).await
    }

    async fn agents(&self, site: SiteId) -> Result<Vec<StoredAgent>, StoreError> {
        people::agents(&self.readers, site).await
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<StoredAgent>, StoreError> {
        people::agent_by_email(&self.readers, email).await
    }

    async fn put_agent(&self, agent: &NewAgent) -> Result<(), StoreError> {
        people::put_agent(&mut self.writer.lock().await.connection, agent).await
    }

    async fn remove_agent(&self, email: &str) -> Result<bool, StoreError> {
        people::remove_agent(&mut self.writer.lock().await.connection, email).await
    }

    async fn put_session(
        &self,
        session: &SecretHash,
        agent: AgentId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        people::put_session(
            &mut self.writer.lock().await.connection,
            session,
            agent,
            expires_at,
        )
        .await
    }

    async fn session(
        &self,
        session: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError> {
        people::session(&self.readers, session, now).await
    }

    async fn end_session(&self, session: &SecretHash) -> Result<(), StoreError> {
        people::end_session(&mut self.writer.lock().await.connection, session).await
    }

    async fn put_articles(
        &self,
        site: SiteId,
        articles: &[StoredArticle],
    ) -> Result<(), StoreError> {
        people::put_articles(&mut self.writer.lock().await.connection, site, articles).await
    }

    async fn articles(&self, site: SiteId) -> Result<Vec<StoredArticle>, StoreError> {
        people::articles(&self.readers, site).await
    }

    async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT epoch FROM history")
            .fetch_one(&self.readers)
            .await?;
        Ok(())
    }

    async fn close(&self) {
        // The writer's last commit has returned once its lock is free.
        drop(self.writer.lock().await);
        self.readers.close().await;
    }
}
