//! A client's end of a stream: server-sent events in, posts out.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::HeaderMap;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;

use crate::socket::{Door, Heard, soon};

/// A stream, which is opened by what is sent first. Dropped, its connection is cut.
pub struct StreamEnd {
    door: Door,
    open: Option<Open>,
}

struct Open {
    key: String,
    headers: HeaderMap,
    body: Incoming,
    came: Vec<u8>,
    connection: JoinHandle<()>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl StreamEnd {
    /// A stream to a server, which nothing was sent to yet.
    #[must_use]
    pub fn new(door: Door) -> Self {
        Self { door, open: None }
    }

    /// Opens it with a frame.
    ///
    /// # Errors
    ///
    /// The HTTP status, if the server refuses.
    pub async fn begin(&mut self, hello: Vec<u8>) -> Result<(), u16> {
        let (response, connection) = post(&self.door, &self.door.path, hello).await;
        if response.status() != 200 {
            connection.abort();
            return Err(response.status().as_u16());
        }
        let (head, body) = response.into_parts();
        let mut open = Open {
            key: String::new(),
            headers: head.headers,
            body,
            came: vec![],
            connection,
        };
        let opening = open.event("the stream's key").await;
        let opening = opening.expect("a stream begins with its key");
        let key = opening.strip_prefix("event: open\ndata: ");
        open.key = key.expect("a stream begins with its key").to_owned();
        self.open = Some(open);
        Ok(())
    }

    /// Posts a frame, or opens the stream with it. A stream that has ended is found out by [`StreamEnd::hear`].
    ///
    /// # Panics
    ///
    /// If the server does not let it open the stream.
    pub async fn send(&mut self, frame: Vec<u8>) {
        if self.open.is_some() {
            let _ended = self.send_under_own_key(frame).await;
        } else {
            self.begin(frame).await.expect("the stream may be opened");
        }
    }

    /// Posts a frame for the stream with a key, and gives the status that it is answered with.
    pub async fn send_under(&self, key: &str, frame: Vec<u8>) -> u16 {
        let body = [key.as_bytes(), b"\n", &frame].concat();
        let (response, connection) = post(&self.door, "/sse/send", body).await;
        connection.abort();
        response.status().as_u16()
    }

    /// The same under its own key.
    pub async fn send_under_own_key(&self, frame: Vec<u8>) -> u16 {
        self.send_under(self.key(), frame).await
    }

    /// What comes next: frames, and in the end its close code.
    pub async fn hear(&mut self, waiting_for: &str) -> Heard {
        let open = self.open.as_mut().expect("something was sent first");
        loop {
            let Some(event) = open.event(waiting_for).await else {
                return Heard::Closed(None);
            };
            if let Some(frame) = event.strip_prefix("data: ") {
                return Heard::Text(frame.to_owned());
            }
            if let Some(code) = event.strip_prefix("event: close\ndata: ") {
                let nothing = open.event("the end of the stream").await;
                assert_eq!(nothing, None, "something came after the close");
                return Heard::Closed(Some(code.parse().expect("a close code is a number")));
            }
            assert_eq!(event, ":", "neither an event nor a comment");
        }
    }

    /// Waits for a comment, which is all that comes where nothing is said.
    pub async fn until_comment(&mut self) {
        let open = self.open.as_mut().expect("something was sent first");
        while open.event("a comment").await.expect("the stream goes on") != ":" {}
    }

    /// The stream's key.
    ///
    /// # Panics
    ///
    /// If it is not open.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.open.as_ref().expect("something was sent first").key
    }

    /// The headers of the answer that is the stream.
    ///
    /// # Panics
    ///
    /// If it is not open.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self
            .open
            .as_ref()
            .expect("something was sent first")
            .headers
    }
}

impl Open {
    /// The next event, without the empty line that ends it; none at the end of the stream.
    async fn event(&mut self, waiting_for: &str) -> Option<String> {
        loop {
            let end = self.came.windows(2).position(|two| two == b"\n\n");
            if let Some(end) = end {
                let rest = self.came.split_off(end + 2);
                let mut event = std::mem::replace(&mut self.came, rest);
                event.truncate(end);
                return Some(String::from_utf8(event).expect("events are text"));
            }
            let frame = match soon(waiting_for, self.body.frame()).await {
                Some(Ok(frame)) => frame,
                Some(Err(_cut)) => return None,
                None => {
                    assert_eq!(self.came, b"", "the stream ended within an event");
                    return None;
                }
            };
            if let Ok(data) = frame.into_data() {
                self.came.extend_from_slice(&data);
            }
        }
    }
}

/// Posts bytes on a connection of their own, which lives as long as its task.
async fn post(door: &Door, path: &str, body: Vec<u8>) -> (Response<Incoming>, JoinHandle<()>) {
    soon(&format!("an answer to POST {path}"), async {
        let stream = TokioIo::new(door.connect().await);
        let (mut sender, connection) = http1::handshake(stream)
            .await
            .expect("the connection can be used");
        let connection = tokio::spawn(async {
            let _ended_or_cut = connection.await;
        });
        let mut request = Request::builder().method(Method::POST).uri(path);
        request = request.header("host", door.address.to_string());
        for (name, value) in &door.headers {
            request = request.header(*name, value);
        }
        let request = request
            .body(Full::new(Bytes::from(body)))
            .expect("the request is well formed");
        let response = sender
            .send_request(request)
            .await
            .expect("the server answers");
        (response, connection)
    })
    .await
}
