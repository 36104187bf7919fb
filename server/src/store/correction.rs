//! What people have put right of what is known of a conversation, as it is kept.

use async_trait::async_trait;
use card::Corrected;
use protocol::{ConversationId, Timestamp};

use super::{SiteId, StoreError};

/// The most corrections of one conversation that are kept: the newest.
pub const MAX_CORRECTIONS: usize = 60;

/// Corrections of what the rules have found in logs.
#[async_trait]
pub trait Cards: Send + Sync {
    /// What was put right of a conversation of a site, in the order in which it counts; nothing if there is no such
    /// conversation.
    async fn corrections(
        &self,
        site: SiteId,
        conversation: ConversationId,
    ) -> Result<Vec<Corrected>, StoreError>;

    /// Keeps a correction, checked and masked. The same one again changes nothing, and the newest of the same value counts
    /// last. False if the conversation has no event.
    async fn put_correction(
        &self,
        conversation: ConversationId,
        corrected: &Corrected,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
