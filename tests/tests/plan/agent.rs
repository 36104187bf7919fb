//! Agents' pages: the real session in each tab, and what their browsers keep.

use std::collections::BTreeMap;

use human_please_tests::socket::Heard;
use protocol::{AgentCommand, AgentFrame, CommandId, ConversationId, checked_text};
use session::agent::{AgentKept, AgentSession, Deed, Input, Line, List, Output};
use session::{Kept, Moment};

use crate::history::{Entry, Wish};
use crate::operation::AgentAct;
use crate::place::AGENTS;
use crate::socket::News;
use crate::world::{World, wire_of_desk};

/// A tab of an agent. It is closed until it has a session.
pub struct Desk {
    pub name: &'static str,
    pub session: Option<AgentSession>,
    /// It was open once, and may have kept something.
    pub was_used: bool,
    /// What is written, here and in a page that is loaded again.
    pub drafts: BTreeMap<ConversationId, String>,
    pub notes: BTreeMap<ConversationId, String>,
    pub replies: BTreeMap<CommandId, Kept<AgentCommand>>,
}

impl Desk {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            session: None,
            was_used: false,
            drafts: BTreeMap::new(),
            notes: BTreeMap::new(),
            replies: BTreeMap::new(),
        }
    }

    pub fn wake_at(&self) -> Option<Moment> {
        self.session.as_ref()?.wake_at()
    }

    fn keep(&mut self) {
        if let Some(session) = &self.session {
            let kept = session.kept();
            self.drafts = kept.drafts.into_iter().collect();
            self.notes = kept.notes.into_iter().collect();
            self.replies = kept
                .replies
                .into_iter()
                .map(|reply| (reply.id, reply))
                .collect();
        }
    }

    fn lines(&self, list: List) -> Vec<Line> {
        let session = self.session.as_ref();
        session.map(|it| it.lines(list)).unwrap_or_default()
    }
}

/// One of the lines, or none if there are none.
fn pick(lines: &[Line], number: usize) -> Option<ConversationId> {
    let index = number.checked_rem(lines.len())?;
    Some(lines[index].case.conversation)
}

impl World {
    pub fn agent_acts(&mut self, desk: usize, act: AgentAct) {
        match act {
            AgentAct::Load => return self.load_desk(desk),
            AgentAct::Close => return self.close_desk(desk),
            AgentAct::Vanish { silent } => return self.vanish(desk, silent),
            _ if self.desks[desk].session.is_none() => {
                self.load_desk(desk);
                self.run();
            }
            _ => {}
        }
        let [queue, mine] = [List::Queue, List::Mine].map(|list| self.desks[desk].lines(list));
        let both = || [mine.clone(), queue.clone()].concat();
        match act {
            AgentAct::Load | AgentAct::Close | AgentAct::Vanish { .. } => {}
            AgentAct::Duty(on) => self.agent_input(desk, Input::Duty(on)),
            AgentAct::View(number) => {
                self.agent_input(desk, Input::View(pick(&both(), number)));
            }
            AgentAct::Take(number) => {
                if let Some(conversation) = pick(&queue, number) {
                    self.agent_input(desk, Input::View(Some(conversation)));
                    self.do_deed(desk, Deed::Take, conversation);
                }
            }
            AgentAct::Write(number) => {
                if let Some(conversation) = pick(&both(), number) {
                    self.write(desk, conversation);
                }
            }
            AgentAct::Reply(number) => {
                // Now and then to what they do not hold: its text must come back.
                let lines = if number == 0 { both() } else { mine };
                if let Some(conversation) = pick(&lines, number) {
                    self.write(desk, conversation);
                    self.reply(desk, conversation);
                }
            }
            AgentAct::Resolve(number) => {
                if let Some(conversation) = pick(&mine, number) {
                    self.do_deed(desk, Deed::Resolve, conversation);
                }
            }
            AgentAct::Transfer(number) => {
                if let Some(conversation) = pick(&mine, number) {
                    self.do_deed(desk, Deed::Transfer, conversation);
                }
            }
        }
    }

    /// Opens an agent's page, or loads it again.
    pub fn load_desk(&mut self, desk: usize) {
        self.close_desk(desk);
        let seed = u64::try_from(self.random.bits() >> 64).unwrap();
        let at = &mut self.desks[desk];
        let kept = AgentKept {
            drafts: at.drafts.clone().into_iter().collect(),
            notes: at.notes.clone().into_iter().collect(),
            replies: at.replies.values().cloned().collect(),
        };
        at.was_used = true;
        at.session = Some(AgentSession::new(seed, kept, self.now));
        self.agent_input(desk, Input::Wake);
    }

