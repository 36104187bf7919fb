//! How much the connections of one visitor, and those of one address, may ask for together.
//!
//! Behind one address may be a whole town (S6), so nobody calm is refused for what a neighbour does: only what goes beyond
//! the pace of a hand counts against the address. A press of *Human please* is never refused (G1). It waits for its turn
//! where presses come faster than people make them, for [`TURN_AT_MOST`] and no longer. So a flood of presses is as
//! slow as it has connections, a flood of anything else is told to wait, and the way to a person stays open. What passes
//! of a flood is stored together, some times a second, so that its commits stand in nobody's way.

mod sender;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::ConversationId;
use tokio::time::Instant;

pub use self::sender::{Network, Sender};
use crate::socket::allowance::{Allowance, Pass};

/// Commands of one visitor at once, and each second after that, over all tabs and devices: what two connections may.
const VISITOR: (u16, u16) = (120, 40);

/// Commands at the pace of a hand, which writes, presses and is shown to write. Only what a visitor sends beyond it counts
/// against their address.
const HAND: (u16, u16) = (30, 2);

/// Presses of one visitor before they wait for their turn, and each second after that.
const PRESSES: (u16, u16) = (200, 50);

/// Commands of one address beyond what each of its visitors sends at the pace of a hand.
const ADDRESS: (u16, u16) = (300, 20);

/// Commands of one visitor that are stored at once. The others wait for [`TOGETHER`], which nobody sees.
const AT_ONCE: (u16, u16) = (2, 1);

/// At the ends of these spans all is stored, in one commit, that visitors send faster than [`AT_ONCE`]. Whoever comes next
/// waits for a commit, so a flood costs its neighbours as many waits as it makes commits: ten a second, and not one for
/// each of its commands (`cargo xtask bench neighbours`).
const TOGETHER: Duration = Duration::from_millis(100);

/// Conversations that one address begins: 7,200 an hour at the most. A school class, or a town after the evening news.
const OPENINGS: (u16, u16) = (120, 2);

/// The longest that a press waits for its turn. Less than the silence after which a client asks whether we are there.
pub const TURN_AT_MOST: Duration = Duration::from_secs(8);

/// Live connections that one address opens at once, and each second after that. The next ones wait for their turn, for the
/// handshakes of a crowd that comes in one moment are felt by whoever is here.
const ARRIVALS: (u16, u16) = (10, 100);

/// The longest that a connection waits for its turn: no client takes that for a way that is blocked.
const ARRIVAL_AT_MOST: Duration = Duration::from_secs(2);

/// Live connections of one address. Whoever gets none has the page without one, which has the button, too.
const CONNECTIONS: usize = 512;

/// Visitors, and addresses, whose buckets are remembered: some megabytes. Past that, all that have no connection are
/// forgotten, which gives each a full bucket.
const REMEMBERED: usize = 20_000;

/// The buckets of one server.
pub struct Floods {
    began: Instant,
    buckets: Mutex<Buckets>,
}

/// What a command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A commit: what comes after it waits for it.
    Stored,
    /// It is answered, or passed on, and gone.
    Passing,
}

#[derive(Default)]
struct Buckets {
    visitors: HashMap<ConversationId, OfVisitor>,
    addresses: HashMap<Network, OfAddress>,
}

struct OfVisitor {
    at_once: Allowance,
    hand: Allowance,
    commands: Allowance,
    presses: Allowance,
}

struct OfAddress {
    commands: Allowance,
    openings: Allowance,
    arrivals: Allowance,
    connections: usize,
}

/// A live connection. Dropped, it makes room for another one.
pub struct Entered {
    floods: Arc<Floods>,
    network: Option<Network>,
}

/// Waits for a turn. Whoever has it already goes on at once: a timer takes up to a millisecond even for nothing.
pub async fn wait(turn: Duration) {
    if !turn.is_zero() {
        tokio::time::sleep(turn).await;
    }
}

impl Floods {
    /// How long a live connection waits for its turn to come in.
    pub fn arrival(&self, sender: Sender) -> Duration {
        let Some(network) = sender.limited() else {
            return Duration::ZERO;
        };
        let (now, mut buckets) = (Instant::now(), self.lock());
        let arrivals = &mut buckets.address(network, now).arrivals;
        arrivals.owe(now, ARRIVAL_AT_MOST)
    }

    /// Lets a live connection in; none if its address has as many as it may.
    pub fn enter(self: &Arc<Self>, sender: Sender) -> Option<Entered> {
        let network = sender.limited();
        if let Some(network) = network {
            let mut buckets = self.lock();
            let address = buckets.address(network, Instant::now());
            if address.connections >= CONNECTIONS {
                return None;
            }
            address.connections += 1;
        }
        Some(Entered {
            floods: Arc::clone(self),
            network,
        })
    }

