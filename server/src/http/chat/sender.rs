//! Whose page sends a post of the conversation page's form.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

use crate::origin::PublicUrl;

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
}
