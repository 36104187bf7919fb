//! Letters by email to visitors who have gone before they saw what a person wrote to them.
//!
//! The desk says when somebody has been gone for long enough (`service/follow_up.rs`). Here a letter is claimed in the
//! store, which allows one for each conversation and mailbox in a day, then written and sent. What is in a letter is
//! chosen by the shop and this program, never by a visitor: nobody has proved that the address is theirs (S17).

mod letter;
mod setting;
mod smtp;

use std::sync::Arc;
use std::time::Duration;

use protocol::Token;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::languages::Language;
use crate::origin::PublicUrl;
use crate::secret;
use crate::service::{FollowUp, Service};
use crate::store::{Claim, Letter, NotDue, Site};

pub use setting::{BadMail, MailSettings, Security, Smtp, Unshown};

use letter::Written;
use smtp::{Failed, Mailer};

/// Follow-ups that wait for a letter; more wait at the desk.
pub const WAITING: usize = 256;

/// Letters that are sent at the same time.
const IN_FLIGHT: usize = 4;

/// How long letters that are on their way have once the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long things take that letters wait for. Tests wait less.
#[derive(Debug, Clone)]
pub struct Patience {
    /// How long a visitor has been gone before they are written to.
    pub gone: Duration,
    /// How long a mail server may take for one letter.
    pub send: Duration,
    /// How long to wait before each further try, while no mail server takes the letter.
    pub tries: Vec<Duration>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            gone: Duration::from_secs(2 * 60),
            send: Duration::from_secs(30),
            // A server that is restarted, one that makes strangers wait (greylisting), one that somebody has to mend.
            tries: [30, 5 * 60, 30 * 60, 2 * 60 * 60]
                .map(Duration::from_secs)
                .into(),
        }
    }
}

/// What letters are sent by.
#[derive(Debug, Clone)]
pub struct MailParts {
    /// The mail server, and who writes.
    pub settings: MailSettings,
    /// Where the links lead.
    pub public_url: PublicUrl,
    /// How long things take.
    pub patience: Patience,
}

/// The part of a running server that writes letters.
pub struct Mail {
    tasks: TaskTracker,
    stopping: CancellationToken,
}

impl Mail {
    /// Begins to write a letter for each follow-up that comes, and looks whether the mail server is there.
    ///
    /// # Errors
    ///
    /// [`BadMail`] if the settings cannot be used.
    pub fn start(
        service: Arc<Service>,
        parts: MailParts,
        due: mpsc::Receiver<FollowUp>,
    ) -> Result<Self, BadMail> {
        let tasks = TaskTracker::new();
        let stopping = CancellationToken::new();
        let MailParts {
            settings,
            public_url,
            patience,
        } = parts;
        let office = Arc::new(Office {
            service,
            mailer: Mailer::new(&settings, public_url.host(), patience.send)?,
            settings,
            public_url,
            tries: patience.tries,
            slots: Arc::new(Semaphore::new(IN_FLIGHT)),
            stopping: stopping.clone(),
        });
        tasks.spawn({
            let office = Arc::clone(&office);
            async move { office.look_for_server().await }
        });
        tasks.spawn(office.run(due, tasks.clone()));
        Ok(Self { tasks, stopping })
    }

    /// Sends what is on its way and nothing else. What waits for another try is found in the store by the next start.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        if tokio::time::timeout(FAREWELL, self.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("a mail server did not answer in time: a letter may not have been sent");
        }
    }
}

/// Where letters are written.
struct Office {
    service: Arc<Service>,
    mailer: Mailer,
    settings: MailSettings,
    public_url: PublicUrl,
    tries: Vec<Duration>,
    slots: Arc<Semaphore>,
    stopping: CancellationToken,
}

/// The secrets of one letter, of which the store has the hashes.
struct Keys {
    link: Token,
    stop: Token,
}

/// How a letter ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Sent,
    /// The visitor is here, or has seen it.
    CameBack,
    /// There is nothing to be said, or nowhere to say it.
    Nothing,
    /// There was a letter within the last day.
    TooSoon,
    /// The address is never written to again.
    Stopped,
    /// No mail server takes it.
    GivenUp,
    /// It waits in the store for the next start.
    PutBack,
    /// The store failed.
    StoreFailed,
}

impl Office {
    async fn run(self: Arc<Self>, mut due: mpsc::Receiver<FollowUp>, tasks: TaskTracker) {
        loop {
            let next = tokio::select! {
                () = self.stopping.cancelled() => return,
                next = due.recv() => next,
            };
            let Some(follow_up) = next else { return };
            let slot = tokio::select! {
                () = self.stopping.cancelled() => return,
                slot = self.slot() => slot,
            };
            let office = Arc::clone(&self);
            tasks.spawn(async move {
                let outcome = office.follow_up(follow_up, slot).await;
                metrics::counter!("human_please_mails_total", "outcome" => outcome.name())
                    .increment(1);
            });
        }
    }

    async fn slot(&self) -> OwnedSemaphorePermit {
        let slot = Arc::clone(&self.slots).acquire_owned().await;
        slot.expect("nobody closes it")
    }

