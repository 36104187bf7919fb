//! What whoever holds the page is told: the shop page around our frame, or the app around our webview. Counts and
//! states only; never a text, a name or a token.

use std::cell::Cell;

use protocol::{Answering, Author, CloseCode, RefusalCode, Seq};
use session::visitor::VisitorSession;
use session::{LinkState, Moment};

use super::bridge::Event;
use crate::browser::host::Host;
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

    /// The page listens. Where it stands on its own it is in view from the start.
    pub fn ready(&self) {
        self.listens();
        self.changed(true);
    }

    /// The page listens: said at the start, and again to who may have begun to listen after that.
    pub fn listens(&self) {
        self.post(Event::Ready);
    }

    /// The visitor closes the chat, and whoever holds the page takes it out of view.
    pub fn close(&self) {
        self.post(Event::Close);
    }

    /// The page was brought into view or taken out of it. A page around ours has done so itself, and an app has asked for
    /// it, or had the visitor switch to it.
    pub fn changed(&self, is_open: bool) {
        if self.host.is_nobody() {
            self.post(if is_open { Event::Open } else { Event::Close });
        }
    }

    /// A message arrived.
    pub fn message(&self, author: &Author, seq: Seq) {
        self.post(Event::Message {
            author: author_kind(author),
            seq: seq.0,
        });
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
        self.post(Event::Error {
            code: "bad_context",
        });
    }

    fn tell_unread(&self, unread: usize) {
        if self.unread.replace(unread) != unread {
            self.post(Event::Unread {
                count: unread as u64,
            });
        }
    }

    fn tell_request(&self, session: &VisitorSession, now: Moment) {
        let waiting = session.state().and_then(|state| state.waiting);
        let is_asking = session.human_pending();
        let was_asking = self.is_asking.replace(is_asking);
        if let Some(waiting) = waiting.filter(|_| was_asking && !is_asking) {
            self.post(Event::Human {
                receipt: waiting.receipt.0,
            });
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
            self.post(Event::Queue {
                position: position.into(),
                waited: waited_ms / 1_000,
            });
        }
    }

    fn tell_error(&self, error: Option<&'static str>) {
        if self.error.replace(error) != error
            && let Some(code) = error
        {
            self.post(Event::Error { code });
        }
    }

    fn post(&self, event: Event) {
        self.host.post(&event.to_json());
    }
}
