//! Brings the index up to what was committed: beside the commits, in batches that are short for whoever waits to commit.
//!
//! How far it has come is written in the same transaction as what it has added, so a server that is killed goes on where it
//! was. In the background a batch is followed by a pause of many times its length; while somebody waits for a search there is
//! none, and a commit still waits for one batch at most.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};
use tokio::sync::{Mutex, Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::super::super::{SiteId, StoreError, terms};
use super::super::commit::Writer;

/// The most events of one batch.
const BATCH: usize = 256;

/// A batch ends with the text that passes this many bytes.
const BATCH_BYTES: usize = 64 * 1024;

/// How long the background waits after a commit for others that come with it.
const GATHER: Duration = Duration::from_secs(1);

/// How much longer than a batch the pause after it is.
const PAUSE: u32 = 20;

/// How long a search waits for what was committed before it.
const CATCH_UP: Duration = Duration::from_secs(2);

/// How long nothing is tried after the database has failed.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// The last event that the index knows, and the last one that there is.
pub const ENDS: &str =
    "SELECT (SELECT event FROM search_progress), (SELECT coalesce(max(rowid), 0) FROM event)";

/// The one task that fills the index. Dropped, it ends between two batches or takes the one back that it is at.
pub struct Indexer {
    wanted: Arc<Notify>,
    reached: watch::Receiver<i64>,
    stopping: CancellationToken,
    _task: AbortOnDropHandle<()>,
}

/// What the task works with.
struct Work {
    writer: Arc<Mutex<Writer>>,
    committed: Arc<Notify>,
    wanted: Arc<Notify>,
    reached: watch::Sender<i64>,
    stopping: CancellationToken,
}

/// How far the index is after a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The last event that it knows.
    pub event: i64,
    /// There is more to add.
    pub more: bool,
}

impl Indexer {
    /// Fills the index whenever something was `committed`, as the writer says.
    pub fn start(writer: Arc<Mutex<Writer>>, committed: Arc<Notify>) -> Self {
        let wanted = Arc::new(Notify::new());
        let (sender, reached) = watch::channel(0);
        let stopping = CancellationToken::new();
        // What the last process had not come to.
        committed.notify_one();
        let work = Work {
            writer,
            committed,
            wanted: Arc::clone(&wanted),
            reached: sender,
            stopping: stopping.clone(),
        };
        Self {
            wanted,
            reached,
            stopping,
            _task: AbortOnDropHandle::new(tokio::spawn(work.run())),
        }
    }

    /// What is told after each batch from now on.
    pub fn listen(&self) -> watch::Receiver<i64> {
        let mut reached = self.reached.clone();
        reached.mark_unchanged();
        reached
    }

    /// Has the index come to an event that it did not know, and waits for that, but not for long. False if it has not.
    pub async fn catch_up(&self, mut reached: watch::Receiver<i64>, event: i64) -> bool {
        self.wanted.notify_one();
        let known = async {
            // Only what is told from now on counts: a log that has lost its end is told of anew.
            while reached.changed().await.is_ok() {
                if *reached.borrow() >= event {
                    return true;
                }
            }
            false
        };
        tokio::time::timeout(CATCH_UP, known).await.unwrap_or(false)
    }

    /// Set once no other batch is to be begun.
    #[cfg(test)]
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// Begins no other batch.
    pub fn stop(&self) {
        self.stopping.cancel();
    }
}

impl Work {
    async fn run(self) {
        loop {
            let somebody_waits = tokio::select! {
                () = self.stopping.cancelled() => return,
                () = self.wanted.notified() => true,
                () = self.gather() => false,
            };
            if let Err(error) = self.fill(somebody_waits).await {
                // It is tried again; until then what is found is only older.
                tracing::warn!(%error, "what was said lately is not in the index yet");
                tokio::time::sleep(AFTER_FAILURE).await;
                self.committed.notify_one();
            }
        }
    }

    async fn gather(&self) {
        self.committed.notified().await;
        tokio::time::sleep(GATHER).await;
    }

    async fn fill(&self, mut somebody_waits: bool) -> Result<(), StoreError> {
        loop {
            let begun = Instant::now();
            let Some(reached) = step(&self.writer, &self.stopping).await? else {
                return Ok(());
            };
            self.reached.send_replace(reached.event);
            if !reached.more {
                return Ok(());
            }
            if !somebody_waits {
                tokio::select! {
                    () = self.wanted.notified() => somebody_waits = true,
                    () = tokio::time::sleep(begun.elapsed() * PAUSE) => {}
                }
            }
        }
    }
}

