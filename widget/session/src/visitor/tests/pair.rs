//! Two tabs of one visitor against a small server, over links that lose, delay and repeat: whatever happens, every
//! text that was said is in the log exactly once and in order, and every tab shows the log.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;
use protocol::{Author, ClientFrame, CommandId, Event, EventKind, Seq, Timestamp, VisitorCommand};

use super::server::{Server, Wire};
use crate::link::LinkState;
use crate::moment::Moment;
use crate::outbox::Kept;
use crate::visitor::{Delivery, Input, Output, Saved, VisitorSession};

const TABS: usize = 2;

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    Say(usize),
    Human(usize),
    Leave(usize),
    Type(usize),
    Earlier(usize),
    Visible(usize, bool),
    NetworkChanged(usize),
    Reload(usize),
    /// The connection that a tab asked for opens, or does not.
    Open(usize, bool),
    /// The server reads that many frames of a tab.
    Up(usize, usize),
    /// A tab reads that many frames of the server.
    Down(usize, usize),
    /// The connection is cut; what was on its way up arrives late or never.
    Cut(usize, Option<u16>),
    /// Frames of connections that are long gone reach the server after all.
    Late(usize),
    Pass(u64),
    /// Time passes until a tab wants to be woken.
    Sleep(usize),
    ServerSays,
    ServerRefuses(u32),
    ServerLosesEvents(u32),
    ServerAcksFirst(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let tab = 0..TABS;
    prop_oneof![
        6 => tab.clone().prop_map(Step::Say),
        2 => tab.clone().prop_map(Step::Human),
        1 => tab.clone().prop_map(Step::Leave),
        1 => tab.clone().prop_map(Step::Type),
        1 => tab.clone().prop_map(Step::Earlier),
        1 => (tab.clone(), any::<bool>()).prop_map(|(tab, on)| Step::Visible(tab, on)),
        1 => tab.clone().prop_map(Step::NetworkChanged),
        2 => tab.clone().prop_map(Step::Reload),
        6 => (tab.clone(), prop::bool::weighted(0.8)).prop_map(|(tab, opens)| Step::Open(tab, opens)),
        8 => (tab.clone(), 1..4_usize).prop_map(|(tab, frames)| Step::Up(tab, frames)),
        8 => (tab.clone(), 1..4_usize).prop_map(|(tab, frames)| Step::Down(tab, frames)),
        2 => (tab.clone(), prop::option::of(prop::sample::select(vec![1006, 1012, 4003, 4005])))
            .prop_map(|(tab, number)| Step::Cut(tab, number)),
        1 => (1..4_usize).prop_map(Step::Late),
        2 => (0..5_000_u64).prop_map(Step::Pass),
        3 => tab.prop_map(Step::Sleep),
        3 => Just(Step::ServerSays),
        1 => (1..4_u32).prop_map(Step::ServerRefuses),
        1 => (1..3_u32).prop_map(Step::ServerLosesEvents),
        1 => any::<bool>().prop_map(Step::ServerAcksFirst),
    ]
}

/// A tab and its side of the connection.
struct Tab {
    session: VisitorSession,
    line: Line,
}

enum Line {
    None,
    Opening,
    Open(VecDeque<ClientFrame<VisitorCommand>>),
}

