//! One notice on its way to a push service (RFC 8030): one request on a connection of its own.
//!
//! The crate `web-push` would do this, but it brings OpenSSL and, by `ece`, the MPL; its client is isahc on curl, or a hyper of an
//! older generation: some two hundred packages. What is needed of it is small: hyper is here already, rustls with `ring` adds
//! eight packages that are C and Rust and nothing of the system's, and `ring` has all the cryptography that the notices need.
//! (`aws-lc-rs`, which rustls comes with otherwise, takes minutes to compile.)

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderName, RETRY_AFTER,
};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::fmt::rfc2822;
use protocol::Timestamp;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::endpoint::Endpoint;
use super::reach::Reach;

/// How long an address may take to be connected to before the next is tried.
const CONNECT: Duration = Duration::from_secs(2);

/// The longest head of an answer. Nothing else is read of one: its connection is closed then.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// What is sent, and how a push service is to treat it.
pub struct Letter {
    /// The notice, encrypted.
    pub body: Vec<u8>,
    /// Who sends it.
    pub authorization: String,
    /// The service keeps one notice of each topic, the newest.
    pub topic: String,
    /// How long the service keeps it for a browser that is not there.
    pub keep: Duration,
}

/// What a push service answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// It took the notice.
    Taken,
    /// There is no such subscription any more.
    Gone,
    /// Not now: again after this time, if it named one.
    Later(Option<Duration>),
    /// Not this one, and not a second time either. Redirections are among these: they are not followed.
    Refused(StatusCode),
}

/// Why a notice did not get to a push service.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// Its name leads to nothing that may be sent to.
    #[error("the endpoint leads to no public address")]
    NoPublicAddress,
    /// It could not be reached, or who answered is another. (The text of such an error may name the machine.)
    #[error("the push service cannot be reached: {}", .0.kind())]
    Unreachable(#[from] io::Error),
    /// It broke off, or what it said is no HTTP.
    #[error("the push service gave no answer: {0}")]
    NoAnswer(#[from] hyper::Error),
}

/// What connections to push services are made with: it trusts those whom the machine trusts, or a test's authority.
///
/// # Errors
///
/// A text that says what is missing.
pub fn connector(reach: &Reach) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    match reach {
        Reach::Internet => {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
        }
        Reach::Staged(stage) => {
            roots.add_parsable_certificates(stage.root.clone());
        }
    }
    if roots.is_empty() {
        let advice =
            "this machine has no list of authorities; install it (often as ca-certificates)";
        return Err(advice.into());
    }
    let provider = tokio_rustls::rustls::crypto::ring::default_provider();
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Sends a letter and reads the head of the answer. It takes as long as it takes: give it a time.
///
/// # Errors
///
/// [`Lost`] if there was no answer.
pub async fn post(
    connector: &TlsConnector,
    reach: &Reach,
    endpoint: &Endpoint,
    letter: Letter,
    now: Timestamp,
) -> Result<Answered, Lost> {
    let stream = connect(connector, reach, endpoint).await?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_HEAD_BYTES)
        .handshake(TokioIo::new(stream))
        .await?;
    let request = request(endpoint, letter);
    let answer = tokio::select! {
        answer = sender.send_request(request) => answer?,
        // It ends while the answer is awaited only by failing, and then says why.
        ended = connection => {
            ended?;
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
    };
    Ok(understood(answer.status(), answer.headers(), now))
}

async fn connect(
    connector: &TlsConnector,
    reach: &Reach,
    endpoint: &Endpoint,
) -> Result<TlsStream<TcpStream>, Lost> {
    let mut failed = None;
    for address in reach.addresses(endpoint).await? {
        let connecting = tokio::time::timeout(CONNECT, TcpStream::connect(address));
        let stream = match connecting.await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => {
                failed = Some(error);
                continue;
            }
            Err(elapsed) => {
                failed = Some(elapsed.into());
                continue;
            }
        };
        // A small request is sent at once.
        stream.set_nodelay(true)?;
        let name = ServerName::try_from(endpoint.host().to_owned()).map_err(io::Error::other)?;
        return Ok(connector.connect(name, stream).await?);
    }
    Err(failed.map_or(Lost::NoPublicAddress, Lost::Unreachable))
}

