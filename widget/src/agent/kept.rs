//! What the agent wrote and the server does not have, in the browser's storage: one entry for each draft and each
//! reply, so that two tabs of one agent do not overwrite each other's.

use protocol::ConversationId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use session::agent::AgentKept;

use crate::browser::Storage;
use crate::json;

/// What was written in one conversation.
type Text = (ConversationId, String);

/// The part of the storage that belongs to one agent.
#[derive(Debug)]
pub(super) struct KeptStore {
    storage: Storage,
    stored: AgentKept,
}

impl KeptStore {
    /// Opens what belongs to the agent who signed in with this address.
    pub fn open(email: &str) -> Self {
        let storage = Storage::open(&["human-please/agent/", email, "/"].concat());
        let stored = AgentKept {
            drafts: read(&storage, "draft/"),
            notes: read(&storage, "note/"),
            replies: read(&storage, "reply/"),
        };
        Self { storage, stored }
    }

    /// What is stored.
    pub fn stored(&self) -> &AgentKept {
        &self.stored
    }

    /// Writes what is new, and removes what this page has stored and is no more.
    pub fn store(&mut self, kept: AgentKept) {
        self.store_texts("draft/", &self.stored.drafts, &kept.drafts);
        self.store_texts("note/", &self.stored.notes, &kept.notes);
        for reply in &self.stored.replies {
            if !kept.replies.iter().any(|other| other.id == reply.id) {
                self.storage.remove(&key("reply/", &reply.id));
            }
        }
        for reply in &kept.replies {
            if !self.stored.replies.contains(reply) {
                write(&self.storage, &key("reply/", &reply.id), reply);
            }
        }
        self.stored = kept;
    }

    fn store_texts(&self, kind: &str, stored: &[Text], kept: &[Text]) {
        for (conversation, _) in stored {
            if !kept.iter().any(|(other, _)| other == conversation) {
                self.storage.remove(&key(kind, conversation));
            }
        }
        for text in kept {
            if !stored.contains(text) {
                write(&self.storage, &key(kind, &text.0), text);
            }
        }
    }
}

fn key(kind: &str, id: &impl ToString) -> String {
    [kind, &id.to_string()].concat()
}

fn write(storage: &Storage, key: &str, value: &impl Serialize) {
    // Ids and texts always have a JSON form.
    if let Some(json) = json::write(value) {
        storage.set(key, &json);
    }
}

/// What cannot be read was written by another version of the page, and is left for it.
fn read<T: DeserializeOwned>(storage: &Storage, kind: &str) -> Vec<T> {
    storage
        .all(kind)
        .iter()
        .filter_map(|text| json::read(text))
        .collect()
}
