//! The other way to the server: where no socket comes through, what waits is posted as the page's form would post it.
//!
//! It is posted from the script and not by leaving the page, so that a server that is away for a moment costs nobody
//! the page, the text, or the button. Under the same id as over the socket, whichever comes first counts.

use std::cell::Cell;
use std::rc::Rc;

use protocol::{Token, VisitorCommand};
use session::visitor::Input;
use session::{Kept, LinkState, Moment};

use super::page::Page;
use crate::browser::form::{Field, post};
use crate::browser::{load_afresh, now};

/// A socket that has not come through after this long, in milliseconds, may never do so.
pub const PATIENCE_MS: u64 = 4_000;

/// After a post that failed, the next one waits this long, in milliseconds.
const PAUSE_MS: u64 = 10_000;

/// Whether something is on its way, and when to try again.
#[derive(Debug, Default)]
pub struct Courier {
    is_under_way: Cell<bool>,
    not_before: Cell<Moment>,
}

impl Courier {
    /// Posts what waits, if it has waited long enough.
    pub fn look(&self, page: &Rc<Page>) {
        let at = now();
        if self.is_under_way.get() || at < self.not_before.get() || !has_no_socket(page, at) {
            return;
        }
        let Some(kept) = page.read(|session| session.first_unsent().cloned()) else {
            return;
        };
        self.is_under_way.set(true);
        let identity = page.elements().identity();
        let fields = fields(&kept, identity.clone());
        let here = Rc::clone(page);
        post(&page.elements().composer, &fields, move |is_taken| {
            if is_taken && let Some(("fresh", token)) = identity {
                // The post has begun the conversation that this token was for.
                here.begun(Token(token));
            }
            here.courier().came_back(&here, &kept, is_taken);
        });
    }

    /// Has the server forget the visitor's cookie, which no script can see, and loads the page as for somebody new.
    pub fn forget(&self, page: &Rc<Page>) {
        self.is_under_way.set(true);
        // Where it does not come through, the cookie stays, and a script can do no more about it.
        let fields = [("act", "forget".into())];
        post(&page.elements().composer, &fields, |_| load_afresh());
    }

    fn came_back(&self, page: &Rc<Page>, kept: &Kept<VisitorCommand>, is_taken: bool) {
        self.is_under_way.set(false);
        if !is_taken {
            self.not_before.set(now().after_ms(PAUSE_MS));
            return;
        }
        page.handle(Input::Posted { id: kept.id });
        let (rest, knows_sockets) =
            page.read(|session| (session.first_unsent().is_some(), session.state().is_some()));
        if rest || !has_no_socket(page, now()) {
            return;
        }
        if knows_sockets {
            // The server is there again: no need to wait for the next try.
            page.handle(Input::NetworkChanged);
        } else {
            // Where no socket ever came through only the server can show what came of it.
            page.elements().check();
        }
    }
}

fn has_no_socket(page: &Page, at: Moment) -> bool {
    page.read(|session| match session.link() {
        LinkState::Connecting { since } | LinkState::Reconnecting { since, .. } => {
            at.since_ms(since) >= PATIENCE_MS
        }
        LinkState::Live => false,
        LinkState::Stopped(_) => true,
    })
}

fn fields(kept: &Kept<VisitorCommand>, identity: Option<Field>) -> Vec<Field> {
    let (act, name, text) = match &kept.command {
        VisitorCommand::Say { text } => ("say", "text", text.as_str()),
        VisitorCommand::Leave {} => ("leave", "text", ""),
        VisitorCommand::Contact { email } if email.is_empty() => ("no-contact", "email", ""),
        VisitorCommand::Contact { email } => ("contact", "email", email.as_str()),
        _ => ("human", "text", ""),
    };
    let id = kept.id.to_string();
    let mut fields: Vec<Field> = vec![
        ("act", act.into()),
        ("command", id.clone()),
        ("id", id),
        (name, text.into()),
    ];
    fields.extend(identity);
    fields
}
