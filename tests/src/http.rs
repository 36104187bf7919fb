//! A client of the server's pages and resources.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::HeaderMap;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::socket::soon;

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value; none if it is not there.
    ///
    /// # Panics
    ///
    /// If it is no text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("headers are text"))
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

/// Gets a page.
pub async fn get(address: SocketAddr, path: &str) -> Answer {
    request(address, Method::GET, path, &[], "").await
}

/// Sends a request, on a connection of its own.
///
/// # Panics
///
/// If the server does not answer.
pub async fn request(
    address: SocketAddr,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    soon(&format!("an answer to {method} {path}"), async {
        let stream = TcpStream::connect(address)
            .await
            .expect("the server listens");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .expect("the connection can be used");
        let mut request = Request::builder().method(&method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", address.to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = Full::new(Bytes::from(body.to_owned()));
        let request = request.body(body).expect("the request is well formed");
        let answering = async {
            let response = sender
                .send_request(request)
                .await
                .expect("the server answers");
            let (head, body) = response.into_parts();
            let body = body
                .collect()
                .await
                .expect("the body arrives")
                .to_bytes()
                .to_vec();
            Answer {
                status: head.status.as_u16(),
                headers: head.headers,
                body,
            }
        };
        tokio::pin!(answering);
        tokio::select! {
            answer = &mut answering => answer,
            // The server closed: what it had answered is there.
            _ended = connection => answering.await,
        }
    })
    .await
}

/// Signs an agent in and gives the answer; the session is in its cookie.
pub async fn sign_in(address: SocketAddr, email: &str, password: &str) -> Answer {
    let body = serde_json::json!({ "email": email, "password": password }).to_string();
    let headers = [("content-type", "application/json")];
    request(
        address,
        Method::POST,
        "/api/v1/agent/session",
        &headers,
        &body,
    )
    .await
}

/// The session in the answer to a sign-in.
///
/// # Panics
///
/// If it has none.
#[must_use]
pub fn session(answer: &Answer) -> String {
    let cookie = answer
        .header("set-cookie")
        .expect("a session comes as a cookie");
    let (pair, _) = cookie.split_once(';').expect("the cookie has attributes");
    let (_, token) = pair.split_once('=').expect("the cookie has a value");
    token.to_owned()
}
