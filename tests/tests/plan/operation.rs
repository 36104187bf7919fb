//! What a plan is made of: operations, drawn from a seed.

use human_please_tests::random::Random;

use crate::bot::Mood;
use crate::store::StopAt;

/// The tabs of visitors: whose they are, and in which browser.
pub const TABS: [(usize, usize); 6] = [(0, 0), (0, 0), (0, 1), (1, 2), (1, 2), (2, 3)];

/// The tabs of agents, by name.
pub const DESKS: [&str; 3] = ["Ana", "Ana", "Ben"];

/// Everybody who has a connection: visitors' tabs, then agents'.
pub const WIRES: usize = TABS.len() + DESKS.len();

/// One operation, and whether the network and the server do all there is to do before the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub operation: Operation,
    pub settles: bool,
}

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// A visitor does something in a tab, which is opened if it is not.
    Visitor(usize, VisitorAct),
    /// An agent does something in a tab, which is opened if it is not.
    Agent(usize, AgentAct),
    /// Something happens to a connection.
    Network(usize, NetworkAct),
    /// Something happens to the server.
    Server(ServerAct),
    /// Time passes, in milliseconds.
    Pass(u64),
    /// The server's clock of the day is turned by so many milliseconds, forward or back.
    TurnClock(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitorAct {
    Load,
    Close,
    Say(Mood),
    Human,
    Supervisor,
    Leave,
    Assistant,
    End,
    Type,
    Earlier,
    Look(bool),
}

/// What an agent does. The number picks one of the conversations that it can be done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentAct {
    Load,
    Close,
    Duty(bool),
    View(usize),
    Take(usize),
    Write(usize),
    Reply(usize),
    Resolve(usize),
    Transfer(usize),
    /// All their pages are gone, or fall silent, for longer than the lease.
    Vanish {
        silent: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkAct {
    /// What the client sends, or what is sent to it, is held back.
    Hold { up: bool, down: bool },
    /// Everything passes again.
    Flow,
    /// The connection is cut; so many of a thousand bytes that were under way still arrive.
    Cut { permille: usize },
    /// What a connection that is long gone had sent arrives after all.
    Late,
    /// The browser hears that its network has changed.
    Nudge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerAct {
    /// As by SIGTERM, and started again.
    Restart,
    /// As by SIGKILL, and started again after a while.
    Kill { down_ms: u64 },
    /// Killed at its next commit.
    KillAt(StopAt),
    /// Commits fail from now on, or not any more.
    Fail(bool),
    /// A bot that hangs is let go.
    FreeBot,
    /// The merchant makes a copy of the database.
    Backup,
    /// The merchant puts the last copy back.
    Restore,
}

/// What a seed stands for.
#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    pub has_bot: bool,
    /// Every message is nearly as long as it may be.
    pub is_wordy: bool,
    pub steps: Vec<Step>,
}

impl Plan {
    /// The plan of a seed.
    pub fn of(seed: u64) -> Self {
        let mut random = Random::from_seed(seed);
        let has_bot = !random.once_in(4);
        let is_wordy = random.once_in(25);
        let hurry = 2 + random.below(4);
        let cast = Cast::draw(&mut random);
        let mut operations = vec![];
        if random.once_in(2) {
            // In the middle of what most plans would hardly get to.
            let (tab, desk) = (cast.tab(&mut random), cast.desk(&mut random));
            operations.extend([
                Operation::Agent(desk, AgentAct::Duty(true)),
                Operation::Visitor(tab, VisitorAct::Human),
                Operation::Agent(desk, AgentAct::Take(0)),
                Operation::Agent(desk, AgentAct::Reply(1)),
            ]);
        }
        let length = 12 + random.below(38);
        operations.extend((0..length).map(|_| operation(&mut random, &cast)));
        let steps = operations.into_iter().map(|operation| Step {
            operation,
            settles: !random.once_in(hurry),
        });
        Self {
            seed,
            has_bot,
            is_wordy,
            steps: steps.collect(),
        }
    }

    /// The same plan with those steps only.
    pub fn keep(&self, kept: &[usize]) -> Self {
        let steps = kept
            .iter()
            .filter_map(|&index| self.steps.get(index).copied());
        Self {
            steps: steps.collect(),
            ..self.clone()
        }
    }
}

/// Who takes part: few people meet each other more often than many.
struct Cast {
    tabs: Vec<usize>,
    desks: Vec<usize>,
}

impl Cast {
    fn draw(random: &mut Random) -> Self {
        let tabs = [1, 2, 2, 3, 4, TABS.len()];
        let desks = [1, 1, 2, DESKS.len()];
        let (tabs, desks) = (tabs[below(random, 6)], desks[below(random, 4)]);
        Self {
            tabs: some(random, TABS.len(), tabs),
            desks: some(random, DESKS.len(), desks),
        }
    }

    fn tab(&self, random: &mut Random) -> usize {
        self.tabs[below(random, self.tabs.len())]
    }

    fn desk(&self, random: &mut Random) -> usize {
        self.desks[below(random, self.desks.len())]
    }

    /// The connection of one of them.
    fn wire(&self, random: &mut Random) -> usize {
        let number = below(random, self.tabs.len() + self.desks.len());
        match self.tabs.get(number) {
            Some(&tab) => tab,
            None => TABS.len() + self.desks[number - self.tabs.len()],
        }
    }
}

/// So many different numbers below a bound.
fn some(random: &mut Random, bound: usize, count: usize) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..bound).collect();
    while numbers.len() > count {
        numbers.remove(below(random, numbers.len()));
    }
    numbers
}

