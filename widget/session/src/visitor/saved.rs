//! What a visitor's page keeps in the browser's storage, beside the outbox.

use protocol::{ConversationId, EpochId, Token};
use serde::{Deserialize, Serialize};

/// What a page needs to take up where the one before it stopped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Saved {
    /// Proves who the visitor is; none before the first welcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// The conversation that was shown last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// The store's history that it was part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<EpochId>,
    /// What the visitor has written and not sent.
    #[serde(default)]
    pub draft: String,
}
