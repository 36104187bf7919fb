//! A clock that only a story turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use human_please::service::Clock;
use protocol::Timestamp;

/// A server's clock in a story's hand.
#[derive(Debug, Clone)]
pub struct HandClock {
    millis: Arc<AtomicI64>,
}

impl HandClock {
    /// A clock that stands at a time.
    #[must_use]
    pub fn at(time: Timestamp) -> Self {
        Self {
            millis: Arc::new(AtomicI64::new(time.0)),
        }
    }

    /// Sets it, forward or back.
    pub fn set(&self, time: Timestamp) {
        self.millis.store(time.0, Ordering::SeqCst);
    }

    /// What a service is given.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let this = self.clone();
        Arc::new(move || Timestamp(this.millis.load(Ordering::SeqCst)))
    }
}
