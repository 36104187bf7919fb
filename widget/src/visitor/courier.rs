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
use crate::browser::{load_afresh, now, spawn};

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
        let page = Rc::clone(page);
        spawn(async move {
            let identity = page.elements().identity();
            let fields = fields(&kept, identity.clone());
            let taken = post(&page.elements().composer, &fields).await;
            if taken && let Some(("fresh", token)) = identity {
                // The post has begun the conversation that this token was for.
                page.begun(Token(token));
            }
            page.courier().came_back(&page, &kept, taken);
        });
    }

    /// Has the server forget the visitor's cookie, which no script can see, and loads the page as for somebody new.
    pub fn forget(&self, page: &Rc<Page>) {
        self.is_under_way.set(true);
        let page = Rc::clone(page);
        spawn(async move {
            // Where it does not come through, the cookie stays, and so does what the shop page is told: nothing.
            post(&page.elements().composer, &[("act", "forget".into())]).await;
            load_afresh();
        });
    }

    fn came_back(&self, page: &Rc<Page>, kept: &Kept<VisitorCommand>, taken: bool) {
        self.is_under_way.set(false);
        if !taken {
            self.not_before.set(now().after_ms(PAUSE_MS));
            return;
        }
        page.handle(Input::Posted { id: kept.id });
        let rest = page.read(|session| session.first_unsent().is_some());
        if !rest && has_no_socket(page, now()) {
            // Without a socket only the server can show what came of it.
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
    let (act, text) = match &kept.command {
        VisitorCommand::Say { text } => ("say", text.as_str()),
        VisitorCommand::Leave {} => ("leave", ""),
        _ => ("human", ""),
    };
    let id = kept.id.to_string();
    let mut fields: Vec<Field> = vec![
        ("act", act.into()),
        ("command", id.clone()),
        ("id", id),
        ("text", text.into()),
    ];
    fields.extend(identity);
    fields
}
