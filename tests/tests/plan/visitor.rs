//! Visitors' pages: the real session in each tab, and what their browsers keep.

use std::collections::BTreeMap;

use human_please_tests::server::SHOP;
use human_please_tests::socket::Heard;
use protocol::{CommandId, MAX_TEXT_CHARS, Token, VisitorCommand, VisitorFrame};
use session::visitor::{Input, Output, Saved, VisitorSession};
use session::{Kept, Moment};

use crate::history::{Entry, Wish};
use crate::operation::{TABS, VisitorAct};
use crate::socket::News;
use crate::world::{World, wire_of_tab};

/// What one browser keeps, as the page's keeper does.
#[derive(Debug, Default)]
pub struct Browser {
    pub saved: Saved,
    pub kept: BTreeMap<CommandId, Kept<VisitorCommand>>,
    /// The token that its pages were given for a conversation that they may begin.
    fresh: Option<Token>,
}

/// A tab. It is closed until it has a session.
pub struct Tab {
    pub browser: usize,
    pub session: Option<VisitorSession>,
}

impl Tab {
    pub fn new(browser: usize) -> Self {
        Self {
            browser,
            session: None,
        }
    }

    pub fn wake_at(&self) -> Option<Moment> {
        self.session.as_ref()?.wake_at()
    }
}

impl World {
    pub fn visitor_acts(&mut self, tab: usize, act: VisitorAct) {
        match act {
            VisitorAct::Load => return self.load_tab(tab),
            VisitorAct::Close => return self.close_tab(tab),
            _ if self.tabs[tab].session.is_none() => self.load_tab(tab),
            _ => {}
        }
        let id = CommandId(self.random.bits());
        let input = match act {
            VisitorAct::Load | VisitorAct::Close => return,
            VisitorAct::Say(mood) => {
                let number = self.new_number();
                let padding = if self.plan.is_wordy {
                    "x".repeat(MAX_TEXT_CHARS - 100)
                } else {
                    String::new()
                };
                let text = format!("{padding}tab {tab} says {number}: {}", mood.word());
                Input::Say { id, text }
            }
            VisitorAct::Human => Input::Human { id },
            VisitorAct::Supervisor => Input::Supervisor { id },
            VisitorAct::Leave => Input::Leave { id },
            VisitorAct::Assistant => Input::Assistant { id },
            VisitorAct::End => Input::End { id },
            VisitorAct::Type => Input::Typed("a draft".into()),
            VisitorAct::Earlier => Input::Earlier,
            VisitorAct::Look(on) => Input::Visible(on),
        };
        self.visitor_input(tab, input);
    }

    /// Opens a tab, or loads it again.
    pub fn load_tab(&mut self, tab: usize) {
        let browser = self.tabs[tab].browser;
        if self.browsers[browser].saved.token.is_none() && !self.may_begin(tab) {
            return;
        }
        self.close_tab(tab);
        let seed = u64::try_from(self.random.bits() >> 64).unwrap();
        let token = Token(format!("{:032x}{seed:032x}", self.random.bits()));
        let keeper = &mut self.browsers[browser];
        let fresh = keeper.fresh.get_or_insert(token).clone();
        let kept = keeper.kept.values().cloned().collect();
        let saved = keeper.saved.clone();
        let session = VisitorSession::new(saved, kept, Some(fresh), seed, self.now);
        self.tabs[tab].session = Some(session);
        self.visitor_input(tab, Input::Wake);
    }

    /// A visitor's first browser begins the conversation; the others learn of it by the same identity.
    fn may_begin(&mut self, tab: usize) -> bool {
        let Some(&(visitor, browser)) = TABS.get(tab) else {
            return true;
        };
        let first = TABS.iter().find(|(other, _)| *other == visitor);
        let first = first.map_or(browser, |(_, browser)| *browser);
        let token = self.browsers[first].saved.token.clone();
        if browser != first {
            self.browsers[browser].saved.token.clone_from(&token);
        }
        // What it could not send yet may begin another one.
        browser == first || token.is_some() || !self.browsers[browser].kept.is_empty()
    }

    /// A tab is gone, as when it is killed: its page has no last word.
    pub fn close_tab(&mut self, tab: usize) {
        self.tabs[tab].session = None;
        self.hang_up(wire_of_tab(tab));
    }

    pub fn visitor_hears(&mut self, tab: usize, news: News) {
        let input = match news {
            News::Opened => Input::Connected,
            News::Heard(Heard::Closed(code)) => Input::Closed(code),
            News::Heard(Heard::Text(text)) => {
                // What a page does not know it passes over.
                let Ok(frame) = serde_json::from_str::<VisitorFrame>(&text) else {
                    return;
                };
                let frame = Box::new(frame);
                self.history.push(Entry::VisitorTold {
                    connection: self.wires[wire_of_tab(tab)].connection,
                    frame: frame.clone(),
                });
                Input::Frame(frame)
            }
        };
        self.visitor_input(tab, input);
    }

    pub fn visitor_input(&mut self, tab: usize, input: Input) {
        let now = self.now;
        let Some(session) = &mut self.tabs[tab].session else {
            return;
        };
        session.handle(input, now);
        let mut tokens = vec![];
        while let Some(output) = self.tabs[tab]
            .session
            .as_mut()
            .and_then(VisitorSession::next_output)
        {
            self.visitor_output(tab, output, &mut tokens);
        }
        // Other tabs of the browser hear of what was saved.
        let browser = self.tabs[tab].browser;
        for token in tokens {
            for other in 0..self.tabs.len() {
                if other != tab && self.tabs[other].browser == browser {
                    self.visitor_input(other, Input::TokenFound(token.clone()));
                }
            }
        }
    }

    fn visitor_output(&mut self, tab: usize, output: Output, tokens: &mut Vec<Token>) {
        let wire = wire_of_tab(tab);
        let browser = &mut self.browsers[self.tabs[tab].browser];
        match output {
            Output::Connect => self.connect(wire, &format!("/ws/visitor?site={SHOP}"), None),
            Output::Close => self.hang_up(wire),
            Output::Send(frame) => {
                let text = serde_json::to_string(&frame).unwrap();
                self.trace
                    .add(&format!("{} says {text}", self.wires[wire].connection));
                if let Some(socket) = &mut self.wires[wire].socket {
                    socket.send(text);
                }
            }
            Output::Save(saved) => {
                if saved != browser.saved {
                    tokens.extend(saved.token.clone());
                }
                browser.saved = saved;
            }
            Output::Keep(kept) => {
                let id = kept.id;
                let wish = match &kept.command {
                    VisitorCommand::Say { text } => Some(Wish::Say(text.clone())),
                    VisitorCommand::Human {} => Some(Wish::Human),
                    VisitorCommand::Supervisor {} => Some(Wish::Supervisor),
                    VisitorCommand::Leave {} => Some(Wish::Leave),
                    VisitorCommand::Assistant {} => Some(Wish::Assistant),
                    VisitorCommand::End {} => Some(Wish::End),
                    _ => None,
                };
                let is_new = browser.kept.insert(id, kept).is_none();
                if let Some(wish) = wish.filter(|_| is_new) {
                    let page = tab;
                    self.history.push(Entry::Asked { page, id, wish });
                }
            }
            Output::Forget(id) => {
                browser.kept.remove(&id);
            }
            Output::Arrived { .. } | Output::ContextRefused | Output::Changed(_) => {}
        }
    }
}
