//! The way in for whoever gets no WebSocket through: the server's frames are server-sent events in the answer to one
//! post, and each of the client's is a post of its own, which names the stream by its key.
//!
//! The key is told in the stream alone. Who knows it may speak for whoever opened the stream, and only from the page
//! that opened it.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::ws::Utf8Bytes;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, HeaderName, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use protocol::{CloseCode, MAX_FRAME_BYTES};
use tokio::sync::mpsc;

use super::Socket;
use super::wire::{Gone, Heard, Wire};
use crate::app::App;
use crate::origin::From;
use crate::secret;

/// Hexadecimal digits of a key, which has 128 bits.
const KEY_DIGITS: usize = 32;

/// The most that a post holds: the key, a line feed, and a frame.
const MAX_POST_BYTES: usize = KEY_DIGITS + 1 + MAX_FRAME_BYTES;

/// The most bytes of events that are handed on at once, if one event is not longer: with what the HTTP connection
/// buffers by itself (`accept.rs`) and the outbox, less than 1 MiB however a client behaves.
const CHUNK_BYTES: usize = 16 * 1024;

/// What is sent where nothing else is: a comment, which clients pass over.
const NOTHING: &str = ":\n\n";

/// The streams of this server that are open.
#[derive(Default)]
pub struct Streams {
    by_key: Mutex<HashMap<Key, Entry>>,
}

type Key = u128;

/// What came by a post, or what was wrong with it.
type Post = Result<Utf8Bytes, CloseCode>;

struct Entry {
    inbox: mpsc::Sender<Post>,
    page: Page,
}

/// The page that a request comes from.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// As the browser names it; none if it is no page.
    origin: Option<HeaderValue>,
    /// It is one of the site's and not our own: the browser asks whether it may read the answer.
    is_elsewhere: bool,
}

impl Page {
    /// The page that sent these headers, which was found to be `from`.
    pub fn of(headers: &HeaderMap, from: From) -> Self {
        Self {
            origin: headers.get(ORIGIN).cloned(),
            is_elsewhere: from == From::Site,
        }
    }

    /// Lets the page read an answer.
    fn allow(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = self.origin.clone().filter(|_| self.is_elsewhere) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        response
    }
}

/// A stream, seen from the task that owns it. Dropped, its answer ends and its key opens nothing.
pub struct Stream {
    events: mpsc::Sender<Bytes>,
    inbox: mpsc::Receiver<Post>,
    key: Key,
    streams: Arc<Streams>,
}

