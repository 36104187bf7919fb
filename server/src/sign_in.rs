//! How agents sign in: slowly enough that passwords cannot be guessed, and so that guessing locks nobody else out.
//!
//! Failures count for the account and for the address. In a browser in which the same person has signed in before they count
//! for that browser alone: a stranger's failures are not theirs (OWASP, "Slow down online guessing attacks with device
//! cookies").

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use crate::secret;
use crate::store::{SecretHash, Store, StoreError, StoredAgent};

/// Failures within [`WINDOW`] after which an account or an address has to wait.
const FAILURES: usize = 10;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Passwords that are checked at the same time; each takes 19 MiB and a core.
const CHECKS_AT_ONCE: usize = 2;

/// Accounts and addresses whose failures are remembered. The oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// Who may try a password now.
pub struct SignIn {
    failures: Mutex<HashMap<Key, Vec<Instant>>>,
    checks: Semaphore,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
    Device(SecretHash),
}

/// Who tries, and from where.
pub struct Attempt<'a> {
    /// The network that it comes from.
    pub address: IpAddr,
    /// The cookie of a browser in which somebody has signed in before.
    pub device: Option<SecretHash>,
    /// What they sign in with.
    pub email: &'a str,
    /// Their password, perhaps.
    pub password: String,
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// They are who they say.
    Welcome(StoredAgent),
    /// No such account, or another password: which of the two is not told.
    WrongCredentials,
    /// Too many failures; try again after this long.
    TooFast(Duration),
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            failures: Mutex::default(),
            checks: Semaphore::new(CHECKS_AT_ONCE),
        }
    }
}

impl SignIn {
    /// Checks an email address and a password.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be read.
    pub async fn check(
        &self,
        store: &dyn Store,
        attempt: Attempt<'_>,
    ) -> Result<Outcome, StoreError> {
        let Attempt {
            address,
            device,
            email,
            password,
        } = attempt;
        let agent = store.agent_by_email(email).await?;
        let keys = match (device, &agent) {
            (Some(device), Some(agent))
                if store.staff().device(&device).await? == Some(agent.id) =>
            {
                vec![Key::Device(device)]
            }
            _ => vec![Key::Account(email.to_lowercase()), Key::Address(address)],
        };
        if let Some(wait) = self.must_wait(&keys, Instant::now()) {
            return Ok(Outcome::TooFast(wait));
        }
        // A hash is computed for an unknown account, too, so that the time tells nothing. Whoever has chosen no password yet
        // has none that could be right.
        let hash = agent
            .as_ref()
            .map(|agent| agent.password.clone())
            .filter(|hash| !hash.is_empty())
            .unwrap_or_else(|| NOBODYS_HASH.clone());
        let _turn = self
            .checks
            .acquire()
            .await
            .expect("the semaphore is never closed");
        // Again: those who came at the same time have failed meanwhile.
        if let Some(wait) = self.must_wait(&keys, Instant::now()) {
            return Ok(Outcome::TooFast(wait));
        }
        let matches =
            tokio::task::spawn_blocking(move || secret::verify_password(&password, &hash)).await;
        match agent {
            Some(agent) if matches.unwrap_or(false) => {
                self.lock().remove(&keys[0]);
                Ok(Outcome::Welcome(agent))
            }
            _ => {
                self.note_failure(keys, Instant::now());
                Ok(Outcome::WrongCredentials)
            }
        }
    }

    /// Checks the password of somebody who is signed in. Their failures count for their account.
    pub async fn confirm(&self, agent: &StoredAgent, password: String) -> Outcome {
        let keys = vec![Key::Account(["confirm ", &agent.email].concat())];
        if let Some(wait) = self.must_wait(&keys, Instant::now()) {
            return Outcome::TooFast(wait);
        }
        let hash = agent.password.clone();
        let _turn = self
            .checks
            .acquire()
            .await
            .expect("the semaphore is never closed");
        let matches =
            tokio::task::spawn_blocking(move || secret::verify_password(&password, &hash)).await;
        if matches.unwrap_or(false) {
            self.lock().remove(&keys[0]);
            Outcome::Welcome(agent.clone())
        } else {
            self.note_failure(keys, Instant::now());
            Outcome::WrongCredentials
        }
    }

    fn must_wait(&self, keys: &[Key], now: Instant) -> Option<Duration> {
        let failures = self.lock();
        keys.iter()
            .filter_map(|key| {
                let recent: Vec<Instant> = failures
                    .get(key)?
                    .iter()
                    .copied()
                    .filter(|&failed_at| now.saturating_duration_since(failed_at) < WINDOW)
                    .collect();
                let oldest = *recent.get(recent.len().checked_sub(FAILURES)?)?;
                Some(WINDOW.saturating_sub(now.saturating_duration_since(oldest)))
            })
            .max()
    }

    fn note_failure(&self, keys: Vec<Key>, now: Instant) {
        let mut failures = self.lock();
        for key in keys {
            let times = failures.entry(key).or_default();
            times.retain(|&failed_at| now.saturating_duration_since(failed_at) < WINDOW);
            times.push(now);
        }
        if failures.len() > REMEMBERED {
            failures.retain(|_, times| {
                times
                    .last()
                    .is_some_and(|&failed_at| now.saturating_duration_since(failed_at) < WINDOW)
            });
            if failures.len() > REMEMBERED {
                let oldest = failures
                    .iter()
                    .min_by_key(|(_, times)| times.last().copied())
                    .map(|(key, _)| key.clone());
                oldest.and_then(|key| failures.remove(&key));
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Vec<Instant>>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

static NOBODYS_HASH: std::sync::LazyLock<String> =
    std::sync::LazyLock::new(|| secret::hash_password(&secret::new_token().0));

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(email: &str, last: u8) -> Vec<Key> {
        vec![
            Key::Account(email.into()),
            Key::Address(IpAddr::from([192, 0, 2, last])),
        ]
    }

    #[test]
    fn ten_failures_make_an_account_and_an_address_wait() {
        let sign_in = SignIn::default();
        let start = Instant::now();
        for _ in 0..FAILURES {
            assert_eq!(sign_in.must_wait(&keys("ana", 1), start), None);
            sign_in.note_failure(keys("ana", 1), start);
        }
        assert_eq!(sign_in.must_wait(&keys("ana", 1), start), Some(WINDOW));
        assert_eq!(
            sign_in.must_wait(&keys("ana", 2), start),
            Some(WINDOW),
            "from another address"
        );
        assert_eq!(
            sign_in.must_wait(&keys("ben", 1), start),
            Some(WINDOW),
            "for another account"
        );
        assert_eq!(sign_in.must_wait(&keys("ben", 2), start), None);
        assert_eq!(
            sign_in.must_wait(&keys("ana", 1), start + WINDOW),
            None,
            "until the window has passed"
        );
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let sign_in = SignIn::default();
        let start = Instant::now();
        for number in 0..REMEMBERED + 100 {
            sign_in.note_failure(
                keys(&number.to_string(), 1),
                start + Duration::from_micros(number as u64),
            );
        }
        assert!(sign_in.lock().len() <= REMEMBERED + 2);
    }
}
