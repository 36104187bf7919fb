//! The world of a plan: a server, everybody's pages, the network between them, and time.

mod server;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use human_please_tests::clock::HandClock;
use human_please_tests::random::Random;
use human_please_tests::socket::Heard;
use protocol::Timestamp;
use session::Moment;
use tokio::runtime::Handle;

use crate::agent::Desk;
use crate::bot::MoodyBot;
use crate::checker::check;
use crate::history::{Entry, Stored, Unsent};
use crate::life::{Ground, Life};
use crate::link::Link;
use crate::operation::{DESKS, NetworkAct, Operation, Plan, Step, TABS, WIRES};
use crate::place::{Place, stored};
use crate::reached::reached;
use crate::socket::{News, Socket};
use crate::store::{Hand, Lie};
use crate::trace::Trace;
use crate::verdict::{Fault, Kind, Verdict};
use crate::visitor::{Browser, Tab};

/// What the server's clock shows at first: in 2026.
const FIRST_MS: i64 = 1_795_300_000_000;

/// How finely timers go in a tab that is not in view, in milliseconds.
const TIMER_MS: u64 = 1_000;

/// Rounds after which a network that still moves never comes to rest.
const ROUNDS: usize = 1_000;

/// The place of a page that is loaded afresh, beside everybody's.
pub const FRESH_VISITOR: usize = WIRES;
pub const FRESH_AGENT: usize = WIRES + 1;

/// What is counted.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// What it has come to.
    pub reached: BTreeSet<&'static str>,
    /// Servers that were killed, and those that were stopped.
    pub kills: usize,
    pub restarts: usize,
    pub restores: usize,
}

/// A page's connection, and what holds it up.
#[derive(Default)]
pub struct Wire {
    pub socket: Option<Socket>,
    pub connection: usize,
    /// It was tried while no server was there.
    refused: bool,
    holds_up: bool,
    holds_down: bool,
}

impl Wire {
    /// Holds back what goes up and what comes down, or lets it pass.
    pub fn hold(&mut self, up: bool, down: bool) {
        (self.holds_up, self.holds_down) = (up, down);
    }
}

/// Everything.
pub struct World {
    pub plan: Plan,
    pub now: Moment,
    pub random: Random,
    pub browsers: Vec<Browser>,
    pub tabs: Vec<Tab>,
    pub desks: Vec<Desk>,
    pub wires: Vec<Wire>,
    pub history: Vec<Entry>,
    /// Texts that were written. Each has its own number, also where a restore has made the history shorter.
    written: u64,
    pub trace: Trace,
    pub counts: Counts,
    pub verdict: Verdict,
    pub life: Option<Life>,
    ground: Ground,
    place: Place,
    clock: HandClock,
    turned_ms: i64,
    connections: usize,
    /// Connections that their clients have left, with something still under way.
    late: VecDeque<Link>,
}

impl World {
    pub fn new(plan: &Plan, elsewhere: &Handle, lie: Option<Lie>) -> Self {
        let clock = HandClock::at(Timestamp(FIRST_MS));
        let hand = Arc::new(Hand::default());
        hand.lie(lie);
        let ground = Ground {
            hand,
            bot: MoodyBot::new(),
            has_bot: plan.has_bot,
            clock: clock.clock(),
            elsewhere: elsewhere.clone(),
        };
        let place = Place::new(elsewhere);
        let life = Some(Life::start(&place.database(), &ground));
        let tab = |&(_, browser): &(usize, usize)| Tab::new(browser);
        let browsers = TABS.iter().map(|&(_, browser)| browser + 1).max();
        let fresh_browser = browsers.unwrap_or_default();
        let fresh_tab = Tab::new(fresh_browser);
        let names = DESKS.into_iter().chain(["Ana"]);
        Self {
            plan: plan.clone(),
            now: Moment(0),
            random: Random::from_seed(plan.seed ^ 0x5eed),
            browsers: (0..=fresh_browser).map(|_| Browser::default()).collect(),
            tabs: TABS.iter().map(tab).chain([fresh_tab]).collect(),
            desks: names.map(Desk::new).collect(),
            wires: (0..WIRES + 2).map(|_| Wire::default()).collect(),
            history: vec![],
            written: 0,
            trace: Trace::default(),
            counts: Counts::default(),
            verdict: Verdict::default(),
            life,
            ground,
            place,
            clock,
            turned_ms: 0,
            connections: 0,
            late: VecDeque::new(),
        }
    }

