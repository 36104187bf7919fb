//! Which agents look at the same conversation: each is told of the others.

use std::sync::Arc;

use protocol::{AgentFrame, AgentId, ConversationId};

use super::sequencer::Sequencer;
use super::wire;
use crate::outbox::Outbox;
use crate::store::SiteId;

impl Sequencer {
    /// A connection of an agent's shows a conversation now, or none.
    pub(super) fn view(
        &self,
        site: SiteId,
        agent: AgentId,
        conversation: Option<ConversationId>,
        outbox: &Arc<Outbox>,
    ) {
        let desk = self.desks.get(&site);
        let may_read =
            |id: &ConversationId| desk.is_some_and(|desk| desk.readable_by(agent, *id).is_some());
        let conversation = conversation.filter(may_read);
        let before = self.hub.view(agent, conversation, outbox);
        for id in before.into_iter().chain(conversation) {
            self.tell_viewers(site, id);
        }
    }

    /// Tells everybody who looks at a conversation who else does.
    pub(super) fn tell_viewers(&self, site: SiteId, id: ConversationId) {
        let Some(desk) = self.desks.get(&site) else {
            return;
        };
        let viewers = self.hub.viewers(id);
        let name = |agent: &AgentId| desk.roster().agent(*agent).map(|it| it.name.clone());
        for (agent, outbox) in &viewers {
            let others = viewers.iter().map(|(other, _)| other);
            let mut others: Vec<&AgentId> = others.filter(|other| *other != agent).collect();
            others.sort_unstable();
            others.dedup();
            let frame = AgentFrame::Viewers {
                conversation: id,
                names: others.into_iter().filter_map(name).collect(),
            };
            outbox.push(wire::agent_frame(&frame));
        }
    }
}
