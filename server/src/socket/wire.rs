//! What carries a connection's frames: a WebSocket or, where none comes through, a stream.

use std::collections::VecDeque;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use protocol::CloseCode;

use super::stream::Stream;

/// The server's end of a wire.
pub enum Wire {
    /// A WebSocket.
    WebSocket(Box<WebSocket>),
    /// Server-sent events one way, posts the other.
    Stream(Stream),
}

/// What comes from the client.
pub enum Heard {
    /// A frame.
    Text(Utf8Bytes),
    /// A frame that is none of the protocol's.
    NotText,
    /// A sign of life that says nothing.
    Life,
    /// The client closes the connection, and waits for an answer.
    Farewell,
    /// Something for which the connection is closed.
    Wrong(CloseCode),
    /// The client has gone.
    Lost,
}

/// The client has gone.
pub struct Gone;

impl Wire {
    /// What comes next. Cancel safe.
    pub async fn hear(&mut self) -> Heard {
        match self {
            Self::WebSocket(socket) => match socket.recv().await {
                Some(Ok(Message::Text(text))) => Heard::Text(text),
                Some(Ok(Message::Binary(_))) => Heard::NotText,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Heard::Life,
                Some(Ok(Message::Close(_))) => Heard::Farewell,
                Some(Err(error)) => close_code_of(&error).map_or(Heard::Lost, Heard::Wrong),
                None => Heard::Lost,
            },
            Self::Stream(stream) => stream.hear().await,
        }
    }

    /// Sends frames; without any, a sign of life where the wire has one.
    ///
    /// # Errors
    ///
    /// [`Gone`] if the client is.
    pub async fn send(&mut self, frames: VecDeque<Utf8Bytes>) -> Result<(), Gone> {
        match self {
            Self::WebSocket(socket) => {
                for frame in frames {
                    socket.feed(Message::Text(frame)).await?;
                }
                Ok(socket.flush().await?)
            }
            Self::Stream(stream) => stream.send(frames).await,
        }
    }

    /// Sends what waits in the wire itself.
    ///
    /// # Errors
    ///
    /// [`Gone`] if the client is.
    pub async fn flush(&mut self) -> Result<(), Gone> {
        match self {
            Self::WebSocket(socket) => Ok(socket.flush().await?),
            // What a stream has taken is on its way.
            Self::Stream(_) => Ok(()),
        }
    }

    /// Says why nothing follows.
    ///
    /// # Errors
    ///
    /// [`Gone`] if the client is.
    pub async fn close(&mut self, code: CloseCode) -> Result<(), Gone> {
        match self {
            Self::WebSocket(socket) => {
                let frame = CloseFrame {
                    code: code.number(),
                    reason: code.reason().into(),
                };
                Ok(socket.send(Message::Close(Some(frame))).await?)
            }
            Self::Stream(stream) => stream.close(code).await,
        }
    }

    /// Ends when the client has heard why it was closed.
    pub async fn farewell(&mut self) {
        match self {
            Self::WebSocket(socket) => while let Some(Ok(_)) = socket.recv().await {},
            // The end of an HTTP answer follows by itself; nothing is read that could reset it.
            Self::Stream(_) => {}
        }
    }

    /// Whether proxies cut it when the server sends nothing. A WebSocket carries the client's own signs of life; a
    /// stream is an answer that does not come to an end, and they go another way.
    pub fn is_cut_when_idle(&self) -> bool {
        matches!(self, Self::Stream(_))
    }
}

impl From<axum::Error> for Gone {
    fn from(_: axum::Error) -> Self {
        Self
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
