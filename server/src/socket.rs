//! One WebSocket connection: what is common to visitors and agents. The task that runs it owns the socket; everybody
//! else holds its outbox.

mod agent;
pub(crate) mod allowance;
mod frame;
mod signed_in;
mod visitor;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use futures_util::SinkExt;
use protocol::{CloseCode, MAX_FRAME_BYTES, RefusalCode, Refused};
use tokio::time::{Instant, Sleep};
use tokio_util::sync::CancellationToken;

use crate::outbox::{Next, Outbox};
use crate::service::refused_frame;

pub use agent::upgrade as upgrade_agent;
pub use frame::parse as parse_frame;
pub use signed_in::SignedIn;
pub use visitor::{face_of, upgrade as upgrade_visitor};

/// How long a server waits for its clients. Tests wait less.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// The longest silence of a client that is there. Two of them and it is taken for dead.
    pub heartbeat: Duration,
    /// How long a client may take to say hello.
    pub hello: Duration,
    /// How long a client may take to read what is sent to it.
    pub write: Duration,
    /// How long a client that was told why it is closed may take to answer.
    pub farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(15),
            hello: Duration::from_secs(10),
            write: Duration::from_secs(10),
            farewell: Duration::from_secs(1),
        }
    }
}

/// Connections of one server. Each costs up to 1 MiB if its client is hostile.
pub const MAX_CONNECTIONS: usize = 50_000;

/// Sets the limits of a socket; axum's own defaults are vast. The buffers hold one usual frame, so that an idle
/// connection stays small; the write buffer may grow to the largest page of history.
fn with_limits(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(4 * 1024)
        .write_buffer_size(8 * 1024)
        .max_write_buffer_size(640 * 1024)
        .max_frame_size(MAX_FRAME_BYTES)
        .max_message_size(MAX_FRAME_BYTES)
}

/// A connection, seen from the task that owns it.
struct Socket {
    socket: WebSocket,
    outbox: Arc<Outbox>,
    stopping: CancellationToken,
    patience: Patience,
    opened_at: Instant,
    heard_at: Instant,
    /// Looks at the silence now and then; set anew only when it has rung.
    alarm: Pin<Box<Sleep>>,
}

impl Socket {
    fn new(socket: WebSocket, stopping: CancellationToken, patience: Patience) -> Self {
        Self {
            socket,
            outbox: Arc::default(),
            stopping,
            patience,
            opened_at: Instant::now(),
            heard_at: Instant::now(),
            alarm: Box::pin(tokio::time::sleep(2 * patience.heartbeat)),
        }
    }

    /// The next text of the client, while everything in the outbox is sent. None when the connection has ended.
    async fn next(&mut self) -> Option<Utf8Bytes> {
        loop {
            tokio::select! {
                biased;
                next = self.outbox.next() => match next {
                    Next::Send(frames) => self.send_all(frames).await?,
                    Next::Close(code) => return self.close(code).await,
                },
                // Before the client is heard: one that never pauses must not keep the server from stopping.
                () = self.stopping.cancelled() => return self.close(CloseCode::Restart).await,
                message = self.socket.recv() => {
                    if let Some(text) = self.heard(message?).await? {
                        return Some(text);
                    }
                }
                () = &mut self.alarm => {
                    let silent_until = self.heard_at + 2 * self.patience.heartbeat;
                    if silent_until <= Instant::now() {
                        return self.close(CloseCode::Silent).await;
                    }
                    self.alarm.as_mut().reset(silent_until);
                }
            }
        }
    }

    /// The next text of a client that has not been greeted. It cannot talk itself out of saying hello in time.
    async fn before_hello(&mut self) -> Option<Utf8Bytes> {
        let hello_until = self.opened_at + self.patience.hello;
        match tokio::time::timeout_at(hello_until, self.next()).await {
            Ok(text) => text,
            Err(_) => self.close(CloseCode::NoHello).await,
        }
    }

    async fn heard(&mut self, message: Result<Message, axum::Error>) -> Option<Option<Utf8Bytes>> {
        self.heard_at = Instant::now();
        match message {
            Ok(Message::Text(text)) => Some(Some(text)),
            Ok(Message::Binary(_)) => {
                self.refuse(Refused::new(None, RefusalCode::NotText));
                Some(None)
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => Some(None),
            Ok(Message::Close(_)) => {
                // The answer to the close was made by reading it; the client waits for it.
                let _gone_or_slow =
                    tokio::time::timeout(self.patience.write, self.socket.flush()).await;
                None
            }
            Err(error) => match close_code_of(&error) {
                Some(code) => self.close(code).await,
                None => None,
            },
        }
    }

    /// Sends a frame before everything in the outbox.
    async fn send_now(&mut self, frame: Utf8Bytes) -> Option<()> {
        self.send_all(VecDeque::from([frame])).await
    }

    fn refuse(&self, refused: Refused) {
        self.outbox.push(refused_frame(refused));
    }

    async fn send_all(&mut self, frames: VecDeque<Utf8Bytes>) -> Option<()> {
        let socket = &mut self.socket;
        let sending = async {
            for frame in frames {
                socket.feed(Message::Text(frame)).await?;
            }
            socket.flush().await
        };
        match tokio::time::timeout(self.patience.write, sending).await {
            Ok(Ok(())) => Some(()),
            // The client has gone, or its buffers have been full for ten seconds: nothing can be told to it.
            Ok(Err(_)) | Err(_) => None,
        }
    }

    /// Says why, waits until the client has heard it, and ends. Always none.
    async fn close<T>(&mut self, code: CloseCode) -> Option<T> {
        metrics::counter!("human_please_closed_total", "code" => code.number().to_string())
            .increment(1);
        let frame = CloseFrame {
            code: code.number(),
            reason: code.reason().into(),
        };
        let closing = self.socket.send(Message::Close(Some(frame)));
        if matches!(
            tokio::time::timeout(self.patience.write, closing).await,
            Ok(Ok(()))
        ) {
            // A connection that is dropped with something unread is reset, and the reason may be lost on its way.
            let answered = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            let _gone_or_silent = tokio::time::timeout(self.patience.farewell, answered).await;
        }
        None
    }
}

/// The code for what the client did wrong on the level of frames; none if the connection was just lost.
fn close_code_of(error: &axum::Error) -> Option<CloseCode> {
    // axum hides the kind of error; its text is all there is, and a test holds it.
    let text =
        std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    if text.contains("too long") || text.contains("too big") {
        Some(CloseCode::TooBig)
    } else if text.contains("UTF-8") {
        Some(CloseCode::NotUtf8)
    } else {
        None
    }
}
