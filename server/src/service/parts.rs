//! What a service is put together from.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Clock, FollowUps};
use crate::bot::Bot;
use crate::bus::Bus;
use crate::store::{SiteId, Store};

/// What a service is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The way to other servers on the same store.
    pub bus: Arc<dyn Bus>,
    /// The assistants, by site. A site without one here has none that answers.
    pub bots: HashMap<SiteId, Arc<dyn Bot>>,
    /// The clock.
    pub clock: Clock,
    /// How long an agent may be gone before what they hold goes back to the queue.
    pub lease: Duration,
    /// How long a visitor waits for a supervisor before one is promised for the same working day.
    pub supervisor_within: Duration,
    /// How visitors are written to who have gone; none where nobody is.
    pub follow_ups: Option<FollowUps>,
}
