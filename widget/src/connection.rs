//! The connection to the server: a WebSocket or, where none comes through, a stream. No other file knows how it is made.
//! Requests beside it are in `request`.
//!
//! Both are the browser's own: a library around them would bring streams and tasks along, a tenth of what a visitor
//! downloads, to turn calls into futures that are awaited only to make calls of them again.

pub mod request;
mod stream;

use serde::Serialize;
use session::Transport;
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

use self::stream::Stream;
use crate::browser::{self, Timer};
use crate::json;

/// What is heard of a connection.
#[derive(Debug)]
pub enum Signal {
    /// It is open: frames can be sent.
    Open,
    /// A text frame came in.
    Text(String),
    /// It has ended, with the number that the server gave as the reason if there was one. Nothing follows.
    Closed(Option<u16>),
}

/// A connection. Dropping it closes it, and nothing is heard of it any more.
#[derive(Debug)]
pub struct Connection(State);

#[derive(Debug)]
enum State {
    Socket {
        socket: WebSocket,
        listener: Closure<dyn FnMut(Event)>,
    },
    Stream(Stream),
    /// The browser does not even try, because of the address or a policy. It says so in a moment.
    Failed {
        _news: Timer,
    },
}

/// What is listened to. An error says nothing that the close after it does not say.
const EVENTS: [&str; 3] = ["open", "message", "close"];

impl Connection {
    /// Connects to where `route` leads, and tells `on_signal` what is heard, beginning after this call has returned.
    pub fn open(transport: Transport, route: &str, on_signal: impl Fn(Signal) + 'static) -> Self {
        if transport == Transport::Stream {
            return Self(State::Stream(Stream::open(route, on_signal)));
        }
        let Ok(socket) = WebSocket::new(&browser::socket_url(&["/ws/", route].concat())) else {
            let news = Timer::new(move || on_signal(Signal::Closed(None)));
            news.set(0);
            return Self(State::Failed { _news: news });
        };
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if let Some(signal) = signal_of(event) {
                on_signal(signal);
            }
        });
        for name in EVENTS {
            // It can fail only if a socket were no event target.
            let _ =
                socket.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        Self(State::Socket { socket, listener })
    }

    /// Sends a value as one JSON text frame. Where that fails the connection is at its end, and `Closed` follows.
    pub fn send<T: Serialize>(&self, value: &T) {
        if let Some(json) = json::write(value) {
            self.send_text(json);
        }
    }

    /// Sends one text frame. Where that fails the connection is at its end, and `Closed` follows.
    pub fn send_text(&self, text: String) {
        match &self.0 {
            State::Socket { socket, .. } => {
                // An error means that the socket closes, and that is listened to.
                let _ = socket.send_with_str(&text);
            }
            State::Stream(stream) => stream.send_text(text),
            State::Failed { .. } => {}
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let State::Socket { socket, listener } = &self.0 else {
            return;
        };
        for name in EVENTS {
            // What was added can be removed.
            let _ =
                socket.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        // Without a code, for browsers refuse most: they send 1000 or, before the socket is open, nothing.
        let _ = socket.close();
    }
}

fn signal_of(event: Event) -> Option<Signal> {
    Some(match event.type_().as_str() {
        "open" => Signal::Open,
        "close" => Signal::Closed(Some(event.unchecked_into::<CloseEvent>().code())),
        // The server sends no binary frames.
        _ => Signal::Text(event.unchecked_into::<MessageEvent>().data().as_string()?),
    })
}