struct World {
    now: Moment,
    server: Server,
    wires: BTreeMap<usize, Wire>,
    tabs: Vec<Option<Tab>>,
    /// Frames of connections that are gone, still on their way.
    late: VecDeque<ClientFrame<VisitorCommand>>,
    saved: Saved,
    kept: BTreeMap<CommandId, Kept<VisitorCommand>>,
    /// What was said in each tab, in order.
    said: [Vec<String>; TABS],
    next_id: u128,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            now: Moment(0),
            server: Server::default(),
            wires: BTreeMap::new(),
            tabs: (0..TABS).map(|_| None).collect(),
            late: VecDeque::new(),
            saved: Saved::default(),
            kept: BTreeMap::new(),
            said: Default::default(),
            next_id: 0,
        };
        world.load(0);
        world
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Say(tab) if self.tabs[tab].is_some() => {
                let text = format!("{tab}: {}", self.said[tab].len());
                self.said[tab].push(text.clone());
                let id = self.fresh_id();
                self.does(tab, Input::Say { id, text });
            }
            Step::Say(_) => {}
            Step::Human(tab) => {
                let id = self.fresh_id();
                self.does(tab, Input::Human { id });
            }
            Step::Leave(tab) => {
                let id = self.fresh_id();
                self.does(tab, Input::Leave { id });
            }
            Step::Type(tab) => self.does(tab, Input::Typed("draft".into())),
            Step::Earlier(tab) => self.does(tab, Input::Earlier),
            Step::Visible(tab, on) => self.does(tab, Input::Visible(on)),
            Step::NetworkChanged(tab) => self.does(tab, Input::NetworkChanged),
            Step::Reload(tab) => self.load(tab),
            Step::Open(tab, opens) => self.open(tab, opens),
            Step::Up(tab, frames) => self.up(tab, frames),
            Step::Down(tab, frames) => self.down(tab, frames),
            Step::Cut(tab, number) => {
                let open = matches!(self.line(tab), Some(Line::Open(_)));
                self.hang_up(tab);
                if open {
                    self.does(tab, Input::Closed(number));
                }
            }
            Step::Late(frames) => {
                for frame in self.late.drain(..frames.min(self.late.len())) {
                    self.server.take(frame, None, &mut self.wires);
                }
            }
            Step::Pass(ms) => self.pass(ms),
            Step::Sleep(tab) => self.sleep(tab),
            Step::ServerSays => self.server.says(&mut self.wires),
            Step::ServerRefuses(count) => self.server.refuse_next = count,
            Step::ServerLosesEvents(count) => self.server.lose_next = count,
            Step::ServerAcksFirst(first) => self.server.ack_first = first,
        }
        self.check_always();
    }

    fn load(&mut self, tab: usize) {
        // Two tabs that both know no token would be given two conversations.
        if tab > 0 && self.saved.token.is_none() {
            return;
        }
        self.hang_up(tab);
        let kept = self.kept.values().cloned().collect();
        let session = VisitorSession::new(self.saved.clone(), kept, None, self.now.0, self.now);
        let line = Line::None;
        self.tabs[tab] = Some(Tab { session, line });
        self.does(tab, Input::Wake);
    }

    fn does(&mut self, tab: usize, input: Input) {
        let Some(it) = &mut self.tabs[tab] else {
            return;
        };
        it.session.handle(input, self.now);
        while let Some(output) = self.tabs[tab]
            .as_mut()
            .and_then(|it| it.session.next_output())
        {
            match output {
                Output::Connect => {
                    self.hang_up(tab);
                    self.set_line(tab, Line::Opening);
                }
                Output::Close => self.hang_up(tab),
                Output::Send(frame) => match self.line(tab) {
                    Some(Line::Open(up)) => up.push_back(frame),
                    _ => panic!("sent without a connection: {frame:?}"),
                },
                Output::Save(saved) => self.saved = saved,
                Output::Keep(kept) => {
                    self.kept.insert(kept.id, kept);
                }
                Output::Forget(id) => {
                    self.kept.remove(&id);
                }
                Output::Arrived { .. } | Output::ContextRefused | Output::Changed(_) => {}
            }
        }
    }

    fn open(&mut self, tab: usize, opens: bool) {
        if !matches!(self.line(tab), Some(Line::Opening)) {
            return;
        }
        if opens {
            self.set_line(tab, Line::Open(VecDeque::new()));
            self.wires.insert(tab, Wire::default());
            self.does(tab, Input::Connected);
        } else {
            self.set_line(tab, Line::None);
            self.does(tab, Input::Closed(None));
        }
    }

    fn up(&mut self, tab: usize, frames: usize) {
        for _ in 0..frames {
            if let Some(Line::Open(up)) = self.line(tab)
                && let Some(frame) = up.pop_front()
            {
                self.server.take(frame, Some(tab), &mut self.wires);
            }
        }
    }

    fn down(&mut self, tab: usize, frames: usize) {
        for _ in 0..frames {
            let frame = self
                .wires
                .get_mut(&tab)
                .and_then(|wire| wire.down.pop_front());
            if let Some(frame) = frame {
                self.does(tab, Input::Frame(Box::new(frame)));
            }
        }
    }

    /// Neither side hears the other on this connection any more, but what was sent may still arrive.
    fn hang_up(&mut self, tab: usize) {
        self.wires.remove(&tab);
        if let Some(it) = &mut self.tabs[tab]
            && let Line::Open(up) = std::mem::replace(&mut it.line, Line::None)
        {
            let hello =
                |frame: &ClientFrame<_>| matches!(frame.command, VisitorCommand::Hello { .. });
            self.late
                .extend(up.into_iter().filter(|frame| !hello(frame)));
        }
    }

    fn pass(&mut self, ms: u64) {
        self.now = self.now.after_ms(ms);
        self.server.now = Timestamp(i64::try_from(self.now.0).unwrap());
        for tab in 0..TABS {
            self.does(tab, Input::Wake);
        }
    }

    fn sleep(&mut self, tab: usize) {
        let at = self.tabs[tab].as_ref().and_then(|it| it.session.wake_at());
        if let Some(at) = at {
            self.pass(at.since_ms(self.now));
        }
    }

    /// Everything works from here on, until nothing moves any more.
    fn settle(&mut self) {
        self.server.refuse_next = 0;
        self.server.lose_next = 0;
        for _ in 0..500 {
            for tab in 0..TABS {
                self.open(tab, true);
                self.up(tab, 100);
                self.down(tab, 1_000);
            }
            let quiet = self.tabs.iter().flatten().all(|it| {
                it.session.link() == LinkState::Live
                    && it
                        .session
                        .pending()
                        .all(|pending| pending.state == Delivery::Sent)
                    && matches!(&it.line, Line::Open(up) if up.is_empty())
                    // A page of history that was sent back is asked for again after a while.
                    && it.session.timeline.gap().is_none()
            }) && self.wires.values().all(|wire| wire.down.is_empty());
            if quiet && self.kept.is_empty() {
                return;
            }
            let tab = (0..TABS)
                .filter(|&tab| self.tabs[tab].is_some())
                .min_by_key(|&tab| self.tabs[tab].as_ref().and_then(|it| it.session.wake_at()));
            self.sleep(tab.expect("one tab is always there"));
        }
        panic!("it does not come to rest; still kept: {:?}", self.kept);
    }

    /// What holds at every moment.
    fn check_always(&self) {
        let logged = self.logged();
        for text in self.said.iter().flatten() {
            let count = logged.iter().filter(|other| *other == text).count();
            assert!(count <= 1, "{text:?} is in the log {count} times");
            let kept = self.kept.values().any(|kept| {
                matches!(&kept.command, VisitorCommand::Say { text: other } if other == text)
            });
            assert!(count == 1 || kept, "{text:?} is lost");
        }
        for it in self.tabs.iter().flatten() {
            let events = it.session.events();
            let start = events.first().map_or(0, |event| event.seq.0 - 1);
            let start = usize::try_from(start).unwrap();
            assert_eq!(events, &self.server.log[start..start + events.len()]);
            for pending in it.session.pending() {
                let shown = events.iter().any(|event| {
                    matches!(&event.kind, EventKind::Message(message) if message.id == pending.id)
                });
                assert!(!shown, "{:?} is shown twice", pending.text);
            }
        }
    }

    /// What holds when everything has come to rest.
    fn check_at_rest(&mut self) {
        let logged = self.logged();
        for (tab, said) in self.said.iter().enumerate() {
            let own = [tab.to_string(), ": ".into()].concat();
            let of_tab: Vec<_> = logged
                .iter()
                .filter(|text| text.starts_with(&own))
                .collect();
            assert_eq!(of_tab, said.iter().collect::<Vec<_>>(), "tab {tab}");
        }
        for tab in 0..TABS {
            while self.tabs[tab]
                .as_ref()
                .is_some_and(|it| it.session.has_earlier())
            {
                self.does(tab, Input::Earlier);
                self.up(tab, 100);
                self.down(tab, 1_000);
            }
            if let Some(it) = &self.tabs[tab] {
                assert_eq!(it.session.events(), self.server.log, "tab {tab}");
                assert!(!it.session.human_pending());
                assert_eq!(it.session.pending().count(), 0);
            }
        }
    }

    fn logged(&self) -> Vec<String> {
        let own = |event: &Event| match &event.kind {
            EventKind::Message(message) if message.author == (Author::Visitor {}) => {
                Some(message.text.clone())
            }
            _ => None,
        };
        self.server.log.iter().filter_map(own).collect()
    }

    fn line(&mut self, tab: usize) -> Option<&mut Line> {
        self.tabs[tab].as_mut().map(|it| &mut it.line)
    }

    fn set_line(&mut self, tab: usize, line: Line) {
        if let Some(it) = &mut self.tabs[tab] {
            it.line = line;
        }
    }

    fn fresh_id(&mut self) -> CommandId {
        self.next_id += 1;
        CommandId(self.next_id)
    }
}

proptest! {
    #[test]
    fn every_text_is_in_the_log_once_and_in_order_and_every_tab_shows_the_log(
        steps in prop::collection::vec(step(), 1..150)
    ) {
        let mut world = World::new();
        for step in steps {
            world.take(step);
        }
        world.settle();
        // Events that were lost on the way show by the gap before the next one.
        world.server.says(&mut world.wires);
        world.settle();
        world.check_always();
        world.check_at_rest();
        prop_assert!(world.server.log.last().is_some_and(|event| event.seq > Seq(0)));
    }
}
