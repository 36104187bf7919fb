//! How servers that share a store tell each other to look. Order comes from the store; the bus carries no news
//! of its own, and losing a word of it only costs time.

mod local;

use std::sync::Arc;

use protocol::ConversationId;

use crate::store::SiteId;

pub use local::LocalBus;

/// Called with each word from another server.
pub type Listener = Arc<dyn Fn(Look) + Send + Sync>;

/// The way to the other servers.
pub trait Bus: Send + Sync {
    /// Tells the others to look. Never blocks.
    fn announce(&self, look: Look);

    /// Calls `listener` with what the others announce, and never with one's own announcements.
    fn listen(&self, listener: Listener);
}

/// Something changed in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Look {
    /// The site it is about.
    pub site: SiteId,
    /// What to look at.
    pub at: LookAt,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookAt {
    /// The log of a conversation.
    Conversation(ConversationId),
    /// Who is on duty.
    Roster,
}
