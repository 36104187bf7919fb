//! A client's WebSocket on a link, without a task of its own: the plan asks it what has come.

use human_please_tests::socket::Heard;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket};

use std::io::{ErrorKind, Read, Write};

use crate::link::Link;

/// A client's end of a connection.
pub struct Socket {
    pub link: Link,
    stage: Stage,
}

enum Stage {
    /// The server's answer to the handshake, as far as it has come.
    Opening(Vec<u8>),
    Open(Box<WebSocket<Link>>),
    Over,
}

/// What has come.
pub enum News {
    Opened,
    Heard(Heard),
}

impl Socket {
    /// Begins to open a socket at a path, with a cookie if there is one.
    pub fn open(mut link: Link, path: &str, cookie: Option<&str>) -> Self {
        let cookie = cookie.map_or_else(String::new, |cookie| format!("cookie: {cookie}\r\n"));
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n{cookie}\r\n"
        );
        link.write_all(request.as_bytes()).unwrap();
        Self {
            link,
            stage: Stage::Opening(vec![]),
        }
    }

    /// Sends a text frame.
    pub fn send(&mut self, text: String) {
        if let Stage::Open(socket) = &mut self.stage {
            // That the connection has ended is heard next.
            let _ended = socket.send(Message::text(text));
        }
    }

    /// What has come next, if anything has.
    pub fn next(&mut self) -> Option<News> {
        match &mut self.stage {
            Stage::Opening(answer) => {
                let mut bytes = [0; 4_096];
                loop {
                    match self.link.read(&mut bytes) {
                        Ok(0) => return Some(self.end(None)),
                        Ok(count) => answer.extend(&bytes[..count]),
                        Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                        Err(_) => return Some(self.end(None)),
                    }
                }
                let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
                if !answer.starts_with(b"HTTP/1.1 101") {
                    return Some(self.end(None));
                }
                let rest = answer.split_off(head);
                let link = self.link.clone();
                let small = WebSocketConfig::default().read_buffer_size(4 * 1024);
                let socket = WebSocket::from_partially_read(link, rest, Role::Client, Some(small));
                self.stage = Stage::Open(Box::new(socket));
                Some(News::Opened)
            }
            Stage::Open(socket) => loop {
                match socket.read() {
                    Ok(Message::Text(text)) => {
                        return Some(News::Heard(Heard::Text(text.as_str().to_owned())));
                    }
                    Ok(Message::Close(frame)) => {
                        let _ended = socket.flush();
                        let code = frame.map(|frame| frame.code.into());
                        return Some(self.end(code));
                    }
                    Ok(_) => {}
                    Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => return None,
                    Err(_) => return Some(self.end(None)),
                }
            },
            Stage::Over => None,
        }
    }

    fn end(&mut self, code: Option<u16>) -> News {
        self.stage = Stage::Over;
        News::Heard(Heard::Closed(code))
    }
}
