//! The WebSocket to the server. No other file knows how it is made.

use std::cell::RefCell;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use futures::{Sink, Stream};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State, WebSocketError};
use serde::Serialize;

use crate::browser::spawn;
use crate::json;

/// What is heard of a connection.
#[derive(Debug)]
pub enum Signal {
    /// It is open: frames can be sent.
    Open,
    /// A text frame came in.
    Text(String),
    /// It has ended, with the number of its close frame if there was one. Nothing follows.
    Closed(Option<u16>),
}

/// A WebSocket connection. Dropping it closes it, and nothing is heard of it any more.
pub struct Connection {
    socket: Socket,
}

/// Shared with the task that listens. Borrowed only for the length of one call into the browser, never while a
/// signal is handed out: whoever hears it may drop the connection.
type Socket = Rc<RefCell<Option<WebSocket>>>;

impl Connection {
    /// Connects to `url` and tells `on_signal` what is heard, beginning after this call has returned.
    pub fn open(url: &str, on_signal: impl Fn(Signal) + 'static) -> Self {
        let socket = Rc::new(RefCell::new(WebSocket::open(url).ok()));
        spawn(listen(Rc::clone(&socket), on_signal));
        Self { socket }
    }

    /// Sends a value as one JSON text frame. Where that fails the connection is at its end, and `Closed` follows.
    pub fn send<T: Serialize>(&self, value: &T) {
        if let Some(json) = json::write(value) {
            self.send_text(json);
        }
    }

    /// Sends one text frame. Where that fails the connection is at its end, and `Closed` follows.
    pub fn send_text(&self, text: String) {
        if let Some(socket) = self.socket.borrow_mut().as_mut() {
            // An error means that the socket closes, which its listener is told.
            let _ = Pin::new(socket).start_send(Message::Text(text));
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Connection")
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Dropping the socket closes it without a code: the browser sends 1000 or, before it is open, nothing.
        let socket = self.socket.borrow_mut().take();
        drop(socket);
    }
}

async fn listen(socket: Socket, on_signal: impl Fn(Signal)) {
    if opened(&socket).await {
        on_signal(Signal::Open);
    }
    loop {
        match next(&socket).await {
            Next::Text(text) => on_signal(Signal::Text(text)),
            Next::Nothing => {}
            Next::End(number) => {
                // Dropped connections are silent.
                if socket.borrow_mut().take().is_some() {
                    on_signal(Signal::Closed(number));
                }
                return;
            }
            Next::Gone => return,
        }
    }
}

async fn opened(socket: &Socket) -> bool {
    poll_fn(|context| {
        let mut socket = socket.borrow_mut();
        let Some(socket) = socket.as_mut() else {
            return Poll::Ready(false);
        };
        // Ready when it is open, and also when it could not be opened.
        Pin::new(&mut *socket)
            .poll_ready(context)
            .map(|_| matches!(socket.state(), State::Open))
    })
    .await
}

enum Next {
    Text(String),
    Nothing,
    End(Option<u16>),
    Gone,
}

async fn next(socket: &Socket) -> Next {
    poll_fn(|context| {
        let mut socket = socket.borrow_mut();
        let Some(socket) = socket.as_mut() else {
            return Poll::Ready(Next::Gone);
        };
        Pin::new(socket).poll_next(context).map(|item| match item {
            Some(Ok(Message::Text(text))) => Next::Text(text),
            Some(Err(WebSocketError::ConnectionClose(close))) => Next::End(Some(close.code)),
            // The server sends no binary frames; an error is always followed by the close.
            Some(_) => Next::Nothing,
            None => Next::End(None),
        })
    })
    .await
}
