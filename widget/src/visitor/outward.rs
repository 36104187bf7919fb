//! What whoever holds the page is told: the shop page around our frame, or the app around our webview. Counts and
//! states only; never a text, a name or a token.

use std::cell::Cell;

use protocol::{Answering, Author, CloseCode, RefusalCode, Seq};
use session::visitor::VisitorSession;
use session::{LinkState, Moment};

use crate::browser::host::{Detail, Host};
use crate::parts::author_kind;

/// The way out, and what was said last: everything is said once.
#[derive(Debug)]
pub struct Outward {
    host: Host,
    unread: Cell<usize>,
    position: Cell<Option<u32>>,
    is_asking: Cell<bool>,
    error: Cell<Option<&'static str>>,
}

impl Outward {
    /// The way to whoever holds the page.
    #[must_use]
    pub fn new(host: Host) -> Self {
        Self {
            host,
            unread: Cell::new(0),
            position: Cell::new(None),
            is_asking: Cell::new(false),
            error: Cell::new(None),
        }
    }

    /// Who holds the page.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The page listens.
    pub fn ready(&self) {
        self.host.post("ready", &[]);
    }

    /// The visitor closes the chat.
    pub fn close(&self) {
        self.host.post("close", &[]);
    }

    /// A message arrived.
    pub fn message(&self, author: &Author, seq: Seq) {
        let author = Detail::Word(author_kind(author));
        let seq = Detail::Number(seq.0);
        self.host
            .post("message", &[("author", author), ("seq", seq)]);
    }

    /// Tells what changed since it was told last.
    pub fn tell(&self, session: &VisitorSession, now: Moment) {
        self.tell_unread(session.unread());
        self.tell_request(session, now);
        self.tell_error(match (session.link(), session.trouble()) {
            (LinkState::Stopped(CloseCode::SignedOut), _) => Some("signed_out"),
            (LinkState::Stopped(_), _) => Some("outdated"),
            (LinkState::Reconnecting { .. }, _) => Some("reconnecting"),
            (_, Some(RefusalCode::Unavailable)) => Some("unavailable"),
            _ => None,
        });
    }

    /// What the shop's page says of the visitor cannot be kept.
    pub fn bad_context(&self) {
        let code = Detail::Word("bad_context");
        self.host.post("error", &[("code", code)]);
    }

    fn tell_unread(&self, unread: usize) {
        if self.unread.replace(unread) != unread {
            let count = Detail::Number(unread as u64);
            self.host.post("unread", &[("count", count)]);
        }
    }

    fn tell_request(&self, session: &VisitorSession, now: Moment) {
        let waiting = session.state().and_then(|state| state.waiting);
        let is_asking = session.human_pending();
        let was_asking = self.is_asking.replace(is_asking);
        if let Some(waiting) = waiting.filter(|_| was_asking && !is_asking) {
            let receipt = Detail::Number(waiting.receipt.0);
            self.host.post("human", &[("receipt", receipt)]);
        }
        let position = match session.state().map(|state| &state.answering) {
            Some(Answering::Queue { position, .. }) => Some(*position),
            _ => None,
        };
        if self.position.replace(position) != position
            && let (Some(position), Some(waiting)) = (position, waiting)
        {
            let waited_ms = session
                .server_time(now)
                .map_or(0, |now| now.since_ms(waiting.since));
            let position = Detail::Number(u64::from(position));
            let waited = Detail::Number(waited_ms / 1_000);
            self.host
                .post("queue", &[("position", position), ("waited", waited)]);
        }
    }

    fn tell_error(&self, error: Option<&'static str>) {
        if self.error.replace(error) != error
            && let Some(code) = error
        {
            self.host.post("error", &[("code", Detail::Word(code))]);
        }
    }
}
