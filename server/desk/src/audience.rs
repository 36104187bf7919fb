//! Who may read a conversation.

use protocol::{AgentId, ConversationId};

use crate::Desk;
use crate::conversation::{Conversation, Holder};

impl Desk {
    /// The conversation, if an agent may read it: it waits, or they hold it. Whether it exists at all is not told.
    #[must_use]
    pub fn readable_by(&self, agent: AgentId, id: ConversationId) -> Option<&Conversation> {
        self.roster().agent(agent)?;
        self.conversation(id)
            .filter(|conversation| match conversation.holder {
                Holder::Queue => true,
                Holder::Agent(holder) => holder == agent,
                Holder::Bot | Holder::Nobody => false,
            })
    }
}