    /// Does one step of the plan.
    pub fn take(&mut self, step: Step) {
        self.trace.add(&format!("{step:?}"));
        match step.operation {
            Operation::Visitor(tab, act) => self.visitor_acts(tab, act),
            Operation::Agent(desk, act) => self.agent_acts(desk, act),
            Operation::Network(wire, act) => self.network_acts(wire, act),
            Operation::Server(act) => self.server_acts(act),
            Operation::Pass(ms) => self.pass(ms),
            Operation::TurnClock(ms) => {
                self.turned_ms += ms;
                self.set_clock();
            }
        }
        if step.settles {
            self.run();
        }
    }

    /// A number for a text that is written.
    pub fn new_number(&mut self) -> u64 {
        self.written += 1;
        self.written
    }

    pub fn fault(&mut self, kind: Kind, detail: String) {
        self.verdict.faults.push(Fault { kind, detail });
    }

    /// Opens a connection for a page, in place of the one it had.
    pub fn connect(&mut self, wire: usize, path: &str, cookie: Option<&str>) {
        self.hang_up(wire);
        self.connections += 1;
        let link = self.life.as_ref().map(Life::connect);
        let Wire {
            socket,
            connection,
            refused,
            ..
        } = &mut self.wires[wire];
        *connection = self.connections;
        *refused = link.is_none();
        *socket = link.map(|link| Socket::open(link, path, cookie));
    }

    /// A page leaves its connection. What it had sent may still arrive.
    pub fn hang_up(&mut self, wire: usize) {
        let wire = &mut self.wires[wire];
        wire.refused = false;
        let Some(Socket { link, .. }) = wire.socket.take() else {
            return;
        };
        if wire.holds_up {
            link.abandon();
            self.late.push_back(link);
        } else {
            link.cut(1_000);
        }
    }

    /// Lets the server and the network do all that there is to do.
    pub fn run(&mut self) {
        for round in 0..ROUNDS {
            let mut arrived = round == 0;
            for wire in &self.wires {
                if let Some(Socket { link, .. }) = &wire.socket {
                    link.hold_down(wire.holds_down);
                    arrived |= !wire.holds_up && link.let_up();
                }
            }
            if let Some(life) = self.life.as_ref().filter(|_| arrived) {
                life.settle();
            }
            if self.ground.hand.was_stuck() {
                self.kill();
                self.start();
            }
            let mut moved = false;
            for wire in 0..self.wires.len() {
                moved |= self.listen(wire);
            }
            if !moved {
                return;
            }
        }
        self.fault(Kind::Restless, "the network never falls silent".into());
    }

    /// Hands a page what has come on its connection. False if nothing has.
    fn listen(&mut self, number: usize) -> bool {
        let mut moved = false;
        loop {
            let wire = &mut self.wires[number];
            let news = if std::mem::take(&mut wire.refused) {
                Some(News::Heard(Heard::Closed(None)))
            } else {
                wire.socket.as_mut().and_then(Socket::next)
            };
            let Some(news) = news else {
                return moved;
            };
            moved = true;
            if let News::Heard(heard) = &news {
                let connection = wire.connection;
                let line = match heard {
                    Heard::Text(text) => format!("{connection} hears {text}"),
                    Heard::Closed(code) => format!("{connection} closed {code:?}"),
                };
                self.trace.add(&line);
            }
            if matches!(news, News::Heard(Heard::Closed(_))) {
                self.hang_up(number);
            }
            match agent_of(number) {
                Some(desk) => self.agent_hears(desk, news),
                None => self.visitor_hears(tab_of(number), news),
            }
        }
    }

    fn network_acts(&mut self, number: usize, act: NetworkAct) {
        let wire = &mut self.wires[number];
        match act {
            NetworkAct::Hold { up, down } => wire.hold(up, down),
            NetworkAct::Flow => wire.hold(false, false),
            NetworkAct::Cut { permille } => {
                if let Some(socket) = wire.socket.take() {
                    socket.link.cut(permille);
                    let news = News::Heard(Heard::Closed(None));
                    match agent_of(number) {
                        Some(desk) => self.agent_hears(desk, news),
                        None => self.visitor_hears(tab_of(number), news),
                    }
                }
            }
            NetworkAct::Late => {
                if let Some(link) = self.late.pop_front() {
                    link.cut(1_000);
                }
            }
            NetworkAct::Nudge => match agent_of(number) {
                Some(desk) => self.agent_input(desk, session::agent::Input::Nudged),
                None => {
                    let input = session::visitor::Input::NetworkChanged;
                    self.visitor_input(tab_of(number), input);
                }
            },
        }
    }