/// Adds one batch. None if no more are to be begun.
pub async fn step(
    writer: &Mutex<Writer>,
    stopping: &CancellationToken,
) -> Result<Option<Reached>, StoreError> {
    let mut writer = writer.lock().await;
    if stopping.is_cancelled() {
        return Ok(None);
    }
    let (reached, pages) = writer.write(add).await?;
    writer.count_pages(pages);
    Ok(Some(reached))
}

/// What is to be added: how far the index was and the last event that comes with it, and the words of each message.
struct Batch {
    after: i64,
    last: i64,
    words: Vec<(i64, String)>,
}

async fn add(connection: &mut SqliteConnection) -> Result<(Reached, usize), StoreError> {
    let (known, newest) = ends(connection).await?;
    if known == newest {
        let reached = Reached {
            event: known,
            more: false,
        };
        return Ok((reached, 0));
    }
    // By hand: after an error of the disk SQLite has rolled back already, which sqlx's transactions take amiss for ever.
    let added = in_one_transaction(connection).await;
    if added.is_err() {
        let _rolled_back_already = sqlx::query("ROLLBACK").execute(connection).await;
    }
    added
}

async fn ends(connection: &mut SqliteConnection) -> Result<(i64, i64), StoreError> {
    let row = sqlx::query(ENDS).fetch_one(connection).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

async fn in_one_transaction(
    connection: &mut SqliteConnection,
) -> Result<(Reached, usize), StoreError> {
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    let (mut known, newest) = ends(connection).await?;
    if newest < known {
        // The log has lost its end, so its next events are not those that the index knows by these numbers.
        for statement in [
            "INSERT INTO message_index (message_index) VALUES ('delete-all')",
            "DELETE FROM activity",
        ] {
            sqlx::query(statement).execute(&mut *connection).await?;
        }
        known = 0;
    }
    let Batch { after, last, words } = batch(connection, known).await?;
    let pages = words.len();
    let words = serde_json::to_string(&words).expect("numbers and texts are JSON");
    // One statement for all: each is a round trip to SQLite's thread.
    sqlx::query(
        "INSERT INTO message_index (rowid, words)
         SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)",
    )
    .bind(words)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO activity (conversation, site, event, at)
         SELECT number, site, max(event.rowid), event.at
         FROM event JOIN conversation ON number = event.conversation
         WHERE event.rowid > ? AND event.rowid <= ? GROUP BY number
         ON CONFLICT (conversation) DO UPDATE SET event = excluded.event, at = excluded.at",
    )
    .bind(after)
    .bind(last)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE search_progress SET event = ?")
        .bind(last)
        .execute(&mut *connection)
        .await?;
    sqlx::query("COMMIT").execute(connection).await?;
    let reached = Reached {
        event: last,
        more: last < newest,
    };
    Ok((reached, pages))
}

/// The next events, and the words of those that are messages.
async fn batch(connection: &mut SqliteConnection, after: i64) -> Result<Batch, StoreError> {
    let mut rows = sqlx::query(
        "SELECT event.rowid AS event, text, site
         FROM event LEFT JOIN conversation ON number = event.conversation
         WHERE event.rowid > ? ORDER BY event.rowid LIMIT ?",
    )
    .bind(after)
    .bind(i64::try_from(BATCH).expect("a batch is small"))
    .fetch(connection);
    let mut batch = Batch {
        after,
        last: after,
        words: vec![],
    };
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        batch.last = row.try_get("event")?;
        let text: Option<&str> = row.try_get("text")?;
        let site: Option<i64> = row.try_get("site")?;
        if let (Some(text), Some(site)) = (text, site) {
            bytes += text.len();
            batch.words.push((batch.last, words_of(SiteId(site), text)));
        }
        if bytes > BATCH_BYTES {
            break;
        }
    }
    Ok(batch)
}

/// What the index keeps of a message.
fn words_of(site: SiteId, text: &str) -> String {
    let words = terms(text)
        .into_iter()
        .map(|term| word_at(site, &term.word));
    words.collect::<Vec<_>>().join(" ")
}

/// A word as it is in the index: behind the number of its site, so that no site's searches ever come to another's messages.
/// Nobody can write what stands around the number.
pub fn word_at(site: SiteId, word: &str) -> String {
    format!("\u{e000}{}\u{e000}{word}", site.0)
}
