//! One connection, over a WebSocket or over a stream: what is common to visitors and agents. The task that runs it owns
//! the socket; everybody else holds its outbox.

mod agent;
pub(crate) mod allowance;
mod frame;
mod signed_in;
mod stream;
mod visitor;
mod wire;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Utf8Bytes, WebSocketUpgrade};
use axum::http::StatusCode;
use protocol::{CloseCode, MAX_FRAME_BYTES, RefusalCode, Refused};
use tokio::time::{Instant, Sleep};
use tokio_util::sync::CancellationToken;

use crate::outbox::{Next, Outbox};
use crate::service::refused_frame;

use wire::{Heard, Wire};

pub use agent::{stream as stream_agent, upgrade as upgrade_agent};
pub use frame::parse as parse_frame;
pub use signed_in::SignedIn;
pub use stream::{Streams, send as send_to_stream};
pub use visitor::{face_of, stream as stream_visitor, upgrade as upgrade_visitor};

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

/// Why somebody may not come in.
type Refusal = (StatusCode, &'static str);

/// A connection, seen from the task that owns it. What carries its frames makes no difference to anybody else.
struct Socket {
    wire: Wire,
    outbox: Arc<Outbox>,
    stopping: CancellationToken,
    patience: Patience,
    opened_at: Instant,
    heard_at: Instant,
    sent_at: Instant,
    /// Looks at the silence now and then; set anew only when it has rung.
    alarm: Pin<Box<Sleep>>,
}

impl Socket {
    fn new(wire: Wire, stopping: CancellationToken, patience: Patience) -> Self {
        let now = Instant::now();
        let mut socket = Self {
            wire,
            outbox: Arc::default(),
            stopping,
            patience,
            opened_at: now,
            heard_at: now,
            sent_at: now,
            alarm: Box::pin(tokio::time::sleep(Duration::ZERO)),
        };
        socket.set_alarm();
        socket
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
                heard = self.wire.hear() => {
                    if let Some(text) = self.heard(heard).await? {
                        return Some(text);
                    }
                }
                () = &mut self.alarm => {
                    let now = Instant::now();
                    if self.silent_at() <= now {
                        return self.close(CloseCode::Silent).await;
                    }
                    if self.idle_at().is_some_and(|idle_at| idle_at <= now) {
                        self.send_all(VecDeque::new()).await?;
                    }
                    self.set_alarm();
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

    async fn heard(&mut self, heard: Heard) -> Option<Option<Utf8Bytes>> {
        self.heard_at = Instant::now();
        match heard {
            Heard::Text(text) => Some(Some(text)),
            Heard::NotText => {
                self.refuse(Refused::new(None, RefusalCode::NotText));
                Some(None)
            }
            Heard::Life => Some(None),
            Heard::Farewell => {
                // The answer to the close was made by reading it; the client waits for it.
                let _gone_or_slow =
                    tokio::time::timeout(self.patience.write, self.wire.flush()).await;
                None
            }
            Heard::Wrong(code) => self.close(code).await,
            Heard::Lost => None,
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
        self.sent_at = Instant::now();
        match tokio::time::timeout(self.patience.write, self.wire.send(frames)).await {
            Ok(Ok(())) => Some(()),
            // The client has gone, or its buffers have been full for ten seconds: nothing can be told to it.
            Ok(Err(_)) | Err(_) => None,
        }
    }

    /// Says why, waits until the client has heard it, and ends. Always none.
    async fn close<T>(&mut self, code: CloseCode) -> Option<T> {
        metrics::counter!("human_please_closed_total", "code" => code.number().to_string())
            .increment(1);
        let closing = self.wire.close(code);
        let is_told = matches!(
            tokio::time::timeout(self.patience.write, closing).await,
            Ok(Ok(()))
        );
        // Who has said nothing for so long will not answer either, and has sent nothing that is unread.
        if is_told && code != CloseCode::Silent {
            // A connection that is dropped with something unread is reset, and the reason may be lost on its way.
            let _gone_or_silent =
                tokio::time::timeout(self.patience.farewell, self.wire.farewell()).await;
        }
        None
    }

    /// When a client that goes on saying nothing is taken for dead.
    fn silent_at(&self) -> Instant {
        self.heard_at + 2 * self.patience.heartbeat
    }

    /// When something must be sent to keep what carries the frames open, if it needs that.
    fn idle_at(&self) -> Option<Instant> {
        self.wire
            .is_cut_when_idle()
            .then(|| self.sent_at + self.patience.heartbeat)
    }

    fn set_alarm(&mut self) {
        let silent_at = self.silent_at();
        let next = self.idle_at().map_or(silent_at, |at| at.min(silent_at));
        self.alarm.as_mut().reset(next);
    }
}
