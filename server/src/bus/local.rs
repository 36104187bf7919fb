//! The bus of servers in one process: one server alone, or several in a test.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Bus, Listener, Look};

type Listeners = Arc<Mutex<Vec<(usize, Listener)>>>;

/// One server's end of a bus in memory. [`LocalBus::peer`] makes another.
#[derive(Default)]
pub struct LocalBus {
    number: usize,
    listeners: Listeners,
}

impl LocalBus {
    /// Another server's end of the same bus. `number` tells them apart; the first one is 0.
    #[must_use]
    pub fn peer(&self, number: usize) -> Self {
        Self {
            number,
            listeners: Arc::clone(&self.listeners),
        }
    }
}

impl Bus for LocalBus {
    fn announce(&self, look: Look) {
        let others: Vec<Listener> = {
            let listeners = self
                .listeners
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let others = listeners
                .iter()
                .filter(|(number, _)| *number != self.number);
            others.map(|(_, listener)| Arc::clone(listener)).collect()
        };
        for listener in others {
            listener(look);
        }
    }

    fn listen(&self, listener: Listener) {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((self.number, listener));
    }
}
