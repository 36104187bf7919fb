//! The Content Security Policy of our pages, in one place: what they may load, and who may show them in a frame.

use crate::origin::PublicUrl;
use crate::store::Site;

/// Nothing that a page of ours needs: not even asked for.
pub const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

/// Who may show a page in a frame.
pub enum Framing<'a> {
    /// Nobody: the agents' page.
    Nobody,
    /// Ourselves only: help articles.
    Own,
    /// Ourselves and the pages that a site allows.
    Site(&'a Site),
}

/// The policy of a page: our own files, WebAssembly, our own sockets, and nothing inline.
pub fn page(public_url: &PublicUrl, framing: Framing<'_>) -> String {
    let mut policy = String::from(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; connect-src 'self'",
    );
    // Not every browser takes 'self' for a socket of the same host.
    if let Some(socket) = public_url.socket_origin() {
        policy.push(' ');
        policy.push_str(&socket);
    }
    // Strings become markup only through the one policy that the pages' boot module makes, and code never.
    policy.push_str("; require-trusted-types-for 'script'; trusted-types default");
    policy.push_str("; frame-ancestors ");
    match framing {
        Framing::Nobody => policy.push_str("'none'"),
        Framing::Own => policy.push_str("'self'"),
        Framing::Site(site) => {
            policy.push_str("'self'");
            for origin in &site.settings.origins {
                policy.push(' ');
                policy.push_str(origin);
            }
        }
    }
    policy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{NewSite, SiteId};

    #[test]
    fn a_site_may_be_framed_by_its_own_pages_only() {
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
        let site = Site {
            id: SiteId(1),
            settings,
        };
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        let policy = page(&public_url, Framing::Site(&site));
        assert!(
            policy
                .ends_with("frame-ancestors 'self' https://shop.example https://www.shop.example"),
            "{policy}"
        );
        assert!(
            policy.contains("connect-src 'self' wss://chat.example;"),
            "{policy}"
        );
        assert!(page(&public_url, Framing::Nobody).ends_with("frame-ancestors 'none'"));
    }

    #[test]
    fn nothing_inline_and_nothing_evaluated_but_webassembly() {
        let policy = page(&PublicUrl::parse(None).unwrap(), Framing::Own);
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
    }
}
