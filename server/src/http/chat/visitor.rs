//! Who sends a request to the conversation page.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use protocol::{ConversationId, Token};
use sha2::{Digest, Sha256};

use super::form::{self, Post};
use crate::origin::PublicUrl;
use crate::secret;
use crate::store::{SiteId, Store, StoreError};

/// Whose page a post comes from, as far as the browser says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Our own: the cookie speaks for the visitor.
    Own,
    /// The browser does not say, or it is no browser. A page in a sandbox and a page under `no-referrer` have the
    /// origin `null` too, so whoever can make a browser post may stand behind it: only the hidden token counts.
    Unnamed,
    /// Another page. Not even the pages that the site allows to show the chat may write in the visitor's name.
    Foreign,
}

impl Sender {
    /// Reads `Origin` and, where that names nobody, `Sec-Fetch-Site`, which no page can set.
    pub fn of(headers: &HeaderMap, public_url: &PublicUrl) -> Self {
        let text = |value: &axum::http::HeaderValue| value.to_str().ok().map(str::to_owned);
        let host = headers.get(HOST).and_then(text);
        match headers
            .get(ORIGIN)
            .map(|origin| origin.to_str().unwrap_or("unreadable"))
        {
            None | Some("null") => match headers.get("sec-fetch-site").and_then(text).as_deref() {
                Some("same-origin") => Self::Own,
                Some("same-site" | "cross-site") => Self::Foreign,
                _ => Self::Unnamed,
            },
            Some(origin) if public_url.is_own(origin, host.as_deref()) => Self::Own,
            Some(_) => Self::Foreign,
        }
    }
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

impl Visitor {
    /// Finds out who they are: the hidden token's visitor, or the cookie's if that one has a conversation and the
    /// hidden token has none, as when two windows were opened before anything was said. Without either they are new.
    ///
    /// # Errors
    ///
    /// The visitor that they are most likely, and why the store could not say.
    pub async fn find(
        store: &dyn Store,
        site: SiteId,
        post: Option<&Post>,
        cookie: Option<Token>,
    ) -> Result<Self, (Self, StoreError)> {
        let cookie = cookie.and_then(|cookie| form::token(&cookie.0));
        let token = post.and_then(|post| post.token.clone());
        let fresh = post.and_then(|post| post.fresh.clone());
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

    /// The id of their conversation with a site. One that this page begins gets its id from the token, so that a first
    /// post that is sent twice begins one conversation and not two. Nothing can be learned of the token from it.
    pub fn conversation_id(&self, site: SiteId) -> ConversationId {
        match self.conversation {
            Conversation::Begun(id) => id,
            Conversation::New | Conversation::Unknown => {
                let mut digest = Sha256::new();
                digest.update(b"conversation");
                digest.update(site.0.to_be_bytes());
                digest.update(secret::hash_token(&self.token).0);
                let [high, _] = form::halves(digest.finalize().into());
                ConversationId(high)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(origin: Option<&str>, fetch_site: Option<&str>) -> Sender {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "chat.example".parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        if let Some(site) = fetch_site {
            headers.insert("sec-fetch-site", site.parse().unwrap());
        }
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        Sender::of(&headers, &public_url)
    }

    #[test]
    fn only_our_own_page_speaks_with_the_cookie() {
        assert_eq!(sender(Some("https://chat.example"), None), Sender::Own);
        assert_eq!(
            sender(Some("https://chat.example"), Some("same-origin")),
            Sender::Own
        );
        assert_eq!(sender(Some("null"), Some("same-origin")), Sender::Own);
        assert_eq!(sender(None, Some("same-origin")), Sender::Own);
    }

    #[test]
    fn a_browser_that_does_not_say_leaves_it_to_the_token() {
        assert_eq!(sender(None, None), Sender::Unnamed);
        assert_eq!(sender(Some("null"), None), Sender::Unnamed);
        assert_eq!(sender(None, Some("none")), Sender::Unnamed);
    }

    #[test]
    fn every_other_page_is_foreign() {
        for origin in [
            "https://evil.example",
            "http://chat.example",
            "https://chat.example.evil.example",
            "https://chat.example:8443",
            "",
        ] {
            assert_eq!(sender(Some(origin), None), Sender::Foreign, "{origin}");
            assert_eq!(
                sender(Some(origin), Some("same-origin")),
                Sender::Foreign,
                "{origin}"
            );
        }
        assert_eq!(sender(Some("null"), Some("cross-site")), Sender::Foreign);
        assert_eq!(sender(None, Some("same-site")), Sender::Foreign);
    }

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
