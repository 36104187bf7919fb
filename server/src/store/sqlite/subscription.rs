//! Agents' subscriptions, and the key that notices are signed with.

use async_trait::async_trait;
use protocol::{AgentId, Timestamp};
use sqlx::{Connection, Row, SqliteConnection};

use super::super::{SecretHash, StoreError, Subscription, Subscriptions};
use super::SqliteStore;
use super::row::id_bytes;

#[async_trait]
impl Subscriptions for SqliteStore {
    async fn push_key(&self, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| push_key(to, fresh))
            .await
    }

    async fn put_subscription(
        &self,
        session: &SecretHash,
        subscription: &Subscription,
        most: usize,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| put(to, session, subscription, most, now))
            .await
    }

    async fn subscriptions(
        &self,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<Vec<Subscription>, StoreError> {
        let rows = sqlx::query(
            "SELECT push_subscription.* FROM push_subscription
             JOIN session ON session.hash = push_subscription.session
             WHERE push_subscription.agent = ? AND session.expires_at > ?
             ORDER BY created_at, endpoint",
        )
        .bind(id_bytes(agent.0))
        .bind(now.0)
        .fetch_all(&self.readers)
        .await?;
        let read = rows.iter().map(|row| {
            Ok(Subscription {
                endpoint: row.try_get("endpoint")?,
                public_key: sized(row.try_get("public_key")?)?,
                secret: sized(row.try_get("secret")?)?,
            })
        });
        read.collect()
    }

    async fn end_subscription(&self, agent: AgentId, endpoint: &str) -> Result<(), StoreError> {
        self.writer
            .lock()
            .await
            .write(|to| end(to, agent, endpoint))
            .await
    }
}

async fn push_key(writer: &mut SqliteConnection, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
    sqlx::query("INSERT INTO push_key (one, pair) VALUES (1, ?) ON CONFLICT DO NOTHING")
        .bind(fresh)
        .execute(&mut *writer)
        .await?;
    let row = sqlx::query("SELECT pair FROM push_key")
        .fetch_one(writer)
        .await?;
    Ok(row.try_get(0)?)
}

async fn put(
    writer: &mut SqliteConnection,
    session: &SecretHash,
    subscription: &Subscription,
    most: usize,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut transaction = writer.begin().await?;
    // The session says whose it is; one that ended meanwhile gets none.
    let put = sqlx::query(
        "INSERT INTO push_subscription (agent, endpoint, session, public_key, secret, created_at)
         SELECT agent, ?, hash, ?, ?, ? FROM session WHERE hash = ? AND expires_at > ?
         ON CONFLICT (agent, endpoint) DO UPDATE
         SET session = excluded.session, public_key = excluded.public_key, secret = excluded.secret,
             created_at = excluded.created_at",
    )
    .bind(&subscription.endpoint)
    .bind(&subscription.public_key[..])
    .bind(&subscription.secret[..])
    .bind(now.0)
    .bind(&session.0[..])
    .bind(now.0)
    .execute(&mut *transaction)
    .await?;
    if put.rows_affected() == 0 {
        return Ok(false);
    }
    // The one that was just put is never one of the oldest, not even by a clock that was set back.
    sqlx::query(
        "DELETE FROM push_subscription
         WHERE agent = (SELECT agent FROM session WHERE hash = ?1) AND endpoint IN (
             SELECT endpoint FROM push_subscription
             WHERE agent = (SELECT agent FROM session WHERE hash = ?1) AND endpoint != ?2
             ORDER BY created_at DESC, endpoint DESC LIMIT -1 OFFSET ?3)",
    )
    .bind(&session.0[..])
    .bind(&subscription.endpoint)
    .bind(i64::try_from(most.saturating_sub(1)).unwrap_or(i64::MAX))
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

async fn end(
    writer: &mut SqliteConnection,
    agent: AgentId,
    endpoint: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM push_subscription WHERE agent = ? AND endpoint = ?")
        .bind(id_bytes(agent.0))
        .bind(endpoint)
        .execute(writer)
        .await?;
    Ok(())
}

/// A blob of the length that it was stored with.
fn sized<const LENGTH: usize>(bytes: &[u8]) -> Result<[u8; LENGTH], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Unreadable("subscription's key"))
}
