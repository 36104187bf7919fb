//! Letters to visitors who have gone, and what their links open.

mod claim;

use async_trait::async_trait;
use protocol::{ConversationId, Timestamp};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use super::super::post::{Claim, Letter, NotDue, Post, VISITOR_KEYS, mailbox};
use super::super::{SecretHash, SiteId, StoreError};
use super::SqliteStore;
use super::row::{AGENT_MESSAGE, id_bytes, id_of};

/// The newest words of a person's that the visitor has not seen, of the conversation in this row.
const UNSEEN: &str = "event.kind = ?1 AND event.conversation = conversation.number AND event.seq >
    (SELECT coalesce(max(visitor), 0) FROM seen WHERE seen.conversation = conversation.number)";

#[async_trait]
impl Post for SqliteStore {
    async fn unread(&self, since: Timestamp) -> Result<Vec<(SiteId, ConversationId)>, StoreError> {
        // The end of a log is found by the index: of the many that nothing was added to lately no more is read.
        let query = format!(
            "SELECT conversation.site, conversation.id FROM contact JOIN conversation ON number = contact.conversation
             WHERE (SELECT at FROM event WHERE event.conversation = number ORDER BY seq DESC LIMIT 1) >= ?2
             AND EXISTS (SELECT 1 FROM event WHERE {UNSEEN} AND event.at >= ?2
                 AND event.seq > (SELECT coalesce(max(letter.seq), 0) FROM letter WHERE letter.conversation = number))",
        );
        let rows = sqlx::query(AssertSqlSafe(query))
            .bind(AGENT_MESSAGE)
            .bind(since.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                let id = ConversationId(id_of(row.try_get("id")?)?);
                Ok((SiteId(row.try_get("site")?), id))
            })
            .collect()
    }

    async fn claim(&self, claim: &Claim) -> Result<Result<Letter, NotDue>, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| claim::claim(to, claim))
            .await
    }

    async fn sent(&self, claim: &Claim) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| async {
                sqlx::query(
                    "DELETE FROM letter_link WHERE hash != ? AND conversation =
                         (SELECT conversation FROM letter_link WHERE hash = ?)",
                )
                .bind(&claim.link.0[..])
                .bind(&claim.link.0[..])
                .execute(to)
                .await?;
                Ok(())
            })
            .await
    }

    async fn is_wanted(&self, claim: &Claim) -> Result<bool, StoreError> {
        let mut reader = self.readers.acquire().await?;
        claim::is_wanted(&mut reader, claim).await
    }

    async fn give_back(&self, claim: &Claim) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| claim::give_back(to, claim))
            .await
    }

    async fn linked(
        &self,
        site: SiteId,
        link: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<ConversationId>, StoreError> {
        let row = sqlx::query(
            "SELECT conversation.id FROM letter_link JOIN conversation ON number = letter_link.conversation
             WHERE hash = ? AND site = ? AND expires_at > ?",
        )
        .bind(&link.0[..])
        .bind(site.0)
        .bind(now.0)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok(ConversationId(id_of(row.try_get(0)?)?)))
            .transpose()
    }

    async fn put_visitor_key(
        &self,
        conversation: ConversationId,
        key: &SecretHash,
    ) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| put_visitor_key(to, conversation, key))
            .await
    }

    async fn stop(&self, link: &SecretHash, now: Timestamp) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| stop(to, link, now))
            .await
    }

    async fn is_stopped(&self, email: &str) -> Result<bool, StoreError> {
        let mut reader = self.readers.acquire().await?;
        let mailbox = mailbox_hash(&mut reader, email).await?;
        is_stopped(&mut reader, &mailbox).await
    }
}

/// What is kept of the mailbox of an address.
async fn mailbox_hash(
    connection: &mut SqliteConnection,
    email: &str,
) -> Result<Vec<u8>, StoreError> {
    let salt: Vec<u8> = sqlx::query("SELECT salt FROM mail_salt")
        .fetch_one(connection)
        .await?
        .try_get(0)?;
    let digest = Sha256::new()
        .chain_update(salt)
        .chain_update(mailbox(email));
    Ok(digest.finalize().to_vec())
}

async fn is_stopped(connection: &mut SqliteConnection, mailbox: &[u8]) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM mail_stop WHERE mailbox = ?")
        .bind(mailbox.to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

async fn put_visitor_key(
    writer: &mut SqliteConnection,
    conversation: ConversationId,
    key: &SecretHash,
) -> Result<(), StoreError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(
        "INSERT INTO visitor_key (hash, conversation) SELECT ?, number FROM conversation WHERE id = ?",
    )
    .bind(key.0.to_vec())
    .bind(id_bytes(conversation.0))
    .execute(&mut *transaction)
    .await?;
    sqlx::query(
        "DELETE FROM visitor_key WHERE conversation = (SELECT number FROM conversation WHERE id = ?1)
         AND id NOT IN (SELECT visitor_key.id FROM visitor_key 
             JOIN conversation ON number = visitor_key.conversation WHERE conversation.id = ?1
             ORDER BY visitor_key.id DESC LIMIT ?2)",
    )
    .bind(id_bytes(conversation.0))
    .bind(VISITOR_KEYS)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

async fn stop(
    writer: &mut SqliteConnection,
    link: &SecretHash,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT mailbox FROM mail_stop_link WHERE hash = ? AND expires_at > ?")
        .bind(link.0.to_vec())
        .bind(now.0)
        .fetch_optional(&mut *writer)
        .await?;
    let Some(row) = row else { return Ok(false) };
    let mailbox: Vec<u8> = row.try_get(0)?;
    sqlx::query("INSERT INTO mail_stop (mailbox, at) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(mailbox)
        .bind(now.0)
        .execute(writer)
        .await?;
    Ok(true)
}
