//! The cookies: an agent's session, a browser in which an agent has signed in before, and a visitor's token for pages
//! without scripts.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use protocol::Token;

use crate::origin::PublicUrl;
use crate::secret;
use crate::store::{SecretHash, Site};

const AGENT: &str = "human-please-agent";
const DEVICE: &str = "human-please-device";
const VISITOR: &str = "human-please-visitor-";

/// How long an agent stays signed in, in seconds: a week of work.
pub const AGENT_SECONDS: i64 = 7 * 24 * 60 * 60;

/// How long a browser keeps a visitor's place, in seconds: as long as browsers keep any cookie (RFC 6265bis: 400 days),
/// for no timer of ours ends a wait.
const VISITOR_SECONDS: i64 = 400 * 24 * 60 * 60;

/// An agent's session.
pub struct AgentCookie;

impl AgentCookie {
    /// The hash of the session that a request names.
    pub fn read(headers: &HeaderMap, public_url: &PublicUrl) -> Option<SecretHash> {
        read(headers, AGENT, public_url).map(|token| secret::hash_token(&token))
    }

    /// Sets the cookie.
    pub fn set(token: &Token, public_url: &PublicUrl) -> HeaderValue {
        let (prefix, secure) = prefix_and_secure(public_url);
        value(&format!(
            "{prefix}{AGENT}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={AGENT_SECONDS}{secure}",
            token.0
        ))
    }

    /// Removes the cookie.
    pub fn clear(public_url: &PublicUrl) -> HeaderValue {
        let (prefix, secure) = prefix_and_secure(public_url);
        value(&format!(
            "{prefix}{AGENT}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}"
        ))
    }
}

/// A browser in which an agent has signed in before. It opens nothing: it says that whoever guesses passwords elsewhere is
/// somebody else.
pub struct DeviceCookie;

impl DeviceCookie {
    /// The hash of the value that a request has.
    pub fn read(headers: &HeaderMap, public_url: &PublicUrl) -> Option<SecretHash> {
        read(headers, DEVICE, public_url).map(|token| secret::hash_token(&token))
    }

    /// Sets the cookie.
    pub fn set(token: &Token, public_url: &PublicUrl) -> HeaderValue {
        let (prefix, secure) = prefix_and_secure(public_url);
        value(&format!(
            "{prefix}{DEVICE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={VISITOR_SECONDS}{secure}",
            token.0
        ))
    }
}

/// A visitor's token, one cookie for each site.
pub struct VisitorCookie;

impl VisitorCookie {
    /// The token that a request carries for a site.
    pub fn read(headers: &HeaderMap, site: &Site, public_url: &PublicUrl) -> Option<Token> {
        read(headers, &[VISITOR, &site.settings.key].concat(), public_url)
    }

    /// Sets the cookie. In a merchant's page it is a third party's, so it is partitioned by that page's site.
    pub fn set(token: &Token, site: &Site, public_url: &PublicUrl) -> HeaderValue {
        let (prefix, secure) = prefix_and_secure(public_url);
        let same_site = if secure.is_empty() {
            "Lax"
        } else {
            "None; Partitioned"
        };
        let key = &site.settings.key;
        value(&format!(
            "{prefix}{VISITOR}{key}={}; Path=/; HttpOnly; SameSite={same_site}; Max-Age={VISITOR_SECONDS}{secure}",
            token.0
        ))
    }

    /// Removes the cookie.
    pub fn clear(site: &Site, public_url: &PublicUrl) -> HeaderValue {
        let (prefix, secure) = prefix_and_secure(public_url);
        let same_site = if secure.is_empty() {
            "Lax"
        } else {
            "None; Partitioned"
        };
        let key = &site.settings.key;
        value(&format!(
            "{prefix}{VISITOR}{key}=; Path=/; HttpOnly; SameSite={same_site}; Max-Age=0{secure}"
        ))
    }
}

/// Over TLS the name itself makes the browser refuse a cookie that another host or a plain connection has set.
fn prefix_and_secure(public_url: &PublicUrl) -> (&'static str, &'static str) {
    if public_url.is_secure() {
        ("__Host-", "; Secure")
    } else {
        ("", "")
    }
}

/// Over TLS only the name that a sibling host cannot set counts.
fn read(headers: &HeaderMap, name: &str, public_url: &PublicUrl) -> Option<Token> {
    let (prefix, _) = prefix_and_secure(public_url);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| key.strip_prefix(prefix) == Some(name))
        .map(|(_, value)| Token(value.to_owned()))
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("names are plain, and tokens hexadecimal digits")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{NewSite, SiteId};

    fn site() -> Site {
        let settings = NewSite {
            key: "demo".into(),
            name: "Shop".into(),
            origins: vec![],
            bot: true,
            contact: String::new(),
            hours: None,
        };
        Site {
            id: SiteId(1),
            settings,
        }
    }

    /// S9.
    #[test]
    fn over_tls_cookies_are_bound_to_the_host() {
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        let token = Token("abc".into());
        assert_eq!(
            AgentCookie::set(&token, &public_url),
            "__Host-human-please-agent=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800; Secure"
        );
        assert_eq!(
            VisitorCookie::set(&token, &site(), &public_url),
            "__Host-human-please-visitor-demo=abc; Path=/; HttpOnly; SameSite=None; Partitioned; Max-Age=34560000; Secure"
        );
    }

    #[test]
    fn on_this_machine_they_are_plain_host_cookies() {
        let public_url = PublicUrl::parse(None).unwrap();
        assert_eq!(
            AgentCookie::set(&Token("abc".into()), &public_url),
            "human-please-agent=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800"
        );
    }

    #[test]
    fn a_visitors_cookie_is_read_for_its_own_site_only() {
        let read = |cookies: &str, public: Option<&str>| {
            let headers = HeaderMap::from_iter([(COOKIE, cookies.parse().unwrap())]);
            VisitorCookie::read(&headers, &site(), &PublicUrl::parse(public).unwrap())
        };
        let token = Some(Token("abc".into()));
        assert_eq!(
            read(
                "a=b; human-please-visitor-demo=abc; human-please-visitor-demo2=x",
                None
            ),
            token
        );
        assert_eq!(read("human-please-visitor-other=abc", None), None);
        let public = Some("https://chat.example");
        assert_eq!(read("__Host-human-please-visitor-demo=abc", public), token);
        assert_eq!(
            read("human-please-visitor-demo=planted", public),
            None,
            "a sibling host could set this one"
        );
    }
}
