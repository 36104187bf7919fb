//! One connection as a client holds it: frames in, frames out, and what a handshake is answered with. A WebSocket, or a
//! stream for whoever asks for one.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::stream::StreamEnd;

/// How long a story waits for what must come. Far more than it takes, so that a busy machine fails nothing.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for something that must happen.
///
/// # Panics
///
/// If it does not happen in time: names what was waited for.
pub async fn soon<T>(waiting_for: &str, happens: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, happens).await {
        Ok(happened) => happened,
        Err(_) => panic!("waited {PATIENCE:?} for {waiting_for}"),
    }
}

/// A client's end of a connection.
pub struct Socket {
    end: End,
}

enum End {
    WebSocket(Box<WebSocketStream<TcpStream>>),
    Stream(Box<StreamEnd>),
}

/// What came out of a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A text frame.
    Text(String),
    /// The end: the code of the close frame, or none if the connection was just cut.
    Closed(Option<u16>),
}

/// How a socket is opened.
#[derive(Debug, Clone)]
pub struct Door {
    /// The server.
    pub address: SocketAddr,
    /// Path and query.
    pub path: String,
    /// Headers that the handshake carries beside its own.
    pub headers: Vec<(&'static str, String)>,
    /// The size of the kernel's receive buffer in bytes, if it must be small.
    pub receive_buffer: Option<u32>,
}

impl Door {
    /// Where visitors of a site come in.
    #[must_use]
    pub fn visitor(address: SocketAddr, site: &str) -> Self {
        let path = format!("/ws/visitor?site={site}");
        Self {
            address,
            path,
            headers: vec![],
            receive_buffer: None,
        }
    }

    /// Where an agent comes in who has a session.
    #[must_use]
    pub fn agent(address: SocketAddr, session: &str) -> Self {
        let headers = vec![("cookie", format!("human-please-agent={session}"))];
        Self {
            address,
            path: "/ws/agent".into(),
            headers,
            receive_buffer: None,
        }
    }

    /// The same by server-sent events and posts.
    #[must_use]
    pub fn over_stream(mut self) -> Self {
        self.path = self.path.replace("/ws/", "/sse/");
        self
    }

    /// A connection to the server, of which nothing has been used yet.
    ///
    /// # Panics
    ///
    /// If nobody listens there.
    pub async fn connect(&self) -> TcpStream {
        self.try_connect().await.expect("the server listens")
    }

    async fn try_connect(&self) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4().expect("the system gives a socket");
        if let Some(bytes) = self.receive_buffer {
            socket
                .set_recv_buffer_size(bytes)
                .expect("a receive buffer may be small");
        }
        let stream = socket.connect(self.address).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Socket {
    /// Opens a socket. A stream is opened by what is sent first.
    ///
    /// # Errors
    ///
    /// The HTTP status, if the server refuses the upgrade.
    ///
    /// # Panics
    ///
    /// If nobody listens there.
    pub async fn open(door: &Door) -> Result<Self, u16> {
        let end = if door.path.starts_with("/sse/") {
            End::Stream(Box::new(StreamEnd::new(door.clone())))
        } else {
            match soon("a handshake", Self::shake_hands(door)).await {
                Ok(stream) => End::WebSocket(Box::new(stream)),
                Err(Error::Http(response)) => return Err(response.status().as_u16()),
                Err(error) => panic!("the handshake broke: {error}"),
            }
        };
        Ok(Self { end })
    }

    /// Opens a WebSocket where nobody may listen, or so many come that the machine turns some away; none then.
    pub async fn try_open(door: &Door) -> Option<Self> {
        let shaken = tokio::time::timeout(PATIENCE, Self::shake_hands(door));
        let end = End::WebSocket(Box::new(shaken.await.ok()?.ok()?));
        Some(Self { end })
    }

    async fn shake_hands(door: &Door) -> Result<WebSocketStream<TcpStream>, Error> {
        let stream = door.try_connect().await?;
        let url = format!("ws://{}{}", door.address, door.path);
        let mut request = url.into_client_request().expect("the URL is well formed");
        for (name, value) in &door.headers {
            let value = HeaderValue::from_str(value).expect("the value is plain");
            request
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
        let (stream, _) = client_async(request, stream).await?;
        Ok(stream)
    }

    /// Sends a text frame. A connection that has ended is found out by [`Socket::hear`].
    pub async fn send(&mut self, text: impl Into<String>) {
        match &mut self.end {
            End::WebSocket(_) => self.send_message(Message::Text(text.into().into())).await,
            End::Stream(stream) => stream.send(text.into().into_bytes()).await,
        }
    }

    /// Sends any frame.
    ///
    /// # Panics
    ///
    /// On a stream, which has no kinds of frames.
    pub async fn send_message(&mut self, message: Message) {
        let End::WebSocket(stream) = &mut self.end else {
            panic!("a stream has no kinds of frames")
        };
        let _ended = soon("a frame to be sent", stream.send(message)).await;
    }

    /// The stream beneath.
    ///
    /// # Panics
    ///
    /// If it is a WebSocket.
    pub fn stream(&mut self) -> &mut StreamEnd {
        match &mut self.end {
            End::Stream(stream) => stream,
            End::WebSocket(_) => panic!("the story is about streams"),
        }
    }

    /// What comes next. `waiting_for` is what a failure says.
    pub async fn hear(&mut self, waiting_for: &str) -> Heard {
        match &mut self.end {
            End::WebSocket(_) => soon(waiting_for, self.next()).await,
            End::Stream(stream) => stream.hear(waiting_for).await,
        }
    }

    /// What comes next, however long it takes. Cancel safe.
    ///
    /// # Panics
    ///
    /// On a stream.
    pub async fn next(&mut self) -> Heard {
        let End::WebSocket(stream) = &mut self.end else {
            panic!("a stream is heard by `hear`")
        };
        loop {
            match stream.next().await {
                Some(Ok(Message::Text(text))) => return Heard::Text(text.as_str().to_owned()),
                Some(Ok(Message::Close(frame))) => {
                    return Heard::Closed(frame.map(|frame| frame.code.into()));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => panic!("the server sends text only, not {other:?}"),
                Some(Err(_)) | None => return Heard::Closed(None),
            }
        }
    }

    /// Leaves as a page does that is closed.
    pub async fn close(mut self) {
        if let End::WebSocket(stream) = &mut self.end {
            let _ended_already = stream.as_mut().close(None).await;
        }
    }

    /// Cuts the connection without a word, as a phone does that loses its network. (The kernel still says that the
    /// connection is gone; a client that just falls silent keeps its socket.)
    pub fn cut(self) {
        drop(self);
    }
}
