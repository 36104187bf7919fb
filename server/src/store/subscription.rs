//! Where agents' browsers take notices while no page of ours is open there.

use std::fmt;

use async_trait::async_trait;
use protocol::{AgentId, Timestamp};

use super::{SecretHash, StoreError};

/// Keeps agents' subscriptions. They are somebody's: nothing here tells of another agent's, or changes one.
#[async_trait]
pub trait Subscriptions: Send + Sync {
    /// The key pair that notices are signed with (PKCS #8). There is one for each database: `fresh`, if it had none before.
    async fn push_key(&self, fresh: &[u8]) -> Result<Vec<u8>, StoreError>;

    /// Keeps a subscription for as long as a session lasts, in place of the agent's older one with the same endpoint. Of those
    /// that are more than `most` the agent's oldest go. False if the session has ended, or has expired at `now`.
    async fn put_subscription(
        &self,
        session: &SecretHash,
        subscription: &Subscription,
        most: usize,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// An agent's subscriptions whose sessions last at `now`.
    async fn subscriptions(
        &self,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<Vec<Subscription>, StoreError>;

    /// Ends an agent's subscription, if there is one with this endpoint.
    async fn end_subscription(&self, agent: AgentId, endpoint: &str) -> Result<(), StoreError>;
}

/// Where one browser of an agent takes notices.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The URL that notices are sent to. A secret: whoever knows it can have some sent there.
    pub endpoint: String,
    /// What they are encrypted for: a point on P-256, uncompressed.
    pub public_key: [u8; 65],
    /// What only the browser and this server know.
    pub secret: [u8; 16],
}

impl fmt::Debug for Subscription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Subscription(…)")
    }
}
