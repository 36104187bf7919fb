//! The WebSocket to the server. No other file knows how it is made. Requests beside it are in `request`.
//!
//! It is the browser's own: a library around it would bring streams and tasks along, a tenth of what a visitor
//! downloads, to turn calls into futures that are awaited only to make calls of them again.

pub mod request;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

use crate::browser::Timer;
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
#[derive(Debug)]
pub struct Connection(State);

#[derive(Debug)]
enum State {
    Made {
        socket: WebSocket,
        listener: Closure<dyn FnMut(Event)>,
    },
    /// The browser does not even try, because of the address or a policy. It says so in a moment.
    Failed { _news: Timer },
}

/// What is listened to. An error says nothing that the close after it does not say.
const EVENTS: [&str; 3] = ["open", "message", "close"];

impl Connection {
    /// Connects to `url` and tells `on_signal` what is heard, beginning after this call has returned.
    pub fn open(url: &str, on_signal: impl Fn(Signal) + 'static) -> Self {
        let Ok(socket) = WebSocket::new(url) else {
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
        Self(State::Made { socket, listener })
    }

    /// Sends a value as one JSON text frame. Where that fails the connection is at its end, and `Closed` follows.
    pub fn send<T: Serialize>(&self, value: &T) {
        if let Some(json) = json::write(value) {
            self.send_text(&json);
        }
    }

    /// Sends one text frame. Where that fails the connection is at its end, and `Closed` follows.
    pub fn send_text(&self, text: &str) {
        if let State::Made { socket, .. } = &self.0 {
            // An error means that the socket closes, and that is listened to.
            let _ = socket.send_with_str(text);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let State::Made { socket, listener } = &self.0 else {
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