    /// Lets a visitor's command pass, after how long it waits to be stored together with what else came too fast: zero
    /// for the calm. None if it may not pass.
    pub fn pass(&self, sender: Sender, visitor: ConversationId, work: Work) -> Option<Duration> {
        let (now, mut buckets) = (Instant::now(), self.lock());
        let visitor = buckets.visitor(visitor, now);
        if visitor.commands.take(now) != Pass::Yes {
            return None;
        }
        let is_calm = visitor.hand.take(now) == Pass::Yes;
        let is_at_once = work == Work::Passing || visitor.at_once.take(now) == Pass::Yes;
        let mut stored_after = Duration::ZERO;
        if let Some(network) = sender.limited() {
            let passes = is_calm || buckets.address(network, now).commands.take(now) == Pass::Yes;
            if !passes {
                return None;
            }
            if !is_at_once {
                stored_after = self.until_together(now);
            }
        }
        Some(stored_after)
    }

    fn until_together(&self, now: Instant) -> Duration {
        let into_span = (now - self.began).as_nanos() % TOGETHER.as_nanos();
        TOGETHER - Duration::from_nanos(u64::try_from(into_span).expect("a span is short"))
    }

    /// Whether a message may begin a conversation.
    pub fn may_begin(&self, sender: Sender) -> bool {
        let Some(network) = sender.limited() else {
            return true;
        };
        let (now, mut buckets) = (Instant::now(), self.lock());
        buckets.address(network, now).openings.take(now) == Pass::Yes
    }

    /// Takes a press of *Human please*, and says how long it waits for its turn.
    pub fn turn(&self, sender: Sender, visitor: ConversationId, begins: bool) -> Duration {
        let (now, mut buckets) = (Instant::now(), self.lock());
        let of_visitor = buckets.visitor(visitor, now).presses.owe(now, TURN_AT_MOST);
        let of_address = match sender.limited() {
            Some(network) if begins => {
                let openings = &mut buckets.address(network, now).openings;
                openings.owe(now, TURN_AT_MOST)
            }
            _ => Duration::ZERO,
        };
        of_visitor.max(of_address)
    }

    fn lock(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Floods {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            buckets: Mutex::default(),
        }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let Some(network) = self.network else { return };
        if let Some(address) = self.floods.lock().addresses.get_mut(&network) {
            address.connections = address.connections.saturating_sub(1);
        }
    }
}

impl Buckets {
    fn visitor(&mut self, visitor: ConversationId, now: Instant) -> &mut OfVisitor {
        make_room(&mut self.visitors, visitor, |_| false);
        let full = |(burst, each_second)| Allowance::new(burst, each_second, now);
        self.visitors.entry(visitor).or_insert_with(|| OfVisitor {
            at_once: full(AT_ONCE),
            hand: full(HAND),
            commands: full(VISITOR),
            presses: full(PRESSES),
        })
    }

    fn address(&mut self, network: Network, now: Instant) -> &mut OfAddress {
        make_room(&mut self.addresses, network, |address| {
            address.connections > 0
        });
        let full = |(burst, each_second)| Allowance::new(burst, each_second, now);
        self.addresses.entry(network).or_insert_with(|| OfAddress {
            commands: full(ADDRESS),
            openings: full(OPENINGS),
            arrivals: full(ARRIVALS),
            connections: 0,
        })
    }
}

