//! Who may read a conversation.

use protocol::{AgentId, ConversationId};

use crate::Desk;
use crate::conversation::{Conversation, Holder};

impl Desk {
    /// The conversation, if an agent may read it: it waits, they hold it, or they are a lead and its visitor wants a
    /// supervisor. Whether it exists at all is not told.
    #[must_use]
    pub fn readable_by(&self, agent: AgentId, id: ConversationId) -> Option<&Conversation> {
        let is_lead = self.roster().agent(agent)?.lead;
        self.conversation(id).filter(|conversation| {
            let is_wanted = is_lead && conversation.supervisor.is_some();
            match conversation.holder {
                Holder::Queue => true,
                Holder::Agent(holder) => holder == agent || is_wanted,
                Holder::Bot | Holder::Nobody => is_wanted,
            }
        })
    }
}
