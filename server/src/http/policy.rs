//! The Content Security Policy of our pages, in one place: what they may load, who may show them in a frame, and where
//! browsers tell of what a policy has stopped.

use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::origin::PublicUrl;
use crate::store::Site;

/// What no page of ours needs: not even asked for.
pub const PERMISSIONS: &str = "accelerometer=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), \
     display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), \
     local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
     publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), xr-spatial-tracking=()";

/// Where browsers report to.
const REPORTS: &str = "report-uri /csp-reports";

/// The newer way, by a name. Browsers that know it heed nothing else, and it leads somewhere only where a page came by TLS.
const REPORTS_BY_NAME: &str = "; report-to csp";

/// What the name stands for.
const ENDPOINTS: &str = "csp=\"/csp-reports\"";

/// What a page is, and who may show it in a frame.
pub enum Kind<'a> {
    /// The agents' page: nobody frames it.
    Agent,
    /// A help article, or a page that says why there is nothing else to show: no script, and only we frame it.
    Article,
    /// The conversation: it is framed by ourselves and the pages that the site allows. Its forms work without a script, so
    /// they may be sent, to us.
    Chat {
        /// The site that it is of.
        site: &'a Site,
        /// The one style that is in it, if there is any.
        style: Option<&'a str>,
    },
    /// A document: it runs the loader, frames the chat, and nobody frames it.
    Document,
    /// Where a letter's link leads: its form is sent to us, and nobody frames it.
    Letter,
    /// A page of the people who work for a site: nothing runs in it, its forms are sent to us, and nobody frames it.
    Staff,
    /// The demo shop: a page like a merchant's, that runs the loader, frames the chat, and nothing else.
    Shop,
    /// The agents' page's worker: it fetches that page's files and shows an icon, and its own code is all that it runs.
    Worker,
}

/// Has an answer say what its page may do.
pub fn apply(response: &mut Response, public_url: &PublicUrl, kind: Kind<'_>) {
    let policy = HeaderValue::from_str(&page(public_url, kind)).expect("origins are checked");
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(PERMISSIONS),
    );
    if public_url.is_secure() {
        headers.insert(
            HeaderName::from_static("reporting-endpoints"),
            HeaderValue::from_static(ENDPOINTS),
        );
    }
}