    /// Says at the start whether letters can be sent, so that nobody finds out by those that do not come.
    async fn look_for_server(&self) {
        tokio::select! {
            () = self.stopping.cancelled() => {}
            found = self.mailer.look() => match found {
                Ok(()) => tracing::info!("the mail server answers"),
                Err(why) => tracing::warn!(
                    %why,
                    "the mail server does not take letters now; check --smtp. They are tried again as they come"
                ),
            },
        }
    }

    async fn follow_up(&self, follow_up: FollowUp, slot: OwnedSemaphorePermit) -> Outcome {
        let FollowUp { site, conversation } = follow_up;
        if self.service.hub().has_visitors(conversation) {
            return Outcome::CameBack;
        }
        let Some(site) = self.service.site_by_id(site) else {
            return Outcome::Nothing;
        };
        let keys = Keys {
            link: secret::new_token(),
            stop: secret::new_token(),
        };
        let claim = Claim {
            site: site.id,
            conversation,
            at: self.service.now(),
            link: secret::hash_token(&keys.link),
            stop: secret::hash_token(&keys.stop),
        };
        let letter = match self.service.store().post().claim(&claim).await {
            Ok(Ok(letter)) => letter,
            Ok(Err(not_due)) => return not_due.into(),
            Err(error) => {
                self.service.store_failed(&error);
                return Outcome::StoreFailed;
            }
        };
        let written = self.write(&site, &claim, &letter, &keys);
        match written {
            Ok(message) => self.send(&claim, &message, slot).await,
            Err(error) => {
                tracing::warn!(%error, "a letter could not be written");
                Outcome::GivenUp
            }
        }
    }

    fn write(
        &self,
        site: &Site,
        claim: &Claim,
        letter: &Letter,
        keys: &Keys,
    ) -> Result<lettre::Message, letter::Unwritable> {
        let language = letter.language.map(|language| language.to_string());
        let language = language.as_deref().and_then(Language::find);
        Written {
            from: &self.settings.from,
            public_url: &self.public_url,
            site,
            claim,
            letter,
            language: &language.unwrap_or_else(Language::original),
            link: &keys.link,
            stop: &keys.stop,
        }
        .message()
    }

    /// Sends a letter that is claimed, and tries again for as long as it may.
    async fn send(
        &self,
        claim: &Claim,
        message: &lettre::Message,
        slot: OwnedSemaphorePermit,
    ) -> Outcome {
        let mut slot = Some(slot);
        let mut tries = self.tries.iter();
        loop {
            match self.mailer.send(message).await {
                Ok(()) => {
                    if let Err(error) = self.service.store().post().sent(claim).await {
                        // The links of earlier letters open the conversation too, until they expire.
                        self.service.store_failed(&error);
                    }
                    return Outcome::Sent;
                }
                Err(Failed::NotSent(why)) => {
                    let Some(&wait) = tries.next() else {
                        tracing::warn!(%why, "no mail server takes a letter: it is given up");
                        return Outcome::GivenUp;
                    };
                    tracing::info!(%why, "a letter could not be sent yet");
                    drop(slot.take());
                    tokio::select! {
                        () = self.stopping.cancelled() => return self.give_back(claim, Outcome::PutBack).await,
                        () = tokio::time::sleep(wait) => {}
                    }
                    if !self.is_wanted(claim).await {
                        return self.give_back(claim, Outcome::CameBack).await;
                    }
                    tokio::select! {
                        () = self.stopping.cancelled() => return self.give_back(claim, Outcome::PutBack).await,
                        free = self.slot() => slot = Some(free),
                    }
                }
                Err(Failed::Refused(why)) => {
                    tracing::warn!(%why, "the mail server refuses a letter: it is given up");
                    return Outcome::GivenUp;
                }
                Err(Failed::Unknown(why)) => {
                    // Sent once more it might come twice.
                    tracing::warn!(%why, "whether a letter was sent is not known: it is not tried again");
                    return Outcome::GivenUp;
                }
            }
        }
    }

    /// Whether the visitor of a claimed letter is still away and has not seen what it is about.
    async fn is_wanted(&self, claim: &Claim) -> bool {
        if self.service.hub().has_visitors(claim.conversation) {
            return false;
        }
        match self.service.store().post().is_wanted(claim).await {
            Ok(is_wanted) => is_wanted,
            Err(error) => {
                self.service.store_failed(&error);
                true
            }
        }
    }

    async fn give_back(&self, claim: &Claim, outcome: Outcome) -> Outcome {
        match self.service.store().post().give_back(claim).await {
            Ok(()) => outcome,
            Err(error) => {
                self.service.store_failed(&error);
                Outcome::StoreFailed
            }
        }
    }
}

impl Outcome {
    /// What the metric calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::CameBack => "came_back",
            Self::Nothing => "nothing",
            Self::TooSoon => "too_soon",
            Self::Stopped => "stopped",
            Self::GivenUp => "given_up",
            Self::PutBack => "put_back",
            Self::StoreFailed => "store_failed",
        }
    }
}

impl From<NotDue> for Outcome {
    fn from(not_due: NotDue) -> Self {
        match not_due {
            NotDue::Nothing | NotDue::NoAddress => Self::Nothing,
            NotDue::Stopped => Self::Stopped,
            NotDue::TooSoon => Self::TooSoon,
        }
    }
}