/// Begins a stream, which `serve` serves, with the first frame of the client. The answer is the stream.
pub fn begin<F>(
    app: &Arc<App>,
    page: Page,
    hello: String,
    serve: impl FnOnce(Socket) -> F,
) -> Response
where
    F: Future<Output = ()> + Send + 'static,
{
    let (events, sent) = mpsc::channel(1);
    let (post, inbox) = mpsc::channel(1);
    let key = secret::random_id();
    let opening = format!("event: open\ndata: {key:032x}\n\n");
    // Both channels have room for one.
    let _room = (
        events.try_send(opening.into()),
        post.try_send(Ok(hello.into())),
    );
    let entry = Entry {
        inbox: post,
        page: page.clone(),
    };
    app.streams.lock().insert(key, entry);
    let wire = Wire::Stream(Stream {
        events,
        inbox,
        key,
        streams: Arc::clone(&app.streams),
    });
    let socket = Socket::new(wire, app.stopping.clone(), app.patience);
    tokio::spawn(app.sockets.track_future(serve(socket)));
    let body = stream::unfold(sent, |mut sent| async {
        let bytes = sent.recv().await?;
        Some((Ok::<_, Infallible>(bytes), sent))
    });
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        // Neither kept nor packed by anybody on the way: both would hold events back.
        (CACHE_CONTROL, "no-store, no-transform"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    page.allow((headers, Body::from_stream(body)).into_response())
}

/// `POST /sse/send`: a frame for a stream. The body is the stream's key, a line feed, and the frame; what it brings is
/// told in the stream.
pub async fn send(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    let Ok(read) = tokio::time::timeout(app.patience.write, read(body)).await else {
        return StatusCode::REQUEST_TIMEOUT.into_response();
    };
    let Some((key, post)) = read else {
        let text = "Send the stream's key, a line feed, and one frame.\n";
        return (StatusCode::BAD_REQUEST, text).into_response();
    };
    let origin = headers.get(ORIGIN);
    // A key that somebody else's page has come by is as good as none.
    let found = app.streams.lock().get(&key).and_then(|entry| {
        let is_same = entry.page.origin.as_ref() == origin;
        is_same.then(|| (entry.inbox.clone(), entry.page.clone()))
    });
    let gone = || {
        (
            StatusCode::NOT_FOUND,
            "This stream has ended; open another one.\n",
        )
    };
    let Some((inbox, page)) = found else {
        return gone().into_response();
    };
    let status = match post {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(CloseCode::TooBig) => StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => StatusCode::BAD_REQUEST,
    };
    // It waits while the stream's task is busy. A task that ends lets go of it.
    page.allow(match inbox.send(post).await {
        Ok(()) => status.into_response(),
        Err(_) => gone().into_response(),
    })
}

/// Reads a post; none if it has no key, or broke off.
async fn read(body: Body) -> Option<(Key, Post)> {
    let mut parts = body.into_data_stream();
    let mut bytes = vec![];
    while let Some(part) = parts.next().await {
        bytes.extend_from_slice(&part.ok()?);
        if bytes.len() > MAX_POST_BYTES {
            break;
        }
    }
    let (key, frame) = bytes.split_at_checked(KEY_DIGITS)?;
    let frame = frame.strip_prefix(b"\n")?;
    let key = Key::from_str_radix(str::from_utf8(key).ok()?, 16).ok()?;
    let post = if frame.len() > MAX_FRAME_BYTES {
        Err(CloseCode::TooBig)
    } else {
        Utf8Bytes::try_from(frame.to_vec()).map_err(|_| CloseCode::NotUtf8)
    };
    Some((key, post))
}

impl Stream {
    /// What comes next. Cancel safe.
    pub async fn hear(&mut self) -> Heard {
        tokio::select! {
            post = self.inbox.recv() => match post {
                Some(Ok(text)) => Heard::Text(text),
                Some(Err(code)) => Heard::Wrong(code),
                None => Heard::Lost,
            },
            () = self.events.closed() => Heard::Lost,
        }
    }

    /// Sends frames; without any, a comment.
    ///
    /// # Errors
    ///
    /// [`Gone`] if the client is.
    pub async fn send(&mut self, frames: VecDeque<Utf8Bytes>) -> Result<(), Gone> {
        let mut chunk = String::new();
        if frames.is_empty() {
            chunk.push_str(NOTHING);
        }
        for frame in frames {
            if !chunk.is_empty() && chunk.len() + frame.len() > CHUNK_BYTES {
                self.send_chunk(std::mem::take(&mut chunk)).await?;
            }
            // No frame has a line feed: JSON writes it as an escape.
            chunk.push_str("data: ");
            chunk.push_str(&frame);
            chunk.push_str("\n\n");
        }
        self.send_chunk(chunk).await
    }

    /// Says why nothing follows.
    ///
    /// # Errors
    ///
    /// [`Gone`] if the client is.
    pub async fn close(&mut self, code: CloseCode) -> Result<(), Gone> {
        self.send_chunk(format!("event: close\ndata: {}\n\n", code.number()))
            .await
    }

    async fn send_chunk(&self, chunk: String) -> Result<(), Gone> {
        self.events.send(chunk.into()).await.map_err(|_| Gone)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.streams.lock().remove(&self.key);
    }
}

impl Streams {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Entry>> {
        self.by_key.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