/// The policy of a page: our own files, WebAssembly, our own sockets, and nothing inline but a style that the policy names by
/// its hash: another one, of whoever could write into the page, is not that one.
fn page(public_url: &PublicUrl, kind: Kind<'_>) -> String {
    let mut policy = String::from("default-src 'none'; ");
    policy.push_str(match kind {
        Kind::Agent | Kind::Chat { .. } => "script-src 'self' 'wasm-unsafe-eval'; ",
        Kind::Article | Kind::Staff => "",
        Kind::Worker => "connect-src 'self'; ",
        // It tries whether a site is there.
        Kind::Document => "script-src 'self'; frame-src 'self'; connect-src 'self'; ",
        Kind::Shop => "script-src 'self'; frame-src 'self'; ",
        Kind::Letter => "script-src 'self'; ",
    });
    policy.push_str("style-src 'self'");
    if let Kind::Chat {
        style: Some(style), ..
    } = kind
    {
        let hash = Base64::encode_string(&Sha256::digest(style));
        policy.extend([" 'sha256-", &hash, "'"]);
    }
    policy.push_str("; img-src 'self'; ");
    if let Kind::Agent | Kind::Chat { .. } = kind {
        policy.push_str("connect-src 'self'");
        // Not every browser takes 'self' for a socket of the same host.
        if let Some(socket) = public_url.socket_origin() {
            policy.push(' ');
            policy.push_str(&socket);
        }
        policy.push_str("; ");
    }
    if let Kind::Agent = kind {
        // It can be installed as an app, and has a worker for that.
        policy.push_str("manifest-src 'self'; worker-src 'self'; ");
    }
    policy.push_str("object-src 'none'; base-uri 'none'; form-action ");
    policy.push_str(match kind {
        Kind::Agent
        | Kind::Chat { .. }
        | Kind::Document
        | Kind::Letter
        | Kind::Shop
        | Kind::Staff => "'self'; ",
        Kind::Article | Kind::Worker => "'none'; ",
    });
    if let Kind::Agent | Kind::Chat { .. } = kind {
        // Strings become markup only through the one policy that the pages' boot module makes, and code never.
        policy.push_str("require-trusted-types-for 'script'; trusted-types default; ");
    }
    if let Kind::Worker = kind {
        policy.push_str("require-trusted-types-for 'script'; trusted-types 'none'; ");
    }
    policy.push_str(REPORTS);
    if public_url.is_secure() {
        policy.push_str(REPORTS_BY_NAME);
    }
    policy.push_str("; frame-ancestors ");
    policy.push_str(match kind {
        Kind::Agent | Kind::Document | Kind::Letter | Kind::Staff | Kind::Worker => "'none'",
        Kind::Article | Kind::Chat { .. } | Kind::Shop => "'self'",
    });
    if let Kind::Chat { site, .. } = kind {
        for origin in &site.settings.origins {
            policy.push(' ');
            policy.push_str(origin);
        }
    }
    policy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{NewSite, SiteId};

    fn site() -> Site {
        let settings = NewSite {
            key: "shop".into(),
            name: "Shop".into(),
            origins: vec![
                "https://shop.example".into(),
                "https://www.shop.example".into(),
            ],
            bot: true,
            contact: String::new(),
            hours: None,
        };
        Site {
            id: SiteId(1),
            settings,
        }
    }

    /// B1, B2, B3: exactly. But for one word it is what B1 asks for: the conversation's forms are sent where no script
    /// runs (B8), and the agents' page's before one does, so these pages have `form-action 'self'`.
    #[test]
    fn a_page_may_do_what_it_does_and_nothing_else() {
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        assert_eq!(
            page(
                &public_url,
                Kind::Chat {
                    site: &site(),
                    style: None
                }
            ),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
             connect-src 'self' wss://chat.example; object-src 'none'; base-uri 'none'; form-action 'self'; \
             require-trusted-types-for 'script'; trusted-types default; \
             report-uri /csp-reports; report-to csp; \
             frame-ancestors 'self' https://shop.example https://www.shop.example"
        );
        assert_eq!(
            page(&public_url, Kind::Agent),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
             connect-src 'self' wss://chat.example; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
             require-trusted-types-for 'script'; trusted-types default; \
             report-uri /csp-reports; report-to csp; frame-ancestors 'none'"
        );
        assert_eq!(
            page(&public_url, Kind::Worker),
            "default-src 'none'; connect-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; \
             base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
             report-uri /csp-reports; report-to csp; frame-ancestors 'none'"
        );
        assert_eq!(
            page(&public_url, Kind::Article),
            "default-src 'none'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; \
             form-action 'none'; report-uri /csp-reports; report-to csp; frame-ancestors 'self'"
        );
        assert_eq!(
            page(&public_url, Kind::Letter),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; \
             base-uri 'none'; form-action 'self'; report-uri /csp-reports; report-to csp; frame-ancestors 'none'"
        );
        assert_eq!(
            page(&public_url, Kind::Staff),
            "default-src 'none'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; \
             form-action 'self'; report-uri /csp-reports; report-to csp; frame-ancestors 'none'"
        );
        assert_eq!(
            page(&public_url, Kind::Shop),
            "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; img-src 'self'; \
             object-src 'none'; base-uri 'none'; form-action 'self'; report-uri /csp-reports; report-to csp; \
             frame-ancestors 'self'"
        );
    }

    /// B1: the one style that a first page brings along is named by its hash (CSP 3, 2.3.1), which no other style has.
    #[test]
    fn a_page_with_a_style_in_it_allows_that_style_alone() {
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        let site = site();
        let with = |style| page(&public_url, Kind::Chat { site: &site, style });
        let policy = with(Some("body{margin:0}"));
        let same = with(None).replace(
            "style-src 'self'",
            // printf 'body{margin:0}' | openssl dgst -sha256 -binary | base64
            "style-src 'self' 'sha256-IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc='",
        );
        assert_eq!(policy, same);
    }

    #[test]
    fn without_a_public_url_sockets_are_those_of_the_same_host_and_reports_are_posted_to_it() {
        let policy = page(&PublicUrl::parse(None).unwrap(), Kind::Agent);
        assert!(policy.contains("connect-src 'self'; "), "{policy}");
        assert!(
            policy.contains("report-uri /csp-reports; frame-ancestors"),
            "{policy}"
        );
    }
}
