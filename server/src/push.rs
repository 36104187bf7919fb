//! Notices to agents whose page is closed, by Web Push (RFC 8030): a request for a person has no time to wait for somebody to look.
//!
//! A browser that an agent allowed to subscribes at its maker's push service and tells us where. What is sent there is encrypted for
//! that browser and signed by this server; it has a request's number and no word of a visitor. A subscription ends with the
//! session in which it was made.
//!
//! The address comes from a client, so `endpoint` and `reach` see to it that nothing but a public push service is ever sent to.

mod delivery;
pub mod endpoint;
mod post;
mod queue;
pub mod reach;
mod seal;
mod vapid;

use std::sync::Arc;
use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding};
use protocol::{AgentId, ConversationId, Receipt};
use serde::Serialize;
use tokio::sync::OnceCell;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;

use crate::origin::PublicUrl;
use crate::service::Clock;
use crate::store::{SecretHash, Store, StoreError, Subscription};
use endpoint::{BadEndpoint, Endpoint};
use queue::Queue;
use reach::Reach;
use vapid::VapidKey;

/// How long a notice is of use. Then the person has been waiting for a minute, and whoever looks sees the queue.
const OF_USE: Duration = Duration::from_secs(60);

/// The most subscriptions of an agent: one for each browser that somebody uses. When there are more, the oldest goes.
const MOST_OF_AN_AGENT: usize = 10;

/// The most characters of a title. A shop's name may have many more than any screen shows.
const MAX_TITLE_CHARS: usize = 100;

/// Who we are to push services when nobody on the internet can reach us: a name that is kept free of owners (RFC 2606).
const NOBODY: &str = "https://human-please.invalid";

/// What an agent is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushNotice {
    /// Which conversation. The newest notice of one takes the place of those before.
    pub conversation: ConversationId,
    /// The number of the request for a person.
    pub receipt: Receipt,
    /// The shop's name, as its owner set it.
    pub shop: String,
}

/// What a browser sends to subscribe, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubscription(Subscription);

/// Why a browser cannot subscribe. The text is for whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSubscription {
    /// Its address is none that may be sent to.
    #[error(transparent)]
    Endpoint(#[from] BadEndpoint),
    /// Its key is none.
    #[error("keys.p256dh is no public key: it takes a point on P-256, 65 bytes in base64url.")]
    PublicKey,
    /// Its secret is none.
    #[error("keys.auth is no secret: it takes 16 bytes in base64url.")]
    Secret,
}

/// Sends notices. Its copies are one.
#[derive(Clone)]
pub struct Push {
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<dyn Store>,
    clock: Clock,
    /// By which URL a push service's people find ours.
    subject: String,
    reach: Reach,
    key: OnceCell<VapidKey>,
    connector: OnceCell<TlsConnector>,
    queue: Queue<Job>,
}

/// What waits to be sent.
struct Job {
    notice: Arc<Notice>,
    /// Whom it is for.
    agent: AgentId,
    /// Where to: one of the browsers where the agent takes notices, once it is known which there are.
    to: Option<Subscription>,
    /// How often it was tried.
    tries: u32,
}

/// A notice as it is sent.
struct Notice {
    conversation: ConversationId,
    /// What browsers get, as JSON.
    content: Vec<u8>,
    /// Afterwards it is of no use.
    until: Instant,
}

/// What a browser's worker reads: `public/agent-worker.js`.
#[derive(Serialize)]
struct Content<'a> {
    kind: &'static str,
    conversation: ConversationId,
    receipt: Receipt,
    title: &'a str,
    body: String,
}

