//! What the shop's page says of the visitor, on its way to the server: not before there is a conversation to keep it with,
//! and never in the browser's storage. A page that is loaded anew is told it anew.

use protocol::{Context, VisitorCommand};

use super::VisitorSession;
use crate::outbox::Standing;

/// What was said last, until the server is told.
#[derive(Debug, Default)]
pub(super) struct Said {
    newest: Option<Context>,
    is_told: bool,
}

impl Said {
    /// The server is another one, or has lost what it had.
    pub fn forget_told(&mut self) {
        self.is_told = false;
    }
}

impl VisitorSession {
    /// Takes what the page says in place of what it said before.
    pub(super) fn take_context(&mut self, context: Context) {
        let stale = self.outbox.entries().iter().find(|entry| {
            let is_context = matches!(entry.kept.command, VisitorCommand::Context { .. });
            is_context && entry.standing == Standing::Waiting
        });
        if let Some(id) = stale.map(|entry| entry.kept.id) {
            self.outbox.remove(id);
        }
        self.said = Said {
            newest: Some(context),
            is_told: false,
        };
    }

    /// Has it sent once there is a conversation.
    pub(super) fn tell_context(&mut self) {
        if self.said.is_told || self.timeline.events().is_empty() {
            return;
        }
        if let Some(values) = self.said.newest.clone() {
            self.said.is_told = true;
            let id = self.random.command_id();
            self.outbox.push(id, VisitorCommand::Context { values });
        }
    }
}
