//! Which pages may speak to this server: by the Origin that the browser names.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

use crate::store::Site;

/// Where this server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// Scheme, host and port, as browsers write an origin; none without `--public-url`.
    origin: Option<String>,
}

/// A public URL that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "--public-url takes https://HOST or http://HOST with an optional port and nothing behind it, not {0:?}"
)]
pub struct BadPublicUrl(String);

/// Whose page a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// This server's own.
    Own,
    /// A page that the site allows.
    Site,
    /// No page: an app or a script, which has no cookies of anybody else.
    NoPage,
    /// Another page.
    Foreign,
}

impl PublicUrl {
    /// Checks the setting.
    ///
    /// # Errors
    ///
    /// [`BadPublicUrl`] says what it takes.
    pub fn parse(url: Option<&str>) -> Result<Self, BadPublicUrl> {
        let origin = match url {
            None => None,
            Some(url) => Some(
                parse_origin(url.trim_end_matches('/')).ok_or_else(|| BadPublicUrl(url.into()))?,
            ),
        };
        Ok(Self { origin })
    }

    /// Whether browsers reach this server by TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure_origin().is_some()
    }

    /// This server's origin, if browsers reach it by TLS.
    #[must_use]
    pub fn secure_origin(&self) -> Option<&str> {
        self.origin
            .as_deref()
            .filter(|origin| origin.starts_with("https://"))
    }

    /// This server's origin with the scheme of its sockets; none without `--public-url`.
    #[must_use]
    pub fn socket_origin(&self) -> Option<String> {
        // http becomes ws, and https wss.
        self.origin
            .as_deref()
            .and_then(|origin| origin.strip_prefix("http"))
            .map(|rest| format!("ws{rest}"))
    }

    /// The name or address of the host that browsers reach this server by; none without `--public-url`.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        let (_, authority) = self.origin.as_deref()?.split_once("://")?;
        Some(match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        })
    }

    /// The whole URL of a path on this server; the path alone without `--public-url`.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        [self.origin.as_deref().unwrap_or_default(), path].concat()
    }

    /// Whose page sent a request. `site` adds the origins that it allows.
    #[must_use]
    pub fn origin_of(&self, headers: &HeaderMap, site: Option<&Site>) -> From {
        let Some(origin) = headers.get(ORIGIN) else {
            return From::NoPage;
        };
        let Ok(origin) = origin.to_str() else {
            return From::Foreign;
        };
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        if self.is_own(origin, host) {
            From::Own
        } else if site.is_some_and(|site| {
            site.settings
                .origins
                .iter()
                .any(|allowed| allowed == origin)
        }) {
            From::Site
        } else {
            From::Foreign
        }
    }

    /// Whether an origin is this server's own. Without a public URL only this machine's names are: another name that
    /// was made to point here (DNS rebinding) is not.
    #[must_use]
    pub fn is_own(&self, origin: &str, host: Option<&str>) -> bool {
        match &self.origin {
            Some(own) => own == origin,
            None => {
                let name = origin.strip_prefix("http://");
                name.is_some() && name == host && name.is_some_and(is_loopback)
            }
        }
    }
}

/// An origin as browsers write it, if the text is one: scheme, host in lower case, port unless it is the usual one.
#[must_use]
pub fn parse_origin(text: &str) -> Option<String> {
    let uri: axum::http::Uri = text.parse().ok()?;
    let scheme = uri.scheme_str()?;
    let usual_port = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let authority = uri.authority()?;
    let plain = authority.as_str() == text.get(scheme.len() + 3..)?;
    if !plain || authority.as_str().contains('@') || authority.host().is_empty() {
        return None;
    }
    let host = authority.host().to_ascii_lowercase();
    Some(match authority.port_u16() {
        Some(port) if port != usual_port => format!("{scheme}://{host}:{port}"),
        _ => format!("{scheme}://{host}"),
    })
}

fn is_loopback(authority: &str) -> bool {
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{NewSite, SiteId};

    fn origin_of(public: Option<&str>, host: &str, origin: Option<&str>) -> From {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        let site = Site {
            id: SiteId(1),
            settings: NewSite {
                key: "demo".into(),
                name: "Shop".into(),
                origins: vec!["https://shop.example".into()],
                bot: true,
                contact: String::new(),
                hours: None,
            },
        };
        PublicUrl::parse(public)
            .unwrap()
            .origin_of(&headers, Some(&site))
    }

    #[test]
    fn a_page_is_our_own_the_sites_or_foreign() {
        let public = Some("https://chat.example");
        assert_eq!(
            origin_of(public, "chat.example", Some("https://chat.example")),
            From::Own
        );
        assert_eq!(
            origin_of(public, "chat.example", Some("https://shop.example")),
            From::Site
        );
        assert_eq!(origin_of(public, "chat.example", None), From::NoPage);
        for foreign in [
            "null",
            "https://evil.example",
            "http://chat.example",
            "https://shop.example.evil.example",
            "",
        ] {
            assert_eq!(
                origin_of(public, "chat.example", Some(foreign)),
                From::Foreign,
                "{foreign}"
            );
        }
    }

    #[test]
    fn without_a_public_url_only_this_machine_is_our_own() {
        assert_eq!(
            origin_of(None, "127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            From::Own
        );
        assert_eq!(
            origin_of(None, "localhost:8080", Some("http://localhost:8080")),
            From::Own
        );
        assert_eq!(
            origin_of(None, "[::1]:8080", Some("http://[::1]:8080")),
            From::Own
        );
        assert_eq!(
            origin_of(None, "127.0.0.1:8080", Some("http://127.0.0.1:9999")),
            From::Foreign
        );
        assert_eq!(
            origin_of(
                None,
                "rebound.example:8080",
                Some("http://rebound.example:8080")
            ),
            From::Foreign
        );
    }

    #[test]
    fn a_host_is_told_without_its_port() {
        let host = |url| PublicUrl::parse(url).unwrap().host().map(str::to_owned);
        assert_eq!(host(None), None);
        for (url, name) in [
            ("https://chat.example", "chat.example"),
            ("http://chat.example:8080", "chat.example"),
            ("http://[::1]:8080", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(host(Some(url)).as_deref(), Some(name), "{url}");
        }
    }

    #[test]
    fn a_public_url_is_an_origin_and_nothing_more() {
        assert_eq!(
            parse_origin("HTTPS://Chat.Example:443").as_deref(),
            Some("https://chat.example")
        );
        assert_eq!(
            parse_origin("http://a.example:8080").as_deref(),
            Some("http://a.example:8080")
        );
        for bad in [
            "chat.example",
            "ftp://a",
            "https://a/b",
            "https://a?b",
            "https://u@a",
            "https://",
            "*",
            "",
        ] {
            assert_eq!(parse_origin(bad), None, "{bad}");
        }
        assert!(PublicUrl::parse(Some("https://chat.example/")).is_ok());
        assert!(PublicUrl::parse(Some("https://chat.example/x")).is_err());
    }
}
