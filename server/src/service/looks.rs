//! What other servers told this one to look at, each thing once however often it was told.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::bus::Look;

/// A set rather than a queue: it is bounded by what there is to look at, and no word is ever dropped.
#[derive(Default)]
pub struct Looks {
    waiting: Mutex<HashSet<Look>>,
    added: Notify,
}

impl Looks {
    pub fn add(&self, look: Look) {
        self.lock().insert(look);
        self.added.notify_one();
    }

    /// Waits for something to look at. Cancel safe.
    pub async fn next(&self) -> Look {
        loop {
            if let Some(look) = self.take() {
                return look;
            }
            self.added.notified().await;
        }
    }

    fn take(&self) -> Option<Look> {
        let mut waiting = self.lock();
        let look = waiting.iter().next().copied()?;
        waiting.remove(&look);
        Some(look)
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<Look>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
