//! Ends the connections of agents whose session has ended: they signed out, their password was changed, or they were
//! removed, maybe by another process on the same store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::CloseCode;

use crate::outbox::Outbox;
use crate::service::Service;
use crate::store::SecretHash;

/// How often sessions are looked at, all of them at once: their connections end within five seconds.
const EVERY: Duration = Duration::from_secs(3);

/// The connections of this server's agents, by session.
#[derive(Default)]
pub struct SignedIn {
    outboxes: Mutex<HashMap<SecretHash, Vec<Arc<Outbox>>>>,
}

/// One connection. Dropped, it is no longer looked at.
pub struct Entered<'a> {
    signed_in: &'a SignedIn,
    session: SecretHash,
    outbox: Arc<Outbox>,
}

impl SignedIn {
    /// Adds a connection, which is closed when its session has ended.
    pub fn enter(&self, session: SecretHash, outbox: &Arc<Outbox>) -> Entered<'_> {
        let outboxes = &mut *self.lock();
        outboxes
            .entry(session)
            .or_default()
            .push(Arc::clone(outbox));
        Entered {
            signed_in: self,
            session,
            outbox: Arc::clone(outbox),
        }
    }

    /// Closes what is to be closed, now and then, for ever.
    pub async fn watch(&self, service: &Service) {
        loop {
            tokio::time::sleep(EVERY).await;
            let sessions: Vec<SecretHash> = self.lock().keys().copied().collect();
            if sessions.is_empty() {
                continue;
            }
            let now = service.now();
            match service.store().live_sessions(&sessions, now).await {
                Ok(live) => sessions
                    .iter()
                    .filter(|session| !live.contains(session))
                    .for_each(|session| self.close(session)),
                // A store that cannot be read says nothing about sessions.
                Err(error) => {
                    service.store_failed(&error);
                }
            }
        }
    }

    fn close(&self, session: &SecretHash) {
        for outbox in self.lock().get(session).into_iter().flatten() {
            outbox.close(CloseCode::SignedOut);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SecretHash, Vec<Arc<Outbox>>>> {
        self.outboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let outboxes = &mut *self.signed_in.lock();
        if let Some(theirs) = outboxes.get_mut(&self.session) {
            theirs.retain(|other| !Arc::ptr_eq(other, &self.outbox));
            if theirs.is_empty() {
                outboxes.remove(&self.session);
            }
        }
    }
}