fn request(endpoint: &Endpoint, letter: Letter) -> Request<Body> {
    // What is left of a second counts as one: 0 would mean that nobody keeps it at all.
    let keep = letter.keep.as_secs() + u64::from(letter.keep.subsec_nanos() > 0);
    Request::builder()
        .method(Method::POST)
        .uri(endpoint.target())
        .header(HOST, endpoint.host())
        .header(AUTHORIZATION, letter.authorization)
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(CONTENT_ENCODING, "aes128gcm")
        .header(HeaderName::from_static("ttl"), keep)
        .header(HeaderName::from_static("urgency"), "high")
        .header(HeaderName::from_static("topic"), letter.topic)
        .body(Body::from(letter.body))
        .expect("an endpoint's parts are those of a URL")
}

fn understood(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Answered {
    match status {
        status if status.is_success() => Answered::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Answered::Gone,
        status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
            let after = headers.get(RETRY_AFTER).and_then(|it| it.to_str().ok());
            Answered::Later(after.and_then(|after| wait_of(after, now)))
        }
        status => Answered::Refused(status),
    }
}

/// How long `Retry-After` asks to wait: a number of seconds, or a date.
fn wait_of(after: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = after.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::DateTimeParser::new().parse_timestamp(after).ok()?;
    let milliseconds = date.as_millisecond().saturating_sub(now.0);
    Some(Duration::from_millis(
        u64::try_from(milliseconds).unwrap_or(0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_whether_to_try_again_and_when() {
        // 21 October 2015, 07:28:00 UTC.
        let now = Timestamp(1_445_412_480_000);
        let after = |status: u16, after: Option<&str>| {
            let headers = after.map(|after| (RETRY_AFTER, after.parse().unwrap()));
            understood(
                StatusCode::from_u16(status).unwrap(),
                &headers.into_iter().collect(),
                now,
            )
        };
        for status in [200, 201, 202, 204] {
            assert_eq!(after(status, None), Answered::Taken);
        }
        for status in [404, 410] {
            assert_eq!(after(status, Some("1")), Answered::Gone);
        }
        for status in [429, 500, 502, 503] {
            for (header, wait) in [
                (None, None),
                (Some("0"), Some(0)),
                (Some("7"), Some(7)),
                (Some("Wed, 21 Oct 2015 07:28:30 GMT"), Some(30)),
                (Some("Wed, 21 Oct 2015 07:27:00 GMT"), Some(0)),
                (Some("soon"), None),
                (Some("-1"), None),
            ] {
                let wait = wait.map(Duration::from_secs);
                assert_eq!(after(status, header), Answered::Later(wait), "{header:?}");
            }
        }
        for status in [301, 307, 400, 401, 403, 413] {
            let refused = StatusCode::from_u16(status).unwrap();
            assert_eq!(after(status, None), Answered::Refused(refused));
        }
    }

    #[test]
    fn a_request_has_the_headers_that_push_services_ask_for() {
        let endpoint = Endpoint::parse("https://push.example/a/b?c=d").unwrap();
        let letter = |milliseconds| Letter {
            body: vec![1, 2, 3],
            authorization: "vapid t=x, k=y".into(),
            topic: "topic".into(),
            keep: Duration::from_millis(milliseconds),
        };
        let asked = request(&endpoint, letter(59_001));
        assert_eq!(asked.method(), Method::POST);
        assert_eq!(asked.uri(), "/a/b?c=d");
        for (name, value) in [
            ("host", "push.example"),
            ("authorization", "vapid t=x, k=y"),
            ("content-encoding", "aes128gcm"),
            ("ttl", "60"),
            ("urgency", "high"),
            ("topic", "topic"),
        ] {
            assert_eq!(asked.headers()[name], value, "{name}");
        }
        assert_eq!(request(&endpoint, letter(60_000)).headers()["ttl"], "60");
        assert_eq!(request(&endpoint, letter(0)).headers()["ttl"], "0");
    }
}
