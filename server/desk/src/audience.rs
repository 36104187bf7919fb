//! Who may read a conversation that is on the desk.

use protocol::{AgentId, ConversationId};

use crate::Desk;
use crate::conversation::{Conversation, Holder};

impl Desk {
    /// The conversation, if an agent may read it: it waits, they hold it, or they are a lead. Whether it exists at all is not
    /// told.
    #[must_use]
    pub fn readable_by(&self, agent: AgentId, id: ConversationId) -> Option<&Conversation> {
        let is_lead = self.roster().agent(agent)?.role.is_lead();
        self.conversation(id)
            .filter(|conversation| match conversation.holder {
                Holder::Queue => true,
                Holder::Agent(holder) => holder == agent || is_lead,
                Holder::Bot | Holder::Nobody => is_lead && conversation.has_begun(),
            })
    }

    /// The conversation, if an agent may put right what is known of it: they hold it, or they are a lead who may read it.
    #[must_use]
    pub fn correctable_by(&self, agent: AgentId, id: ConversationId) -> Option<&Conversation> {
        let is_lead = self.roster().agent(agent)?.role.is_lead();
        let readable = self.readable_by(agent, id);
        readable.filter(|it| is_lead || it.holder == Holder::Agent(agent))
    }

    /// The conversation, if it stands in an agent's lists: it waits, they hold it, or they are a lead and a person has it or
    /// its visitor waits for a supervisor.
    #[must_use]
    pub fn listed_for(&self, agent: AgentId, id: ConversationId) -> Option<&Conversation> {
        self.readable_by(agent, id).filter(|it| it.is_open())
    }
}
