//! The end of a plan: everything is mended, everybody comes back, and all must be as if they had never been away.

use std::collections::HashMap;

use protocol::{Author, Event, SiteFace, Token};
use session::LinkState;
use session::agent::{AgentSession, List};
use session::visitor::{Delivery, Input, Saved, VisitorSession};

use crate::history::Unsent;
use crate::operation::{DESKS, TABS};
use crate::verdict::Kind;
use crate::visitor::Browser;
use crate::world::World;

/// How long everything may take to come to rest once it works, in milliseconds: the longest time between two tries is
/// half a minute.
const PATIENCE_MS: u64 = 240_000;

impl World {
    /// Mends everything, lets it come to rest, and checks it.
    pub fn come_to_rest(&mut self) {
        self.mend();
        for tab in 0..TABS.len() {
            let browser = &self.browsers[self.tabs[tab].browser];
            let has_something = browser.saved.token.is_some() || !browser.kept.is_empty();
            if self.tabs[tab].session.is_none() && has_something {
                self.load_tab(tab);
            }
        }
        for desk in 0..DESKS.len() {
            // Ben's is always there, so that somebody sees everything at the end.
            let is_needed = self.desks[desk].was_used || desk + 1 == DESKS.len();
            if self.desks[desk].session.is_none() && is_needed {
                self.load_desk(desk);
            }
        }
        self.run();
        let mut left_ms = PATIENCE_MS;
        while !self.is_at_rest() {
            if left_ms == 0 {
                let detail = self.unrest();
                self.fault(Kind::Restless, detail);
                break;
            }
            self.pass(1_000);
            left_ms -= 1_000;
        }
        self.compare_with_fresh_pages();
        let stored = self.stored();
        let unsent = self.unsent();
        self.check(&stored, Some(&unsent));
    }

    fn is_at_rest(&self) -> bool {
        let tabs = self.tabs.iter().filter_map(|tab| tab.session.as_ref());
        let desks = self.desks.iter().filter_map(|desk| desk.session.as_ref());
        let refused = |kept: &session::Kept<_>| kept.refused.is_some();
        self.browsers
            .iter()
            .all(|browser| browser.kept.values().all(refused))
            && { tabs }.all(rests)
            && { desks }.all(|session| {
                let mut lines = session
                    .lines(List::Queue)
                    .into_iter()
                    .chain(session.lines(List::Mine));
                session.link() == LinkState::Live
                    && session.kept().replies.is_empty()
                    && session.duty_wish().is_none()
                    && lines.all(|line| line.deed.is_none())
            })
    }

    fn unrest(&self) -> String {
        let tabs = self.tabs.iter().filter_map(|tab| tab.session.as_ref());
        let tabs: Vec<_> = tabs.map(|tab| (tab.link(), rests(tab))).collect();
        let kept: Vec<_> = self.browsers.iter().map(|browser| &browser.kept).collect();
        let replies: Vec<_> = self.desks.iter().map(|desk| &desk.replies).collect();
        format!("tabs {tabs:?}, kept {kept:?}, replies {replies:?}")
    }

    /// R4: who was away shows what a page shows that was loaded just now.
    fn compare_with_fresh_pages(&mut self) {
        let mut views: HashMap<String, Option<View>> = HashMap::new();
        for tab in 0..TABS.len() {
            let browser = self.tabs[tab].browser;
            let token = self.browsers[browser].saved.token.clone();
            let (Some(token), Some(_)) = (token, &self.tabs[tab].session) else {
                continue;
            };
            self.load_all(tab);
            let shown = view(self.tabs[tab].session.as_ref());
            let fresh = match views.get(&token.0) {
                Some(fresh) => fresh,
                None => {
                    let fresh = self.fresh_view(token.clone());
                    views.entry(token.0).or_insert(fresh)
                }
            };
            if shown != *fresh {
                let detail = format!("tab {tab} shows {shown:?}, a fresh page {fresh:?}");
                self.fault(Kind::NotAsFresh, detail);
            }
        }
        for desk in 0..DESKS.len() {
            let shown = lists(self.desks[desk].session.as_ref());
            if shown.is_none() {
                continue;
            }
            let fresh = DESKS.len();
            self.desks[fresh].name = self.desks[desk].name;
            self.load_desk(fresh);
            self.run();
            let afresh = lists(self.desks[fresh].session.as_ref());
            self.close_desk(fresh);
            if shown != afresh {
                let detail = format!("desk {desk} shows {shown:?}, a fresh page {afresh:?}");
                self.fault(Kind::NotAsFresh, detail);
            }
        }
    }

    fn fresh_view(&mut self, token: Token) -> Option<View> {
        let tab = TABS.len();
        let browser = self.tabs[tab].browser;
        self.browsers[browser] = Browser::default();
        self.browsers[browser].saved = Saved {
            token: Some(token),
            ..Saved::default()
        };
        self.load_tab(tab);
        self.run();
        self.load_all(tab);
        let view = view(self.tabs[tab].session.as_ref());
        self.close_tab(tab);
        view
    }

    /// Loads everything that came before what a tab shows.
    fn load_all(&mut self, tab: usize) {
        self.run();
        let more = |session: &VisitorSession| session.has_earlier();
        for _ in 0..100 {
            if !self.tabs[tab].session.as_ref().is_some_and(more) {
                return;
            }
            self.visitor_input(tab, Input::Earlier);
            self.run();
        }
        self.fault(Kind::Restless, format!("tab {tab} never has its whole log"));
    }

    fn unsent(&self) -> Unsent {
        let tabs = self.tabs.iter().filter_map(|tab| tab.session.as_ref());
        let shown = tabs.flat_map(VisitorSession::pending);
        let refused = shown.filter(|it| matches!(it.state, Delivery::Refused(_)));
        let drafts = self.desks.iter().flat_map(|desk| desk.drafts.values());
        Unsent {
            commands: refused.map(|it| it.id).collect(),
            drafts: drafts.cloned().collect(),
        }
    }
}

fn rests(session: &VisitorSession) -> bool {
    let is_refused = |state| matches!(state, Delivery::Refused(_));
    session.link() == LinkState::Live
        && session.pending().all(|pending| is_refused(pending.state))
        && !session.human_pending()
        && !session.leave_pending()
        && !session.supervisor_pending()
}

type View = (
    Vec<Event>,
    Option<protocol::State>,
    Option<SiteFace>,
    Option<Author>,
);

/// What a visitor's page shows of its conversation.
fn view(session: Option<&VisitorSession>) -> Option<View> {
    let session = session?;
    Some((
        session.events().to_vec(),
        session.state().cloned(),
        session.site().cloned(),
        session.typing().cloned(),
    ))
}

type Lists = (bool, Vec<protocol::Case>, Vec<protocol::Case>);

/// What an agent's page shows beside the conversations.
fn lists(session: Option<&AgentSession>) -> Option<Lists> {
    let session = session?;
    let cases =
        |lines: Vec<session::agent::Line>| lines.into_iter().map(|line| line.case).collect();
    Some((
        session.on_duty(),
        cases(session.lines(List::Queue)),
        cases(session.lines(List::Mine)),
    ))
}
