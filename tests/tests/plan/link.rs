//! A connection in memory whose every byte a plan can hold back, let through, or lose.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc;

/// What a server may write before the client has to read, in bytes: as much as a kernel takes.
const ROOM: usize = 256 * 1024;

/// The client's end. The server's is [`ServerEnd`].
#[derive(Clone)]
pub struct Link {
    pipes: Arc<Mutex<Pipes>>,
}

#[derive(Default)]
struct Pipes {
    /// Sent by the client, and nowhere yet.
    under_way: VecDeque<u8>,
    /// At the server, which has not read it.
    arrived: VecDeque<u8>,
    /// Nothing more arrives after what has.
    up_ended: bool,
    /// Sent by the server, and not read by the client.
    down: VecDeque<u8>,
    down_held: bool,
    client_gone: bool,
    server_gone: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Link {
    /// A new connection, and its other end.
    pub fn new() -> (Self, ServerEnd) {
        let link = Self {
            pipes: Arc::default(),
        };
        let end = ServerEnd(link.clone());
        (link, end)
    }

    /// Lets everything that is under way to the server arrive. False if nothing was.
    pub fn let_up(&self) -> bool {
        let mut pipes = self.lock();
        let Pipes {
            under_way, arrived, ..
        } = &mut *pipes;
        if under_way.is_empty() {
            return false;
        }
        arrived.append(under_way);
        pipes.wake_reader();
        true
    }

    /// Holds back what comes from the server, or not.
    pub fn hold_down(&self, held: bool) {
        self.lock().down_held = held;
    }

    /// Cuts the connection. Of what was under way to the server `permille` still arrives, which may end in the middle
    /// of a frame; what the client has not read is lost.
    pub fn cut(&self, permille: usize) {
        let mut pipes = self.lock();
        let arrives = pipes.under_way.len() * permille / 1_000;
        let Pipes {
            under_way, arrived, ..
        } = &mut *pipes;
        arrived.extend(under_way.drain(..arrives));
        under_way.clear();
        pipes.down.clear();
        pipes.up_ended = true;
        pipes.client_gone = true;
        pipes.wake_reader();
        pipes.wake_writer();
    }

    /// The client has gone, and the server will hear of it when what is under way arrives.
    pub fn abandon(&self) {
        self.lock().client_gone = true;
    }

    /// What the server wrote and the client has not read is lost.
    pub fn lose_down(&self) {
        self.lock().down.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Pipes> {
        self.pipes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pipes {
    fn wake_reader(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    fn wake_writer(&mut self) {
        if let Some(writer) = self.writer.take() {
            writer.wake();
        }
    }
}

impl Read for Link {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut pipes = self.lock();
        if pipes.down_held {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        if pipes.down.is_empty() && !pipes.server_gone {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let read = pipes.down.read(into)?;
        pipes.wake_writer();
        Ok(read)
    }
}

impl Write for Link {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut pipes = self.lock();
        pipes.under_way.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The server's end.
pub struct ServerEnd(Link);

impl AsyncRead for ServerEnd {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut pipes = self.0.lock();
        if pipes.arrived.is_empty() {
            if pipes.up_ended {
                return Poll::Ready(Ok(()));
            }
            pipes.reader = Some(context.waker().clone());
            return Poll::Pending;
        }
        let (first, _) = pipes.arrived.as_slices();
        let count = first.len().min(into.remaining());
        into.put_slice(&first[..count]);
        pipes.arrived.drain(..count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ServerEnd {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut pipes = self.0.lock();
        if pipes.client_gone && pipes.up_ended {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let room = ROOM.saturating_sub(pipes.down.len());
        if room == 0 {
            pipes.writer = Some(context.waker().clone());
            return Poll::Pending;
        }
        let count = room.min(bytes.len());
        pipes.down.extend(&bytes[..count]);
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.lock().server_gone = true;
        Poll::Ready(Ok(()))
    }
}

impl Drop for ServerEnd {
    fn drop(&mut self) {
        self.0.lock().server_gone = true;
    }
}

/// Where the ends of new connections come in.
pub struct Entrance(pub mpsc::UnboundedReceiver<ServerEnd>);

impl Listener for Entrance {
    type Io = ServerEnd;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (ServerEnd, SocketAddr) {
        match self.0.recv().await {
            Some(end) => (end, nowhere()),
            // The plan is over.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(nowhere())
    }
}

fn nowhere() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}