    /// Lets time pass, and everybody do what is due.
    pub fn pass(&mut self, ms: u64) {
        let end = self.now.after_ms(ms);
        while self.now < end {
            let wake = self.wake_at().unwrap_or(end);
            // Browsers' timers are late by as much, too, and those that are due together cost as much as one.
            let wake = Moment(wake.0.next_multiple_of(TIMER_MS));
            let next = wake.max(self.now.after_ms(1)).min(end);
            // The server's own timers are not known: it is looked at every few seconds.
            let next = next.min(self.now.after_ms(5_000));
            let step_ms = next.since_ms(self.now);
            self.now = next;
            self.set_clock();
            if let Some(life) = &self.life {
                life.pass(step_ms);
            }
            self.wake_everybody();
            self.run();
        }
    }

    /// Lets hours pass in which nobody has a page open.
    pub fn sleep_hours(&mut self, hours: u64) {
        const HOUR_MS: u64 = 60 * 60 * 1_000;
        for _ in 0..hours {
            self.now = self.now.after_ms(HOUR_MS);
            self.set_clock();
            if let Some(life) = &self.life {
                life.pass(HOUR_MS);
            }
        }
    }

    fn wake_at(&self) -> Option<Moment> {
        let tabs = self.tabs.iter().filter_map(Tab::wake_at);
        let desks = self.desks.iter().filter_map(Desk::wake_at);
        tabs.chain(desks).min()
    }

    fn wake_everybody(&mut self) {
        for tab in 0..self.tabs.len() {
            if self.tabs[tab].wake_at().is_some_and(|at| at <= self.now) {
                self.visitor_input(tab, session::visitor::Input::Wake);
            }
        }
        for desk in 0..self.desks.len() {
            if self.desks[desk].wake_at().is_some_and(|at| at <= self.now) {
                self.agent_input(desk, session::agent::Input::Wake);
            }
        }
    }

    fn set_clock(&self) {
        let passed = i64::try_from(self.now.0).unwrap();
        self.clock
            .set(Timestamp(FIRST_MS + passed + self.turned_ms));
    }

    /// Everything works from here on.
    pub fn mend(&mut self) {
        self.ground.hand.fail(false);
        self.ground.hand.lie(None);
        self.ground.bot.free(true);
        self.ground.hand.stop_at(None);
        for link in std::mem::take(&mut self.late) {
            link.cut(1_000);
        }
        for wire in &mut self.wires {
            wire.hold(false, false);
        }
        self.start();
    }

    /// What is in the store.
    pub fn stored(&mut self) -> Stored {
        self.start();
        let life = self.life.as_ref().expect("it was just started");
        let database = self.place.database();
        let reading = stored(life.store(), &database);
        self.ground.elsewhere.block_on(reading)
    }

    /// Checks what was told so far, and all that was asked for if everything is at rest.
    pub fn check(&mut self, stored: &Stored, at_rest: Option<&Unsent>) {
        self.counts.reached.extend(reached(stored));
        let found = check(&self.history, stored, at_rest, self.plan.has_bot);
        let verdict = &mut self.verdict;
        verdict.faults.extend(found.faults);
        verdict.acks += found.acks;
        verdict.waits += found.waits;
        verdict.misreported_ms = verdict.misreported_ms.max(found.misreported_ms);
    }

    /// Ends it, and gives what was found.
    pub fn end(mut self) -> (Verdict, Counts, Trace) {
        if let Some(life) = self.life.take() {
            life.end();
        }
        (self.verdict, self.counts, self.trace)
    }
}

/// The agent's page at a wire, if it is an agent's.
fn agent_of(wire: usize) -> Option<usize> {
    match wire {
        FRESH_VISITOR => None,
        FRESH_AGENT => Some(DESKS.len()),
        _ => wire.checked_sub(TABS.len()),
    }
}

fn tab_of(wire: usize) -> usize {
    if wire == FRESH_VISITOR {
        TABS.len()
    } else {
        wire
    }
}

/// The wire of a visitor's tab.
pub fn wire_of_tab(tab: usize) -> usize {
    if tab == TABS.len() {
        FRESH_VISITOR
    } else {
        tab
    }
}

/// The wire of an agent's page.
pub fn wire_of_desk(desk: usize) -> usize {
    if desk == DESKS.len() {
        FRESH_AGENT
    } else {
        TABS.len() + desk
    }
}
