//! What a server has answered to a client's commands, each exactly once.

use std::collections::HashMap;

use human_please::secret::random_id;
use protocol::{Ack, ClientFrame, CommandId, Refused};
use serde::Serialize;

/// Answers by command.
#[derive(Debug, Default)]
pub struct Answers {
    by_command: HashMap<CommandId, Result<Ack, Refused>>,
    /// Refusals of frames whose id could not be read.
    pub nameless: Vec<Refused>,
}

impl Answers {
    /// Notes an ack.
    pub fn ack(&mut self, ack: Ack) {
        self.note(ack.id, Ok(ack));
    }

    /// Notes a refusal.
    pub fn refuse(&mut self, refused: Refused) {
        match refused.id {
            Some(id) => self.note(id, Err(refused)),
            None => self.nameless.push(refused),
        }
    }

    /// Takes the answer to a command, if it has come.
    pub fn take(&mut self, id: CommandId) -> Option<Result<Ack, Refused>> {
        self.by_command.remove(&id)
    }

    fn note(&mut self, id: CommandId, answer: Result<Ack, Refused>) {
        let second = self.by_command.insert(id, answer);
        assert_eq!(second, None, "a command was answered twice");
    }
}

/// A fresh id.
#[must_use]
pub fn new_id() -> CommandId {
    CommandId(random_id())
}

/// A command's frame.
///
/// # Panics
///
/// Never: the protocol's types are plain.
pub fn frame<C: Serialize>(id: CommandId, command: C) -> String {
    serde_json::to_string(&ClientFrame { id, command }).expect("the protocol's types are plain")
}