/// Forgets what may be forgotten, if there is no room for one more.
fn make_room<K: Eq + Hash, V>(map: &mut HashMap<K, V>, next: K, is_in_use: impl Fn(&V) -> bool) {
    if map.len() >= REMEMBERED && !map.contains_key(&next) {
        map.retain(|_, value| is_in_use(value));
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, SocketAddr};

    use axum::extract::ConnectInfo;
    use axum::http::Request;

    use super::*;

    fn sender(address: &str) -> Sender {
        let mut request = Request::new(());
        let peer: IpAddr = address.parse().unwrap();
        let connected = ConnectInfo(SocketAddr::from((peer, 1)));
        request.extensions_mut().insert(connected);
        Sender::of(&request.into_parts().0, 0)
    }

    #[test]
    fn all_connections_of_a_visitor_share_a_bucket() {
        let floods = Floods::default();
        let (one, other) = (ConversationId(1), ConversationId(2));
        let passed = |visitor| {
            let passes =
                (0..1_000).filter_map(|_| floods.pass(sender("127.0.0.1"), visitor, Work::Stored));
            passes.count()
        };
        let taken = passed(one);
        assert!((120..200).contains(&taken), "{taken}");
        assert!(passed(other) >= 120, "nobody else's is empty");
    }

    #[test]
    fn a_flooding_neighbour_takes_nothing_from_the_calm() {
        let floods = Floods::default();
        let shared = sender("203.0.113.7");
        // A hundred visitors, each of whom may send 120 at once.
        let flood = (0..12_000)
            .filter_map(|number| floods.pass(shared, ConversationId(number % 100), Work::Stored));
        let passed = flood.count();
        let hands = 100 * usize::from(HAND.0);
        assert!((hands + 300..hands + 2_000).contains(&passed), "{passed}");
        for _ in 0..HAND.0 {
            let calm = floods.pass(shared, ConversationId(99_999), Work::Stored);
            assert!(calm.is_some(), "a calm one");
        }
        let elsewhere = sender("203.0.113.8");
        let passed =
            (0..100).filter_map(|_| floods.pass(elsewhere, ConversationId(99_998), Work::Stored));
        assert_eq!(passed.count(), 100, "from elsewhere a burst is no flood");
    }

    #[tokio::test(start_paused = true)]
    async fn what_comes_too_fast_is_stored_together_and_the_calm_wait_for_nothing() {
        let floods = Floods::default();
        let mut stored_at = vec![];
        for number in 0..3 {
            let from = sender(&format!("203.0.113.{number}"));
            for _ in 0..4 {
                tokio::time::advance(Duration::from_millis(7)).await;
                let stored_after = floods
                    .pass(from, ConversationId(number), Work::Stored)
                    .unwrap();
                stored_at.push(Instant::now() + stored_after - floods.began);
                let typing = floods
                    .pass(from, ConversationId(number), Work::Passing)
                    .unwrap();
                assert_eq!(typing, Duration::ZERO);
            }
        }
        let at_once = [7, 14, 35, 42, 63, 70].map(Duration::from_millis);
        let [a, b, c, d, e, f] = at_once;
        let t = TOGETHER;
        assert_eq!(stored_at, [a, b, t, t, c, d, t, t, e, f, t, t]);
    }

    #[test]
    fn an_address_begins_so_many_conversations_and_a_press_only_waits() {
        let floods = Floods::default();
        let shared = sender("203.0.113.7");
        let begun = (0..1_000).filter(|_| floods.may_begin(shared)).count();
        assert!((120..130).contains(&begun), "{begun}");
        for number in 0..1_000 {
            let turn = floods.turn(shared, ConversationId(number), true);
            assert!(turn <= TURN_AT_MOST, "{turn:?}");
        }
        let turn = floods.turn(shared, ConversationId(5_000), true);
        assert!(turn > TURN_AT_MOST / 2, "a flood is slow: {turn:?}");
        let begun_before = floods.turn(shared, ConversationId(5_001), false);
        assert_eq!(begun_before, Duration::ZERO);
        let elsewhere = sender("203.0.113.8");
        let turn = floods.turn(elsewhere, ConversationId(5_002), true);
        assert_eq!(turn, Duration::ZERO);
    }

    #[test]
    fn connections_of_an_address_that_come_in_one_moment_come_in_one_by_one() {
        let floods = Floods::default();
        let crowd = [(); 1_000].map(|()| floods.arrival(sender("203.0.113.7")));
        assert!(crowd[..10].iter().all(Duration::is_zero));
        assert!(crowd[10] > Duration::ZERO && crowd[..200].is_sorted());
        assert!(crowd[999] <= ARRIVAL_AT_MOST);
        assert_eq!(floods.arrival(sender("203.0.113.8")), Duration::ZERO);
    }

    #[test]
    fn an_address_has_so_many_connections_and_gets_them_back() {
        let floods = Arc::new(Floods::default());
        let shared = sender("203.0.113.7");
        let mut entered: Vec<_> = (0..CONNECTIONS).map(|_| floods.enter(shared)).collect();
        assert!(entered.iter().all(Option::is_some));
        assert!(floods.enter(shared).is_none());
        assert!(floods.enter(sender("203.0.113.8")).is_some());
        entered.pop();
        assert!(floods.enter(shared).is_some());
    }

    #[test]
    fn what_is_remembered_is_bounded_and_connections_are_not_forgotten() {
        let floods = Arc::new(Floods::default());
        let here = sender("203.0.113.7");
        let _entered = floods.enter(here);
        for number in 0..=REMEMBERED as u32 {
            let address = IpAddr::from(number.wrapping_add(0x5000_0000).to_be_bytes());
            let sender = sender(&address.to_string());
            floods.pass(sender, ConversationId(number.into()), Work::Stored);
        }
        let buckets = floods.lock();
        assert!(buckets.visitors.len() <= REMEMBERED);
        assert!(buckets.addresses.len() <= REMEMBERED);
        assert_eq!(buckets.addresses[&here.network].connections, 1);
    }
}