    /// The page is gone, as when the browser is killed.
    pub fn close_desk(&mut self, desk: usize) {
        self.desks[desk].session = None;
        self.hang_up(wire_of_desk(desk));
    }

    /// An agent is gone with all their pages, for longer than their lease and two heartbeats.
    fn vanish(&mut self, desk: usize, silent: bool) {
        let name = self.desks[desk].name;
        let theirs = (0..self.desks.len()).filter(|&other| self.desks[other].name == name);
        for desk in theirs.collect::<Vec<_>>() {
            if silent {
                self.wires[wire_of_desk(desk)].hold(true, true);
            } else {
                self.close_desk(desk);
            }
        }
        self.pass(65_000);
    }

    fn do_deed(&mut self, desk: usize, deed: Deed, conversation: ConversationId) {
        let id = CommandId(self.random.bits());
        let wish = match deed {
            Deed::Take => Wish::Take(conversation),
            Deed::Resolve => Wish::Resolve(conversation),
            Deed::Transfer => Wish::Transfer(conversation),
            Deed::Snooze | Deed::Wake | Deed::AskLead | Deed::AskNoLead => return,
        };
        let page = wire_of_desk(desk);
        self.history.push(Entry::Asked { page, id, wish });
        self.agent_input(desk, Input::Act(deed, conversation, id));
    }

    fn write(&mut self, desk: usize, conversation: ConversationId) {
        let number = self.new_number();
        let Some(session) = &self.desks[desk].session else {
            return;
        };
        let more = format!("desk {desk} writes {number}.");
        let draft = [session.draft_of(conversation), &more].join(" ");
        self.agent_input(desk, Input::Draft(conversation, draft));
    }

    fn reply(&mut self, desk: usize, conversation: ConversationId) {
        let Some(session) = &self.desks[desk].session else {
            return;
        };
        if let Ok(text) = checked_text(session.draft_of(conversation)) {
            let id = CommandId(self.random.bits());
            let wish = Wish::Reply(conversation, text);
            let page = wire_of_desk(desk);
            self.history.push(Entry::Asked { page, id, wish });
            self.agent_input(desk, Input::Reply(conversation, id));
        }
    }

    pub fn agent_hears(&mut self, desk: usize, news: News) {
        let input = match news {
            News::Opened => Input::Connected,
            News::Heard(Heard::Closed(code)) => Input::Closed(code),
            News::Heard(Heard::Text(text)) => match serde_json::from_str::<AgentFrame>(&text) {
                Ok(frame) => {
                    self.history.push(Entry::AgentTold {
                        connection: self.wires[wire_of_desk(desk)].connection,
                        agent: self.desks[desk].name,
                        frame: Box::new(frame.clone()),
                    });
                    Input::Frame(frame)
                }
                Err(_) => Input::Unknown,
            },
        };
        self.agent_input(desk, input);
    }

    pub fn agent_input(&mut self, desk: usize, input: Input) {
        let now = self.now;
        let Some(session) = &mut self.desks[desk].session else {
            return;
        };
        session.handle(input, now);
        while let Some(output) = self.desks[desk]
            .session
            .as_mut()
            .and_then(AgentSession::poll)
        {
            self.agent_output(desk, output);
        }
    }

    fn agent_output(&mut self, desk: usize, output: Output) {
        let wire = wire_of_desk(desk);
        match output {
            Output::Connect => {
                let name = self.desks[desk].name;
                let mut agents = AGENTS.iter();
                let (_, _, session) = agents.find(|(other, ..)| *other == name).unwrap();
                let cookie = format!("human-please-agent={session}");
                self.connect(wire, "/ws/agent", Some(&cookie));
            }
            Output::Close => self.hang_up(wire),
            Output::Send(frame) => {
                let text = serde_json::to_string(&frame).unwrap();
                self.trace
                    .add(&format!("{} says {text}", self.wires[wire].connection));
                if let Some(socket) = &mut self.wires[wire].socket {
                    socket.send(text);
                }
            }
            Output::Keep => self.desks[desk].keep(),
            Output::CheckSignIn | Output::Changed | Output::Alert(_) | Output::Told(_) => {}
        }
    }
}
