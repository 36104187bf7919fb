//! What the session of a visitor asks of its page.

use protocol::{Author, ClientFrame, CommandId, Seq, VisitorCommand};

use super::Saved;
use crate::outbox::Kept;

/// What the page is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Open a connection, and forget the one before.
    Connect,
    /// Send this on the connection.
    Send(ClientFrame<VisitorCommand>),
    /// Close the connection, and forget it.
    Close,
    /// Keep this in place of what was saved before.
    Save(Saved),
    /// Keep this beside the others, in place of what was kept under its id before.
    Keep(Kept<VisitorCommand>),
    /// Keep what is under this id no longer.
    Forget(CommandId),
    /// A message of somebody else arrived after the page was loaded.
    Arrived {
        /// Its place.
        seq: Seq,
        /// Who wrote it.
        author: Author,
    },
    /// The server does not take what the shop's page said.
    ContextRefused,
    /// These parts of what the page shows are not what they were. Always the last output of an input.
    Changed(Changes),
}

/// Which parts of what the page shows have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, answered yes or no"
)]
pub struct Changes {
    /// The log, or what stands after it unsent.
    pub log: bool,
    /// Who answers, the place in line, the shop.
    pub state: bool,
    /// How the connection stands.
    pub link: bool,
    /// Who is writing.
    pub typing: bool,
    /// How many messages were not seen.
    pub unread: bool,
}
