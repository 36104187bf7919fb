//! Visitors who have gone before they saw what a person wrote: when they have been gone for long enough to be written to.
//!
//! Whoever has left an address, is not connected, and has not seen the end of the log is waited for. That is more than
//! those who are to get a letter, and needs nothing but what is known here anyway: the store, where the letter is claimed,
//! knows whether there are words of a person's among what was not seen.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{ConversationId, Timestamp};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::Instant;

use super::sequencer::Sequencer;
use crate::store::{SiteId, Store, StoreError};

/// How old words may be for which a server that starts looks again, in milliseconds: a day. Whoever begins to send
/// letters does not write to everybody of the last years.
const LOOK_BACK_MS: i64 = 24 * 60 * 60 * 1_000;

/// Somebody who is to be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// On which site.
    pub site: SiteId,
    /// About which conversation.
    pub conversation: ConversationId,
}

/// What becomes of visitors who have gone.
#[derive(Debug, Clone)]
pub struct FollowUps {
    /// How long they have been gone before they are written to.
    pub after: Duration,
    /// Where that is done.
    pub due: mpsc::Sender<FollowUp>,
}

/// Who is waited for, if anybody is written to at all.
pub struct Gone {
    follow_ups: Option<FollowUps>,
    /// Until when. The time is counted by a clock that nobody turns.
    due: BTreeMap<(SiteId, ConversationId), Instant>,
}

impl Gone {
    /// Nobody is written to without `follow_ups`.
    pub fn new(follow_ups: Option<FollowUps>) -> Self {
        Self {
            follow_ups,
            due: BTreeMap::new(),
        }
    }

    /// Takes from the store those whom an earlier server waited for. They get all of the time again: whoever is there
    /// needs a moment to connect to this one.
    pub async fn load(&mut self, store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
        if let Some(follow_ups) = &self.follow_ups {
            let since = Timestamp(now.0.saturating_sub(LOOK_BACK_MS));
            let due = Instant::now() + follow_ups.after;
            let unread = store.post().unread(since).await?;
            self.due.extend(unread.into_iter().map(|it| (it, due)));
        }
        Ok(())
    }
}

impl Sequencer {
    /// Waits for a visitor, if they are gone and have left an address and something that they have not seen.
    pub(super) fn heed_gone(&mut self, site: SiteId, id: ConversationId) {
        let Some(follow_ups) = &self.visitors_gone.follow_ups else {
            return;
        };
        let due = Instant::now() + follow_ups.after;
        let last_seq = self.conversation(site, id).map(|it| it.last_seq);
        let particulars = self.particulars(id);
        let is_unseen = last_seq.is_some_and(|last_seq| particulars.seen.visitor < last_seq);
        if particulars.contact.is_some() && is_unseen && !self.hub.has_visitors(id) {
            self.visitors_gone.due.entry((site, id)).or_insert(due);
        }
    }

    /// The visitor has come back, or was never gone.
    pub(super) fn heed_here(&mut self, site: SiteId, id: ConversationId) {
        self.visitors_gone.due.remove(&(site, id));
    }

    /// Hands on those who have been gone for long enough.
    pub(super) fn hand_on_gone(&mut self) {
        let Gone { follow_ups, due } = &mut self.visitors_gone;
        let Some(FollowUps { due: handing, .. }) = follow_ups else {
            return;
        };
        let now = Instant::now();
        due.retain(|&(site, conversation), at| {
            if *at > now {
                return true;
            }
            match handing.try_send(FollowUp { site, conversation }) {
                Ok(()) => false,
                // The next tick tries again.
                Err(TrySendError::Full(_)) => true,
                // The server stops; the next one finds them in the store.
                Err(TrySendError::Closed(_)) => false,
            }
        });
    }
}
