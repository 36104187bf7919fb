//! Where a browser takes notices. The address comes from a client, so it is held to what push services' addresses look like
//! before anything is sent there; where its name leads is looked at when it is (see [`reach`](super::reach)).

use axum::http::Uri;

/// The longest address, in bytes. Those of today's push services have up to some 600.
pub const MAX_BYTES: usize = 2_048;

/// The longest name that DNS has, in bytes (RFC 1035, 2.3.4).
const MAX_NAME_BYTES: usize = 253;

/// What follows the last dot of names that lead to machines nearby and never to a push service: this machine, those found by
/// asking around (RFC 6762), private networks, among them the clouds' own, reverse names and hidden services.
const NEARBY: [&str; 7] = [
    "localhost",
    "local",
    "internal",
    "lan",
    "intranet",
    "arpa",
    "onion",
];

/// An address that may be that of a push service: `https`, at its own port, by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    host: String,
    target: String,
}

/// Why an address is none. The text is for whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadEndpoint {
    /// Longer than [`MAX_BYTES`].
    #[error("The endpoint is longer than 2048 bytes.")]
    TooLong,
    /// No URL, or one with a fragment, which is never sent.
    #[error("The endpoint is not a URL that requests can be sent to.")]
    NoUrl,
    /// Another scheme.
    #[error("The endpoint does not begin with https://.")]
    NotHttps,
    /// It holds a user's name or a password.
    #[error("The endpoint has a user name or a password in it.")]
    Credentials,
    /// Another port.
    #[error("The endpoint names another port than 443.")]
    OtherPort,
    /// A number, this machine, or a name that only a private network knows.
    #[error("The endpoint's host is not a public name, such as push.example.com.")]
    NoPublicName,
}

impl Endpoint {
    /// Checks what a client sent.
    ///
    /// # Errors
    ///
    /// [`BadEndpoint`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadEndpoint> {
        if text.len() > MAX_BYTES {
            return Err(BadEndpoint::TooLong);
        }
        // A part behind # is dropped without a word by whoever reads a URL.
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'\\'));
        let uri: Uri = match text.parse() {
            Ok(uri) if is_plain => uri,
            _ => return Err(BadEndpoint::NoUrl),
        };
        match uri.scheme_str() {
            Some("https") => {}
            Some(_) => return Err(BadEndpoint::NotHttps),
            None => return Err(BadEndpoint::NoUrl),
        }
        let authority = uri.authority().ok_or(BadEndpoint::NoUrl)?;
        if authority.as_str().contains('@') {
            return Err(BadEndpoint::Credentials);
        }
        let host = authority.host().to_ascii_lowercase();
        // As it is written: a port that is no number is not nothing.
        let port = authority.as_str().get(host.len()..).unwrap_or(":");
        if !matches!(port, "" | ":443") {
            return Err(BadEndpoint::OtherPort);
        }
        if !is_public_name(&host) {
            return Err(BadEndpoint::NoPublicName);
        }
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        Ok(Self {
            host,
            target: target.to_owned(),
        })
    }

    /// The name of the machine.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What is asked of it: path and query. A secret, as the whole address is.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Scheme and host: whom a signature is for.
    #[must_use]
    pub fn origin(&self) -> String {
        ["https://", &self.host].concat()
    }
}

/// Whether a host is a name of two labels or more, as the public DNS has them. Whatever some program would read as an IP address
/// ends with a label that begins with a digit, and no such name is in the public DNS (RFC 3696, 2).
fn is_public_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let Some((_, last)) = host.rsplit_once('.') else {
        return false;
    };
    host.len() <= MAX_NAME_BYTES
        && host.split('.').all(is_label)
        && last.starts_with(|first: char| first.is_ascii_alphabetic())
        && !NEARBY.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn push_services_addresses_are_taken_as_they_are() {
        for (text, host, target) in [
            (
                "https://fcm.googleapis.com/fcm/send/dGhlIG5hbWU:APA91b_x-y",
                "fcm.googleapis.com",
                "/fcm/send/dGhlIG5hbWU:APA91b_x-y",
            ),
            (
                "https://updates.push.services.mozilla.com/wpush/v2/gAAAAA==",
                "updates.push.services.mozilla.com",
                "/wpush/v2/gAAAAA==",
            ),
            (
                "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2b%3d",
                "wns2-par02p.notify.windows.com",
                "/w/?token=BQYAAA%2b%3d",
            ),
            ("https://Web.Push.Apple.com:443", "web.push.apple.com", "/"),
        ] {
            let endpoint = Endpoint::parse(text).unwrap();
            assert_eq!(
                (endpoint.host(), endpoint.target()),
                (host, target),
                "{text}"
            );
            assert_eq!(endpoint.origin(), format!("https://{host}"));
        }
    }

    /// S12: the corpus of addresses that lead a server astray.
    #[test]
    fn what_is_no_push_services_address_is_refused_with_the_reason() {
        let long = format!("https://push.example/{}", "x".repeat(MAX_BYTES));
        let long_name = format!("https://{}example/x", "a.".repeat(130));
        use BadEndpoint::*;
        for (text, why) in [
            ("http://push.example/x", NotHttps),
            ("wss://push.example/x", NotHttps),
            ("file:///etc/passwd", NoUrl),
            ("gopher://push.example/x", NotHttps),
            ("javascript:alert(1)", NoUrl),
            ("//push.example/x", NoUrl),
            ("/x", NoUrl),
            ("push.example", NoUrl),
            ("", NoUrl),
            (" https://push.example/x", NoUrl),
            ("https://push.example/a b", NoUrl),
            ("https://push.example/x\r\nHost: evil", NoUrl),
            ("https://push.example/x#y", NoUrl),
            ("https://push.example#@evil.example/", NoUrl),
            ("https://push.example\\@evil.example/", NoUrl),
            ("https://pußh.example/", NoUrl),
            ("https:///x", NoUrl),
            ("https://user@push.example/", Credentials),
            ("https://user:pass@push.example/", Credentials),
            ("https://push.example@127.0.0.1/", Credentials),
            ("https://push.example:80/", OtherPort),
            ("https://push.example:8443/", OtherPort),
            ("https://push.example:0443/", OtherPort),
            ("https://push.example:/", OtherPort),
            ("https://127.0.0.1/", NoPublicName),
            ("https://127.1/", NoPublicName),
            ("https://2130706433/", NoPublicName),
            ("https://0x7f.0.0.1/", NoPublicName),
            ("https://0177.0.0.1/", NoPublicName),
            ("https://push.example.0x7f/", NoPublicName),
            ("https://169.254.169.254/latest/meta-data/", NoPublicName),
            ("https://[::1]/", NoPublicName),
            ("https://[::ffff:169.254.169.254]/", NoPublicName),
            ("https://[fd00:ec2::254]:443/", NoPublicName),
            ("https://localhost/", NoPublicName),
            ("https://LOCALHOST/", NoPublicName),
            ("https://push.localhost/", NoPublicName),
            ("https://intranet/", NoPublicName),
            ("https://printer.local/", NoPublicName),
            ("https://metadata.google.internal/", NoPublicName),
            ("https://push.example./", NoPublicName),
            ("https://push..example/", NoPublicName),
            ("https://.example/", NoPublicName),
            ("https://-push.example/", NoPublicName),
            ("https://push%2eexample/", NoUrl),
            (&long, TooLong),
            (&long_name, NoPublicName),
        ] {
            assert_eq!(Endpoint::parse(text).err(), Some(why), "{text}");
        }
    }
}
