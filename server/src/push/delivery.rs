//! How notices get to push services: a few at once, again after a while where that helps, and not for longer than they are of use.

use std::sync::Arc;
use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use protocol::ConversationId;
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use tokio_rustls::TlsConnector;

use super::endpoint::Endpoint;
use super::post::{self, Answered, Letter, Lost};
use super::seal;
use super::{Job, Notice, Push};
use crate::store::Subscription;

/// The most requests that are under way at once.
const AT_ONCE: usize = 8;

/// How long a push service may take to answer, from its name on.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How often a notice is tried, all in all.
const TRIES: u32 = 4;

/// How long to wait before the second try; twice as long before each one after. A service that asks for more gets it.
const BACKOFF: Duration = Duration::from_secs(1);

/// What becomes of a try.
enum Outcome {
    /// It is over, as the metric's word says.
    Over(&'static str),
    /// The browser has unsubscribed.
    Gone,
    /// Again, and not before this time if there is one.
    Again(Option<Duration>),
}

impl Push {
    /// Sends what is to be sent until it is dropped, and what is under way with it.
    pub async fn deliver(&self) {
        let queue = &self.shared.queue;
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < AT_ONCE
                && let Some(job) = queue.take()
            {
                under_way.push(async {
                    self.work(job).await;
                    queue.done();
                });
            }
            if under_way.len() == AT_ONCE {
                under_way.next().await;
                continue;
            }
            tokio::select! {
                Some(()) = under_way.next() => {}
                () = queue.until_due() => {}
            }
        }
    }

    async fn work(&self, job: Job) {
        let Some(subscription) = &job.to else {
            return self.find_browsers(&job).await;
        };
        match self.try_to_send(subscription, &job.notice).await {
            Outcome::Over(how) => count(how),
            Outcome::Gone => {
                count("gone");
                // A failure is the same to us as a browser that unsubscribes later.
                if let Err(error) = self.unsubscribe(job.agent, &subscription.endpoint).await {
                    tracing::error!(%error, "a subscription that is gone could not be removed");
                }
            }
            Outcome::Again(wait) => {
                let backoff = BACKOFF * 2_u32.pow(job.tries);
                let due = Instant::now() + wait.map_or(backoff, |wait| wait.max(backoff));
                let tries = job.tries + 1;
                if tries >= TRIES || due >= job.notice.until {
                    return count("given_up");
                }
                count("again");
                self.put(due, Job { tries, ..job });
            }
        }
    }

    /// Puts a notice in the queue once for each browser where its agent takes them.
    async fn find_browsers(&self, job: &Job) {
        let now = (self.shared.clock)();
        let found = match self.shared.store.subscriptions(job.agent, now).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "where an agent takes notices could not be read");
                return count("failed");
            }
        };
        for subscription in found {
            let job = Job {
                notice: Arc::clone(&job.notice),
                agent: job.agent,
                to: Some(subscription),
                tries: 0,
            };
            self.put(Instant::now(), job);
        }
    }

    async fn try_to_send(&self, to: &Subscription, notice: &Notice) -> Outcome {
        let Ok(endpoint) = Endpoint::parse(&to.endpoint) else {
            // An older version took it, and this one knows better.
            return Outcome::Over("refused");
        };
        let now = (self.shared.clock)();
        let key = match self.vapid().await {
            Ok(key) => key,
            Err(error) => {
                tracing::error!(%error, "the key for notices could not be read");
                return Outcome::Again(None);
            }
        };
        let Ok(body) = seal::seal(&notice.content, to) else {
            return Outcome::Over("refused");
        };
        let letter = Letter {
            body,
            authorization: key.authorization(&endpoint.origin(), &self.shared.subject, now),
            topic: topic(notice.conversation),
            keep: notice.until.saturating_duration_since(Instant::now()),
        };
        let Some(connector) = self.connector().await else {
            return Outcome::Over("failed");
        };
        let posting = post::post(connector, &self.shared.reach, &endpoint, letter, now);
        // What is logged names neither an address nor anybody.
        match tokio::time::timeout(TIMEOUT, posting).await {
            Ok(Ok(Answered::Taken)) => Outcome::Over("taken"),
            Ok(Ok(Answered::Gone)) => Outcome::Gone,
            Ok(Ok(Answered::Later(wait))) => Outcome::Again(wait),
            Ok(Ok(Answered::Refused(status))) => {
                tracing::warn!(status = status.as_u16(), "a push service refused a notice");
                Outcome::Over("refused")
            }
            Ok(Err(error @ Lost::NoPublicAddress)) => {
                tracing::warn!(%error, "a notice was not sent");
                Outcome::Over("refused")
            }
            Ok(Err(error)) => {
                tracing::info!(%error, "a notice was not sent yet");
                Outcome::Again(None)
            }
            Err(_elapsed) => {
                tracing::info!("a notice was not sent yet: the push service took too long");
                Outcome::Again(None)
            }
        }
    }

    async fn connector(&self) -> Option<&TlsConnector> {
        let reach = self.shared.reach.clone();
        let make = || async {
            // It reads files.
            let made = tokio::task::spawn_blocking(move || post::connector(&reach)).await;
            made.map_err(|error| error.to_string()).flatten()
        };
        match self.shared.connector.get_or_try_init(make).await {
            Ok(connector) => Some(connector),
            Err(error) => {
                tracing::error!(error, "no notice can be sent");
                None
            }
        }
    }
}

/// What a push service keeps one notice of: it learns which ones are of the same conversation, and not of which. At most 32
/// characters of base64url (RFC 8030, 5.4).
fn topic(conversation: ConversationId) -> String {
    let digest = Sha256::digest(conversation.0.to_be_bytes());
    Base64UrlUnpadded::encode_string(&digest[..18])
}

/// Counts what became of a notice.
pub(super) fn count(outcome: &'static str) {
    metrics::counter!("human_please_push_total", "outcome" => outcome).increment(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_the_conversations_and_does_not_tell_it() {
        let (one, other) = (ConversationId(1), ConversationId(2));
        assert_eq!(topic(one), topic(one));
        assert_ne!(topic(one), topic(other));
        assert_eq!(topic(one).len(), 24);
        assert!(!topic(one).contains(&one.to_string()));
    }
}
