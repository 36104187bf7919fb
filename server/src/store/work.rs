//! What is kept of people's work: when they went on duty and off, and what they did in conversations. Only read here.

use async_trait::async_trait;
use protocol::AgentId;

use super::{SiteId, StoreError};
use crate::work::{Deed, Span, Turn};

/// The rows that figures about somebody's work rest on. Whoever asks has checked that the agent is the site's.
#[async_trait]
pub trait Work: Send + Sync {
    /// When somebody went on duty and off again, in order: within a time, and the turn before and the one after it, so that
    /// it is known how it stood at both its ends.
    async fn turns(&self, agent: AgentId, span: Span) -> Result<Vec<Turn>, StoreError>;

    /// What somebody did in conversations of a site within a time, in order.
    async fn deeds(
        &self,
        site: SiteId,
        agent: AgentId,
        span: Span,
    ) -> Result<Vec<Deed>, StoreError>;
}