impl NewSubscription {
    /// Checks what a browser sent: its address, its public key (`p256dh`) and its secret (`auth`), the last two in base64url.
    ///
    /// # Errors
    ///
    /// [`BadSubscription`] says what is wrong with it.
    pub fn parse(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, BadSubscription> {
        Endpoint::parse(endpoint)?;
        let mut public_key = [0; 65];
        let decoded = Base64UrlUnpadded::decode(p256dh, &mut public_key);
        if decoded.map(<[u8]>::len) != Ok(65) || seal::check(&public_key).is_err() {
            return Err(BadSubscription::PublicKey);
        }
        let mut secret = [0; 16];
        let decoded = Base64UrlUnpadded::decode(auth, &mut secret);
        if decoded.map(<[u8]>::len) != Ok(16) {
            return Err(BadSubscription::Secret);
        }
        Ok(Self(Subscription {
            endpoint: endpoint.to_owned(),
            public_key,
            secret,
        }))
    }
}

impl Push {
    /// Notices about what is in a store. Nothing is sent before [`deliver`](Self::deliver) runs.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Clock, public_url: &PublicUrl, reach: Reach) -> Self {
        let shared = Shared {
            store,
            clock,
            subject: public_url.secure_origin().unwrap_or(NOBODY).to_owned(),
            reach,
            key: OnceCell::new(),
            connector: OnceCell::new(),
            queue: Queue::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// What browsers subscribe with: `applicationServerKey`, in base64url.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the key cannot be read or kept.
    pub async fn key(&self) -> Result<String, StoreError> {
        Ok(self.vapid().await?.public())
    }

    /// Has notices sent to a browser for as long as a session lasts. False if the session is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if that cannot be kept.
    pub async fn subscribe(
        &self,
        session: &SecretHash,
        subscription: &NewSubscription,
    ) -> Result<bool, StoreError> {
        let now = (self.shared.clock)();
        self.shared
            .store
            .put_subscription(session, &subscription.0, MOST_OF_AN_AGENT, now)
            .await
    }

    /// Has no more notices sent to a browser of an agent. It is the same to another agent's browser, and to one that never
    /// subscribed: nothing happens.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if that cannot be kept.
    pub async fn unsubscribe(&self, agent: AgentId, endpoint: &str) -> Result<(), StoreError> {
        self.shared.store.end_subscription(agent, endpoint).await
    }

    /// Tells an agent, wherever they take notices. It neither waits nor fails: what does not get there in a minute is of no use,
    /// and the queue on their page has it anyway.
    pub fn notify(&self, agent: AgentId, notice: &PushNotice) {
        let title: String = notice.shop.chars().take(MAX_TITLE_CHARS).collect();
        let content = Content {
            kind: "request",
            conversation: notice.conversation,
            receipt: notice.receipt,
            title: &title,
            body: format!("No. {} asks for a person.", notice.receipt),
        };
        let content = serde_json::to_vec(&content).expect("ids, numbers and texts are JSON");
        let now = Instant::now();
        let notice = Notice {
            conversation: notice.conversation,
            content,
            until: now + OF_USE,
        };
        let job = Job {
            notice: Arc::new(notice),
            agent,
            to: None,
            tries: 0,
        };
        self.put(now, job);
    }

    /// How much waits to be sent or is under way.
    #[must_use]
    pub fn left(&self) -> usize {
        self.shared.queue.left()
    }

    fn put(&self, due: Instant, job: Job) {
        if self.shared.queue.put(due, job).is_some() {
            delivery::count("dropped");
        }
    }

    async fn vapid(&self) -> Result<&VapidKey, StoreError> {
        let read = || async {
            let kept = self.shared.store.push_key(&VapidKey::generate()).await?;
            VapidKey::read(&kept).map_err(|_| StoreError::Unreadable("key for notices"))
        };
        self.shared.key.get_or_try_init(read).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    #[test]
    fn a_subscription_is_what_browsers_make_and_nothing_else() {
        let parse = |endpoint: &str, key: &str, secret: &str| {
            NewSubscription::parse(endpoint, key, secret).err()
        };
        let endpoint = "https://push.example/x";
        assert_eq!(parse(endpoint, KEY, SECRET), None);
        assert_eq!(
            parse("http://push.example/x", KEY, SECRET),
            Some(BadSubscription::Endpoint(BadEndpoint::NotHttps))
        );
        let off_the_curve = KEY.replace("Aiw4", "Aiw8");
        let padded = format!("{SECRET}==");
        for key in [
            "",
            "x",
            SECRET,
            &KEY[1..],
            &off_the_curve,
            &[KEY, "AAAA"].concat(),
        ] {
            let why = Some(BadSubscription::PublicKey);
            assert_eq!(parse(endpoint, key, SECRET), why, "{key}");
        }
        for secret in [
            "",
            "x",
            KEY,
            "BTBZMqHH6r4Tts7J_aSI",
            "BTBZMqHH6r4Tts7J/aSIgg",
            &padded,
        ] {
            let why = Some(BadSubscription::Secret);
            assert_eq!(parse(endpoint, KEY, secret), why, "{secret}");
        }
    }
}
