//! Letters to visitors who have gone: whom one may be sent to, and what the links in it open.

use async_trait::async_trait;
use protocol::{ConversationId, Language, Receipt, Seq, Timestamp};

use super::{SecretHash, SiteId, StoreError};

/// How long a conversation and a mailbox are left alone after a letter, in milliseconds: a day. Nobody has proved that an
/// address is theirs, so that is as much as somebody can have sent to another's (S17).
pub const BETWEEN_LETTERS_MS: u64 = 24 * 60 * 60 * 1_000;

/// How long the link of a letter works, in milliseconds: seven days.
pub const LETTER_LINK_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// How long the link works by which a mailbox is never written to again, in milliseconds: 400 days, as long as a browser
/// keeps a visitor's place.
pub const STOP_LINK_MS: i64 = 400 * 24 * 60 * 60 * 1_000;

/// How many browsers a conversation is open in by the links of its letters; the newest of them.
pub const VISITOR_KEYS: u32 = 20;

/// Letters, and what they open.
#[async_trait]
pub trait Post: Send + Sync {
    /// The conversations with a person's words, written at `since` or later, that their visitor has not seen and has left
    /// an address for, and that no letter was claimed for.
    async fn unread(&self, since: Timestamp) -> Result<Vec<(SiteId, ConversationId)>, StoreError>;

    /// Claims the letter about a conversation, in one transaction with the reasons why there may be one. Whoever has
    /// claimed it is the only one to send it, however many servers there are and however often they are restarted.
    ///
    /// # Errors
    ///
    /// [`NotDue`] inside if there is none to be sent; nothing is written then.
    async fn claim(&self, claim: &Claim) -> Result<Result<Letter, NotDue>, StoreError>;

    /// Keeps that a letter was sent: the links of earlier ones about the same conversation open nothing any more.
    async fn sent(&self, claim: &Claim) -> Result<(), StoreError>;

    /// Whether there is still something that the visitor has not seen, and an address that may be written to: for a letter
    /// that was claimed and is tried again.
    async fn is_wanted(&self, claim: &Claim) -> Result<bool, StoreError>;

    /// Gives a claim back, of a letter that has certainly not been sent.
    async fn give_back(&self, claim: &Claim) -> Result<(), StoreError>;

    /// The conversation of a site that a letter's link opens at `now`.
    async fn linked(
        &self,
        site: SiteId,
        link: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<ConversationId>, StoreError>;

    /// Lets one more token open a conversation, as [`Store::conversation_of`](super::Store::conversation_of) finds it. Of
    /// these tokens the newest [`VISITOR_KEYS`] of each conversation count.
    async fn put_visitor_key(
        &self,
        conversation: ConversationId,
        key: &SecretHash,
    ) -> Result<(), StoreError>;

    /// Never writes to a mailbox again, by the link that says so. False if the link is none, or has expired at `now`.
    async fn stop(&self, link: &SecretHash, now: Timestamp) -> Result<bool, StoreError>;

    /// Whether an address is never written to again.
    async fn is_stopped(&self, email: &str) -> Result<bool, StoreError>;
}

/// What a letter is claimed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Of which site.
    pub site: SiteId,
    /// About which conversation.
    pub conversation: ConversationId,
    /// When.
    pub at: Timestamp,
    /// The hash of the token that opens the conversation.
    pub link: SecretHash,
    /// The hash of the token that stops letters.
    pub stop: SecretHash,
}

impl Claim {
    /// Until when the link works.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        Timestamp(self.at.0.saturating_add(LETTER_LINK_MS))
    }
}

/// What a letter is made of.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub email: String,
    /// Who has answered, by the name that they had then.
    pub name: String,
    /// The number of the visitor's newest request, if they ever asked for a person.
    pub receipt: Option<Receipt>,
    /// The language of the conversation, if it was found out.
    pub language: Option<Language>,
    /// The newest of the words that were not seen.
    pub seq: Seq,
}

/// Why there is no letter to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDue {
    /// There is nothing of a person's that the visitor has not seen, or it was written about already.
    Nothing,
    /// The visitor has left no address.
    NoAddress,
    /// The mailbox is never written to again.
    Stopped,
    /// The conversation or the mailbox had a letter within the last day.
    TooSoon,
}

/// The mailbox that an address is of, as far as can be told from it: what is counted, so that nobody gets more by
/// writing one address in many ways. Case makes no other mailbox, nor does what stands behind a plus sign (subaddressing,
/// RFC 5233), nor do dots before Gmail's host names.
#[must_use]
pub fn mailbox(email: &str) -> String {
    let email = email.trim().to_lowercase();
    let Some((local, host)) = email.rsplit_once('@') else {
        return email;
    };
    let name = match local.split_once('+') {
        Some((name, _)) if !name.is_empty() => name,
        _ => local,
    };
    match host {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", name.replace('.', "")),
        _ => format!("{name}@{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S17.
    #[test]
    fn one_mailbox_has_one_name_however_it_is_written() {
        for (email, of) in [
            ("Me@Mail.Example", "me@mail.example"),
            (" me+lamps+oak@mail.example ", "me@mail.example"),
            ("m.e@mail.example", "m.e@mail.example"),
            ("M.e.+x@GoogleMail.com", "me@gmail.com"),
            ("+@mail.example", "+@mail.example"),
            ("ÄB@Ö.example", "äb@ö.example"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(mailbox(email), of, "{email}");
        }
    }
}
