//! What the page keeps in the browser's storage, so that nothing is lost when it is loaded again.
//!
//! Each unsent command has a key of its own: two tabs of one visitor write beside each other and not over each other.

use std::cell::Cell;

use protocol::{CommandId, Token, VisitorCommand};
use session::Kept;
use session::visitor::Saved;

use super::wire;
use crate::browser::Storage;

const SAVED: &str = "saved";
const OUTBOX: &str = "outbox/";
/// What `public/alerts.js` keeps.
const ALERTS: &str = "alerts";

/// The storage of one site's page.
#[derive(Debug)]
pub struct Keeper {
    storage: Storage,
    is_closed: Cell<bool>,
}

impl Keeper {
    /// The storage for the site with this key.
    #[must_use]
    pub fn open(site: &str) -> Self {
        Self {
            storage: Storage::open(&["human-please/", site, "/"].concat()),
            is_closed: Cell::new(false),
        }
    }

    /// Whether the browser keeps what is written, as far as it says.
    #[must_use]
    pub fn lasts(&self) -> bool {
        self.storage.lasts()
    }

    /// What an earlier page saved. What cannot be read is as if it had never been written.
    #[must_use]
    pub fn saved(&self) -> Saved {
        self.storage
            .get(SAVED)
            .map(|text| wire::read_saved(&text))
            .unwrap_or_default()
    }

    /// The commands that an earlier page, or another tab, could not send yet.
    #[must_use]
    pub fn kept(&self) -> Vec<Kept<VisitorCommand>> {
        self.storage
            .all(OUTBOX)
            .iter()
            .filter_map(|text| wire::read_kept(text))
            .collect()
    }

    /// Writes what is saved.
    pub fn save(&self, saved: &Saved) {
        self.write(SAVED, &wire::write_saved(saved));
    }

    /// Writes a command.
    pub fn keep(&self, kept: &Kept<VisitorCommand>) {
        self.write(&key_of(kept.id), &wire::write_kept(kept));
    }

    /// Removes a command.
    pub fn forget(&self, id: CommandId) {
        self.storage.remove(&key_of(id));
    }

    /// Removes everything, and writes nothing any more.
    pub fn forget_all(&self) {
        self.is_closed.set(true);
        self.storage.remove(SAVED);
        self.storage.remove(ALERTS);
        for kept in self.kept() {
            self.forget(kept.id);
        }
    }

    /// Calls `handle` with the token that another tab of this browser saves.
    pub fn on_token(&self, handle: impl Fn(Token) + 'static) {
        self.storage.on_change(SAVED, move |text| {
            if let Some(token) = wire::read_saved(&text).token {
                handle(token);
            }
        });
    }

    fn write(&self, key: &str, text: &str) {
        if !self.is_closed.get() {
            self.storage.set(key, text);
        }
    }
}

fn key_of(id: CommandId) -> String {
    [OUTBOX, &id.to_string()].concat()
}