fn below(random: &mut Random, bound: usize) -> usize {
    usize::try_from(random.below(bound as u64)).unwrap()
}

fn operation(random: &mut Random, cast: &Cast) -> Operation {
    match random.below(100) {
        0..38 => Operation::Visitor(cast.tab(random), visitor_act(random)),
        38..68 => Operation::Agent(cast.desk(random), agent_act(random)),
        68..81 => Operation::Network(cast.wire(random), network_act(random)),
        81..89 => Operation::Server(server_act(random)),
        89..92 => {
            const HOUR: i64 = 60 * 60 * 1_000;
            let turns = [HOUR, -HOUR, 24 * HOUR, -24 * HOUR, 1, -1];
            Operation::TurnClock(turns[below(random, turns.len())])
        }
        _ => {
            let longest = [200, 3_000, 12_000, 80_000];
            let longest = longest[below(random, longest.len())];
            Operation::Pass(1 + random.below(longest))
        }
    }
}

fn visitor_act(random: &mut Random) -> VisitorAct {
    match random.below(30) {
        24..27 => VisitorAct::Supervisor,
        27..29 => VisitorAct::Assistant,
        29.. => VisitorAct::End,
        0..10 => VisitorAct::Say(Mood::ALL[below(random, Mood::ALL.len())]),
        10..15 => VisitorAct::Human,
        15..17 => VisitorAct::Leave,
        17..20 => VisitorAct::Load,
        20 => VisitorAct::Close,
        21 => VisitorAct::Type,
        22 => VisitorAct::Earlier,
        23 => VisitorAct::Look(random.once_in(2)),
    }
}

fn agent_act(random: &mut Random) -> AgentAct {
    let pick = below(random, 4);
    match random.below(26) {
        24.. => AgentAct::Vanish {
            silent: random.once_in(2),
        },
        0..6 => AgentAct::Take(pick),
        6..11 => AgentAct::Reply(pick),
        11..13 => AgentAct::Resolve(pick),
        13..15 => AgentAct::Transfer(pick),
        15..19 => AgentAct::Duty(!random.once_in(4)),
        19 => AgentAct::View(pick),
        20 => AgentAct::Write(pick),
        21 => AgentAct::Close,
        _ => AgentAct::Load,
    }
}

fn network_act(random: &mut Random) -> NetworkAct {
    match random.below(10) {
        0..3 => NetworkAct::Hold {
            up: random.once_in(2),
            down: random.once_in(2),
        },
        3 => NetworkAct::Hold {
            up: true,
            down: true,
        },
        4 => NetworkAct::Flow,
        5..8 => {
            let permille = [0, 1_000, below(random, 1_000)];
            NetworkAct::Cut {
                permille: permille[below(random, permille.len())],
            }
        }
        8 => NetworkAct::Late,
        _ => NetworkAct::Nudge,
    }
}

fn server_act(random: &mut Random) -> ServerAct {
    match random.below(20) {
        0..4 => ServerAct::Restart,
        4..8 => ServerAct::Kill {
            down_ms: random.below(8_000),
        },
        8..10 => ServerAct::KillAt(StopAt::Before),
        10..12 => ServerAct::KillAt(StopAt::After),
        12..14 => ServerAct::Fail(true),
        14..16 => ServerAct::Fail(false),
        16 => ServerAct::FreeBot,
        17..19 => ServerAct::Backup,
        _ => ServerAct::Restore,
    }
}
