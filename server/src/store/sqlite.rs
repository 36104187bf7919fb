//! The store on SQLite: one file, one writer, a few readers.
//!
//! WAL with `synchronous=FULL`: a commit returns after its pages are fsynced. With NORMAL the last commits could
//! be lost when the power fails.

mod backup;
mod checkpoint;
mod commit;
mod context;
mod correction;
mod disk;
mod draft;
mod duty;
mod history;
mod lock;
mod logs;
mod migrations;
mod notes;
mod opening;
mod people;
mod post;
mod row;
mod search;
mod seen;
mod staff;
mod standing;
mod subscription;
#[cfg(test)]
mod tests;
mod waits;
mod work;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use protocol::{
    AgentId, CommandId, Context, ConversationId, EpochId, HistoryPage, Receipt, Timestamp,
};
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Row};
use tokio::sync::Mutex;

use super::{
    Cards, CommitError, Committed, NewAgent, NewSite, Page, Post, Search, SecretHash, Seen, Site,
    SiteId, Staff, Store, StoreError, StoredAgent, StoredArticle, StoredConversation, StoredDraft,
    StoredNote, StoredRequest, Work, Write,
};
pub use backup::{backup, look_for_damage, restore};
pub use lock::ServerLock;

use checkpoint::Checkpoints;
use commit::Writer;
use disk::Disk;
use row::EventRow;
use search::Indexer;
use standing::{STANDING_OF_ONE, STANDING_OF_OPEN, standing_of};

/// How long a statement waits for a lock that another process holds. Longer would stop every conversation;
/// clients send again what was refused.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// A store in one SQLite file.
pub struct SqliteStore {
    /// Held for a whole commit: SQLite has one writer at a time anyway.
    writer: Arc<Mutex<Writer>>,
    _checkpoints: Checkpoints,
    disk: Arc<Disk>,
    readers: SqlitePool,
    searchers: SqlitePool,
    indexer: Indexer,
    epoch: EpochId,
}

impl SqliteStore {
    async fn number_of(&self, id: ConversationId) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT number FROM conversation WHERE id = ?")
            .bind(row::id_bytes(id.0))
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
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

    async fn draft(&self, site: SiteId, id: ConversationId) -> Result<StoredDraft, StoreError> {
        draft::draft(&self.readers, site, id).await
    }

    async fn notes(
        &self,
        site: SiteId,
        id: ConversationId,
        count: usize,
    ) -> Result<Vec<StoredNote>, StoreError> {
        notes::notes(&self.readers, site, id, count).await
    }

    async fn lapses(
        &self,
        site: SiteId,
        agent: AgentId,
    ) -> Result<Vec<(ConversationId, Timestamp)>, StoreError> {
        draft::lapses(&self.readers, site, agent).await
    }

    async fn conversation_of(
        &self,
        site: SiteId,
        token: &SecretHash,
    ) -> Result<Option<ConversationId>, StoreError> {
        let row = sqlx::query(
            "SELECT id FROM conversation WHERE token = ?1 AND site = ?2
             UNION ALL
             SELECT conversation.id FROM visitor_key JOIN conversation ON number = visitor_key.conversation
             WHERE hash = ?1 AND site = ?2
             LIMIT 1",
        )
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
        history::page(&self.readers, number, page).await
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

    async fn put_contact(
        &self,
        conversation: ConversationId,
        email: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| waits::put_contact(to, conversation, email))
            .await
    }

    async fn put_context(
        &self,
        conversation: ConversationId,
        context: &Context,
    ) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| context::put_context(to, conversation, context))
            .await
    }

    async fn context(&self, site: SiteId, id: ConversationId) -> Result<Context, StoreError> {
        context::context(&self.readers, site, id).await
    }

    async fn put_seen(&self, seen: &[(ConversationId, Seen)]) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| seen::put_seen(to, seen))
            .await
    }

    async fn requests(&self, site: SiteId, count: usize) -> Result<Vec<StoredRequest>, StoreError> {
        waits::requests(&self.readers, site, count).await
    }

    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        people::sites(&self.readers).await
    }

    async fn put_site(&self, site: &NewSite) -> Result<SiteId, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| people::put_site(to, site))
            .await
    }

    async fn agents(&self, site: SiteId) -> Result<Vec<StoredAgent>, StoreError> {
        people::agents(&self.readers, site).await
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<StoredAgent>, StoreError> {
        people::agent_by_email(&self.readers, email).await
    }

    async fn put_agent(&self, agent: &NewAgent) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| people::put_agent(to, agent))
            .await
    }

    async fn remove_agent(&self, email: &str) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| people::remove_agent(to, email))
            .await
    }

    async fn put_session(
        &self,
        session: &SecretHash,
        agent: AgentId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| people::put_session(to, session, agent, expires_at))
            .await
    }

    async fn session(
        &self,
        session: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError> {
        people::session(&self.readers, session, now).await
    }

    async fn live_sessions(
        &self,
        sessions: &[SecretHash],
        now: Timestamp,
    ) -> Result<HashSet<SecretHash>, StoreError> {
        people::live_sessions(&self.readers, sessions, now).await
    }

    async fn end_session(&self, session: &SecretHash) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| people::end_session(to, session))
            .await
    }

    async fn put_articles(
        &self,
        site: SiteId,
        articles: &[StoredArticle],
    ) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| people::put_articles(to, site, articles))
            .await
    }

    async fn articles(&self, site: SiteId) -> Result<Vec<StoredArticle>, StoreError> {
        people::articles(&self.readers, site).await
    }

    fn staff(&self) -> &dyn Staff {
        self
    }

    fn work(&self) -> &dyn Work {
        self
    }

    fn post(&self) -> &dyn Post {
        self
    }

    fn cards(&self) -> &dyn Cards {
        self
    }

    fn search(&self) -> &dyn Search {
        self
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.disk.check()?;
        sqlx::query("SELECT epoch FROM history")
            .fetch_one(&self.readers)
            .await?;
        Ok(())
    }

    async fn close(&self) {
        self.indexer.stop();
        self.searchers.close().await;
        self.readers.close().await;
        // The writer's last commit has returned once its lock is free.
        let mut writer = self.writer.lock().await;
        // Then the file alone is the whole database. If that fails, the log still has it.
        if let Err(error) = writer.write(checkpoint::empty).await {
            tracing::warn!(%error, "the log was not copied into the database; the next start reads it");
        }
    }
}
