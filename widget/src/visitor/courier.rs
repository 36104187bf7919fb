//! The last way to the server: where no connection comes through, what waits is posted as the page's form would post it,
//! and the page is loaded again when there is news.
//!
//! It is posted from the script and not by leaving the page, so that a server that is away for a moment costs nobody
//! the page, the text, or the button. Under the same id as over a connection, whichever comes first counts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use protocol::{Seq, Token, VisitorCommand};
use session::visitor::Input;
use session::{Kept, LinkState, Moment};

use super::page::Page;
use crate::browser::form::{Field, post};
use crate::browser::{in_view, load_afresh, now};

/// A connection that has not come through after this long, in milliseconds, may never do so.
pub const PATIENCE_MS: u64 = 4_000;

/// After a post that failed, the next one waits this long, in milliseconds.
const PAUSE_MS: u64 = 10_000;

/// Where nothing comes through, the page asks this often whether there is news, in milliseconds.
const NEWS_MS: u64 = 20_000;

/// Whether something is on its way, and when to try again.
#[derive(Debug, Default)]
pub struct Courier {
    is_under_way: Cell<bool>,
    not_before: Cell<Moment>,
    asked_at: Cell<Moment>,
    /// What was in the box when it was asked last.
    draft: RefCell<String>,
}

impl Courier {
    /// Posts what waits, if it has waited long enough.
    pub fn look(&self, page: &Rc<Page>) {
        let at = now();
        if self.is_under_way.get() || at < self.not_before.get() || !has_no_connection(page, at) {
            return;
        }
        let Some(kept) = page.read(|session| session.first_unsent().cloned()) else {
            return self.look_for_news(page, at);
        };
        self.is_under_way.set(true);
        let identity = page.elements().identity();
        let fields = fields(&kept, identity.clone());
        let here = Rc::clone(page);
        let done = move |taken: Option<Seq>| {
            let is_taken = taken.is_some();
            if is_taken && let Some(("fresh", token)) = identity {
                // The post has begun the conversation that this token was for.
                here.begun(Token(token));
            }
            here.courier().came_back(&here, &kept, is_taken);
        };
        post(&page.elements().composer, &fields, Box::new(done));
    }

    /// Has the server forget the visitor's cookie, which no script can see, and loads the page as for somebody new.
    pub fn forget(&self, page: &Rc<Page>) {
        self.is_under_way.set(true);
        // Where it does not come through, the cookie stays, and a script can do no more about it.
        let fields = [("act", "forget".into())];
        let done = |_| load_afresh();
        post(&page.elements().composer, &fields, Box::new(done));
    }

    /// Has the page loaded again if something has come since: nothing else can show it here. The server is asked first,
    /// so that one that is away costs nobody the page.
    fn look_for_news(&self, page: &Rc<Page>, at: Moment) {
        let (LinkState::Connecting { since } | LinkState::Reconnecting { since, .. }) =
            page.read(|session| session.link())
        else {
            return;
        };
        if at.since_ms(since.max(self.asked_at.get())) < NEWS_MS || !in_view() {
            return;
        }
        self.asked_at.set(at);
        let elements = page.elements();
        // Nobody who is writing or pressing something is interrupted. Who has paused gets back what they wrote.
        let draft = elements.draft();
        if self.draft.replace(draft.clone()) != draft || elements.is_desk_pressed() {
            return;
        }
        self.is_under_way.set(true);
        let mut fields: Vec<Field> = vec![("act", "check".into())];
        fields.extend(elements.identity());
        let here = Rc::clone(page);
        let done = move |next: Option<Seq>| {
            here.courier().is_under_way.set(false);
            let last = here.read(|session| session.events().last().map(|event| event.seq.next()));
            if next > last.or_else(|| here.elements().next_rendered()) {
                here.elements().check();
            }
        };
        post(&elements.composer, &fields, Box::new(done));
    }

    fn came_back(&self, page: &Rc<Page>, kept: &Kept<VisitorCommand>, is_taken: bool) {
        self.is_under_way.set(false);
        if !is_taken {
            self.not_before.set(now().after_ms(PAUSE_MS));
            return;
        }
        page.handle(Input::Posted { id: kept.id });
        let (rest, was_connected) =
            page.read(|session| (session.first_unsent().is_some(), session.state().is_some()));
        if rest || !has_no_connection(page, now()) {
            return;
        }
        if was_connected {
            // The server is there again: no need to wait for the next try.
            page.handle(Input::NetworkChanged);
        } else {
            // Where no connection ever came through only the server can show what came of it.
            page.elements().check();
        }
    }
}

fn has_no_connection(page: &Page, at: Moment) -> bool {
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
        VisitorCommand::Supervisor {} => ("supervisor", "text", ""),
        VisitorCommand::Leave {} => ("leave", "text", ""),
        VisitorCommand::Assistant {} => ("assistant", "text", ""),
        VisitorCommand::End {} => ("end", "text", ""),
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
