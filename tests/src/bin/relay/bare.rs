//! The reference: an axum relay that keeps nothing, checks nothing and knows nobody. It acks and passes on.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt;
use futures_util::SinkExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::load::{Connection, Dialect, End, Heard, Pair};

/// The other ends, by side number.
type Sides = Arc<Mutex<HashMap<usize, mpsc::UnboundedSender<Utf8Bytes>>>>;

/// An ack is this and the id, which every frame has in its first 32 bytes.
const ACK: &str = "ack ";
const ID_BYTES: usize = 32;

/// Relays until it is killed.
pub async fn serve() -> Result<()> {
    let address = std::env::var("BARE_LISTEN").context("BARE_LISTEN says where to listen")?;
    let router = Router::new()
        .route("/readyz", get(|| async { "ready" }))
        .route("/{side}", get(upgrade))
        .with_state(Sides::default());
    let listener = TcpListener::bind(&address).await?.tap_io(|stream| {
        stream
            .set_nodelay(true)
            .expect("a new connection takes options");
    });
    axum::serve(listener, router).await?;
    Ok(())
}

/// The same buffers as the server's.
async fn upgrade(
    Path(side): Path<usize>,
    State(sides): State<Sides>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .read_buffer_size(4 * 1024)
        .write_buffer_size(8 * 1024)
        .max_write_buffer_size(640 * 1024)
        .on_upgrade(move |socket| relay(side, sides, socket))
}

async fn relay(side: usize, sides: Sides, mut socket: WebSocket) {
    let (outbox, mut inbox) = mpsc::unbounded_channel::<Utf8Bytes>();
    lock(&sides).insert(side, outbox.clone());
    loop {
        tokio::select! {
            biased;
            frame = inbox.recv() => {
                let Some(frame) = frame else { return };
                // What waits goes out in one write, as the server does it.
                if socket.feed(Message::Text(frame)).await.is_err() {
                    return;
                }
                while let Ok(frame) = inbox.try_recv() {
                    if socket.feed(Message::Text(frame)).await.is_err() {
                        return;
                    }
                }
                if socket.flush().await.is_err() {
                    return;
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    let ack = [ACK, text.get(..ID_BYTES).unwrap_or_default()].concat();
                    let other = lock(&sides).get(&(side ^ 1)).cloned();
                    if let Some(other) = other {
                        let _gone = other.send(text);
                    }
                    let _ours = outbox.send(ack.into());
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            }
        }
    }
}

fn lock(
    sides: &Sides,
) -> std::sync::MutexGuard<'_, HashMap<usize, mpsc::UnboundedSender<Utf8Bytes>>> {
    sides.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Connects pairs to a bare relay.
pub async fn connect(address: SocketAddr, conversations: usize) -> Result<Vec<Pair>> {
    let mut pairs = Vec::with_capacity(conversations);
    for number in 0..conversations {
        pairs.push([
            end(address, 2 * number).await?,
            end(address, 2 * number + 1).await?,
        ]);
    }
    Ok(pairs)
}

/// Connections that do nothing.
pub async fn idle(address: SocketAddr, connections: usize) -> Result<Vec<Connection>> {
    let mut idle = Vec::with_capacity(connections);
    for number in 0..connections {
        // Numbers that no pair has.
        idle.push(open(address, usize::MAX / 2 + number).await?);
    }
    Ok(idle)
}

async fn end(address: SocketAddr, side: usize) -> Result<End> {
    Ok(End {
        connection: open(address, side).await?,
        dialect: Box::new(Plain),
    })
}

async fn open(address: SocketAddr, side: usize) -> Result<Connection> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (connection, _) =
        tokio_tungstenite::client_async(format!("ws://{address}/{side}"), stream).await?;
    Ok(connection)
}

/// An id and the text behind it.
struct Plain;

impl Dialect for Plain {
    fn say(&self, text: &str) -> String {
        let id = protocol::CommandId(human_please::secret::random_id());
        [&id.to_string(), " ", text].concat()
    }

    fn hear<'a>(&self, frame: &'a str) -> Heard<'a> {
        match frame.get(ID_BYTES + 1..) {
            _ if frame.starts_with(ACK) => Heard::Ack,
            Some(text) => Heard::Text(text),
            None => Heard::Other,
        }
    }
}
