//! Notes for colleagues: told to the people who may read the conversation, and to nobody else.

use protocol::{AgentFrame, AgentId, ConversationId, Note};

use super::sequencer::Sequencer;
use super::{unavailable, wire};
use crate::store::{SiteId, StoreError, StoredNote};

/// The most notes of one conversation that an agent's client is told: the newest.
const NOTES_AT_ONCE: usize = 200;

impl Sequencer {
    /// Tells the people who have a conversation open, and who holds it, of a new note.
    pub(super) fn tell_note(&self, site: SiteId, conversation: ConversationId, note: Note) {
        let frame = wire::agent_frame(&AgentFrame::Note { conversation, note });
        let standing = self.conversation(site, conversation);
        let holder = standing.and_then(|standing| standing.holder.agent());
        self.hub.tell_readers(conversation, holder, &frame);
    }

    /// Tells an agent's connections all notes of a conversation, if it is theirs to read.
    pub(super) async fn tell_notes(
        &self,
        site: SiteId,
        conversation: ConversationId,
        agent: AgentId,
    ) {
        let desk = self.desks.get(&site);
        let may_read = desk.is_some_and(|desk| desk.readable_by(agent, conversation).is_some());
        if !may_read || !self.hub.has_other(agent, None) {
            return;
        }
        match self.notes(site, conversation).await {
            Ok(notes) if notes.is_empty() => {}
            Ok(notes) => {
                let frame = AgentFrame::Notes {
                    conversation,
                    notes,
                };
                self.hub.tell_agent(agent, &wire::agent_frame(&frame));
            }
            // They are kept, and told again whenever the conversation is opened.
            Err(error) => {
                unavailable(&error);
            }
        }
    }

    /// The notes of a conversation.
    pub(super) async fn notes(
        &self,
        site: SiteId,
        conversation: ConversationId,
    ) -> Result<Vec<Note>, StoreError> {
        let stored = self.store.notes(site, conversation, NOTES_AT_ONCE).await?;
        Ok(stored.into_iter().map(note_of).collect())
    }
}

fn note_of(stored: StoredNote) -> Note {
    Note {
        id: stored.id,
        after: stored.after,
        at: stored.at,
        name: stored.by.name,
        text: stored.text,
    }
}
