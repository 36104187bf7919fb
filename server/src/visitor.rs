//! Who a visitor is: what they prove it by, and which conversation is theirs. Sockets and forms ask here.

use protocol::{ConversationId, RefusalCode, Token, checked_email};
use sha2::{Digest, Sha256};

use crate::redact::redact;
use crate::secret;
use crate::store::{SiteId, Store, StoreError};

/// What a request says about who sends it. Tokens of another form than this server's count as none.
#[derive(Debug, Default)]
pub struct Claim {
    /// The token that the visitor's page has.
    pub token: Option<Token>,
    /// The token of their cookie, where that may speak for them.
    pub cookie: Option<Token>,
    /// The token that a page was given for a conversation that it may begin.
    pub fresh: Option<Token>,
}

/// Somebody who visits a site.
#[derive(Debug)]
pub struct Visitor {
    /// What proves who they are.
    pub token: Token,
    /// Theirs.
    pub conversation: Conversation,
    /// Whether the token was made for a page on which nothing had been said yet.
    pub is_fresh: bool,
}

/// A visitor's conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversation {
    /// It is in the store.
    Begun(ConversationId),
    /// The visitor has said nothing yet.
    New,
    /// The store could not tell.
    Unknown,
}

/// The address that a visitor leaves, as it is kept; none to keep none.
///
/// # Errors
///
/// [`RefusalCode::BadEmail`] for what is no email address, and for one with a number in it that must not be kept (G8).
pub fn contact_of(email: &str) -> Result<Option<String>, RefusalCode> {
    if email.trim().is_empty() {
        return Ok(None);
    }
    let email = checked_email(email)?;
    if redact(email) != email {
        return Err(RefusalCode::BadEmail);
    }
    Ok(Some(email.to_owned()))
}

impl Visitor {
    /// Finds out who they are: the token's visitor, or the cookie's if that one has a conversation and the token has
    /// none, as when two windows were opened before anything was said. Without either they are new.
    ///
    /// # Errors
    ///
    /// The visitor that they are most likely, and why the store could not say.
    pub async fn find(
        store: &dyn Store,
        site: SiteId,
        claim: Claim,
    ) -> Result<Self, (Self, StoreError)> {
        let known = |token: Token| secret::token_of(&token.0);
        let token = claim.token.and_then(known);
        let cookie = claim.cookie.and_then(known);
        let fresh = claim.fresh.and_then(known);
        let candidates = [(&token, false), (&cookie, false), (&fresh, true)];
        for (candidate, is_fresh) in candidates {
            let Some(candidate) = candidate else { continue };
            let visitor = |conversation| Self {
                token: candidate.clone(),
                conversation,
                is_fresh,
            };
            let hash = secret::hash_token(candidate);
            match store.conversation_of(site, &hash).await {
                Ok(Some(id)) => return Ok(visitor(Conversation::Begun(id))),
                Ok(None) => {}
                Err(error) => return Err((visitor(Conversation::Unknown), error)),
            }
        }
        // A cookie that opens nothing is not taken up again: who knows who has set it.
        Ok(Self {
            token: token.or(fresh).unwrap_or_else(secret::new_token),
            conversation: Conversation::New,
            is_fresh: true,
        })
    }

    /// Whether the visitor has said something, as far as can be known.
    pub fn has_begun(&self) -> bool {
        match self.conversation {
            Conversation::Begun(_) => true,
            Conversation::New => false,
            Conversation::Unknown => !self.is_fresh,
        }
    }

    /// The id of their conversation with a site. One that is not begun gets its id from the token: however often and by
    /// whatever way the first words come, they begin one conversation. Nothing can be learned of the token from it.
    pub fn conversation_id(&self, site: SiteId) -> ConversationId {
        match self.conversation {
            Conversation::Begun(id) => id,
            Conversation::New | Conversation::Unknown => {
                let mut digest = Sha256::new();
                digest.update(b"conversation");
                digest.update(site.0.to_be_bytes());
                digest.update(secret::hash_token(&self.token).0);
                ConversationId(secret::id_from(digest))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tokens_new_conversation_is_always_the_same_and_no_other_ones() {
        let id = |token: &str, site| {
            let visitor = Visitor {
                token: Token(token.into()),
                conversation: Conversation::New,
                is_fresh: true,
            };
            visitor.conversation_id(SiteId(site))
        };
        assert_eq!(id("a", 1), id("a", 1));
        assert_ne!(id("a", 1), id("b", 1));
        assert_ne!(id("a", 1), id("a", 2));
    }
}
