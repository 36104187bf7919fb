//! How much the connections of one visitor, and those of one address, may ask for together.
//!
//! Behind one address may be a whole town (S6), so nobody calm is refused for what a neighbour does: only what goes beyond
//! the pace of a hand counts against the address. A press of *Human please* is never refused (G1). It waits for its turn
//! where presses come faster than people make them, for [`TURN_AT_MOST`] and no longer. So a flood of presses is as
//! slow as it has connections, a flood of anything else is told to wait, and the way to a person stays open.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use protocol::ConversationId;
use tokio::time::Instant;

use crate::app::App;
use crate::socket::allowance::{Allowance, Pass};

/// Commands of one visitor at once, and each second after that, over all tabs and devices: what two connections may.
const VISITOR: (u16, u16) = (120, 40);

/// Commands at the pace of a hand, which writes, presses and is shown to write. Only what a visitor sends beyond it counts
/// against their address.
const HAND: (u16, u16) = (30, 2);

/// Presses of one visitor before they wait for their turn, and each second after that.
const PRESSES: (u16, u16) = (200, 50);

/// Commands of one address beyond what each of its visitors sends at the pace of a hand. What passes is stored, and each
/// commit is waited for by whoever comes next: with 100 a second the neighbours' p99 rose by a quarter (`cargo xtask bench
/// neighbours`, 200 visitors who write once a second), with 20 by less than a tenth.
const ADDRESS: (u16, u16) = (300, 20);

/// Conversations that one address begins: 7,200 an hour at the most. A school class, or a town after the evening news.
const OPENINGS: (u16, u16) = (120, 2);

/// The longest that a press waits for its turn. Less than the silence after which a client asks whether we are there.
pub const TURN_AT_MOST: Duration = Duration::from_secs(8);

/// Live connections of one address. Whoever gets none has the page without one, which has the button, too.
const CONNECTIONS: usize = 512;

/// Visitors, and addresses, whose buckets are remembered: some megabytes. Past that, all that have no connection are
/// forgotten, which gives each a full bucket.
const REMEMBERED: usize = 20_000;

/// The network that a request comes from: one IPv4 address, or the 64 bits of IPv6 that one customer has at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    /// The network; what failed sign-ins count against.
    pub network: Network,
    /// It may stand for everybody: it is this machine's or a private one, and so most likely a proxy that nobody has
    /// told us of. What counts by address does not count here.
    may_be_everybody: bool,
}

/// The buckets of one server.
#[derive(Default)]
pub struct Floods {
    buckets: Mutex<Buckets>,
}

#[derive(Default)]
struct Buckets {
    visitors: HashMap<ConversationId, OfVisitor>,
    addresses: HashMap<Network, OfAddress>,
}

struct OfVisitor {
    hand: Allowance,
    commands: Allowance,
    presses: Allowance,
}

struct OfAddress {
    commands: Allowance,
    openings: Allowance,
    connections: usize,
}

/// A live connection. Dropped, it makes room for another one.
pub struct Entered {
    floods: Arc<Floods>,
    network: Option<Network>,
}

impl Network {
    /// The network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            address => Self(address),
        }
    }

    /// Its first address.
    #[must_use]
    pub fn address(self) -> IpAddr {
        self.0
    }
}

impl Sender {
    /// Who sent a request. With `proxies` of our own in front, each of which adds the address that it was reached from to
    /// the end of `X-Forwarded-For`, that is the last but `proxies - 1`; whatever stands before it anybody can write.
    #[must_use]
    pub fn of(parts: &Parts, proxies: usize) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
        let forwarded: Vec<&str> = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let told = proxies
            .checked_sub(1)
            .and_then(|hops| forwarded.iter().rev().nth(hops))
            .and_then(|address| address.trim().parse().ok());
        Self {
            network: Network::of(told.unwrap_or(peer)),
            may_be_everybody: told.is_none() && is_private(peer),
        }
    }

    /// The network whose limits count; none if it may stand for everybody.
    fn limited(self) -> Option<Network> {
        (!self.may_be_everybody).then_some(self.network)
    }
}

impl FromRequestParts<Arc<App>> for Sender {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, app.trusted_proxies))
    }
}

impl Floods {
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

    /// Whether a visitor's command may pass.
    pub fn pass(&self, sender: Sender, visitor: ConversationId) -> bool {
        let (now, mut buckets) = (Instant::now(), self.lock());
        let visitor = buckets.visitor(visitor, now);
        if visitor.commands.take(now) != Pass::Yes {
            return false;
        }
        let is_calm = visitor.hand.take(now) == Pass::Yes;
        match sender.limited() {
            Some(network) if !is_calm => {
                buckets.address(network, now).commands.take(now) == Pass::Yes
            }
            _ => true,
        }
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

/// An address that no stranger on the internet has.
fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_unspecified()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn sender(address: &str) -> Sender {
        sent(address, &[], 0)
    }

    fn sent(peer: &str, forwarded: &[&str], proxies: usize) -> Sender {
        let mut request = Request::builder();
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let peer: IpAddr = peer.parse().unwrap();
        parts
            .extensions
            .insert(ConnectInfo(SocketAddr::from((peer, 1))));
        Sender::of(&parts, proxies)
    }

    fn network(address: &str) -> Network {
        Network::of(address.parse().unwrap())
    }

    #[test]
    fn a_network_is_an_address_of_ipv4_or_64_bits_of_ipv6() {
        assert_eq!(network("203.0.113.7"), network("::ffff:203.0.113.7"));
        assert_ne!(network("203.0.113.7"), network("203.0.113.8"));
        assert_eq!(network("2001:db8:1:2::3"), network("2001:db8:1:2:ffff::"));
        assert_ne!(network("2001:db8:1:2::3"), network("2001:db8:1:3::3"));
    }

    #[test]
    fn a_forwarded_address_counts_only_as_far_as_our_own_proxies_wrote_it() {
        let address =
            |forwarded: &[&str], proxies| sent("198.51.100.9", forwarded, proxies).network;
        let forged = ["1.2.3.4, 203.0.113.7", "192.0.2.1"];
        assert_eq!(address(&forged, 0), network("198.51.100.9"));
        assert_eq!(address(&forged, 1), network("192.0.2.1"));
        assert_eq!(address(&forged, 2), network("203.0.113.7"));
        assert_eq!(address(&forged, 4), network("198.51.100.9"));
        assert_eq!(address(&["nonsense"], 1), network("198.51.100.9"));
    }

    /// A proxy that nobody has told us of: its address is that of all visitors.
    #[test]
    fn a_private_address_has_no_limits_of_its_own() {
        for address in ["127.0.0.1", "10.1.2.3", "::1", "fd00::1", "fe80::1"] {
            assert_eq!(sender(address).limited(), None, "{address}");
        }
        assert!(sent("127.0.0.1", &["10.1.2.3"], 1).limited().is_some());
        assert!(sender("203.0.113.7").limited().is_some());
    }

    #[test]
    fn all_connections_of_a_visitor_share_a_bucket() {
        let floods = Floods::default();
        let (one, other) = (ConversationId(1), ConversationId(2));
        let passed = |visitor| {
            let passes = (0..1_000).filter(|_| floods.pass(sender("127.0.0.1"), visitor));
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
        let flood = (0..12_000).filter(|number| floods.pass(shared, ConversationId(number % 100)));
        let passed = flood.count();
        let hands = 100 * usize::from(HAND.0);
        assert!((hands + 300..hands + 2_000).contains(&passed), "{passed}");
        for _ in 0..HAND.0 {
            assert!(floods.pass(shared, ConversationId(99_999)), "a calm one");
        }
        let elsewhere = sender("203.0.113.8");
        let passed = (0..100).filter(|_| floods.pass(elsewhere, ConversationId(99_998)));
        assert_eq!(passed.count(), 100, "from elsewhere a burst is no flood");
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
            floods.pass(sender, ConversationId(number.into()));
        }
        let buckets = floods.lock();
        assert!(buckets.visitors.len() <= REMEMBERED);
        assert!(buckets.addresses.len() <= REMEMBERED);
        assert_eq!(buckets.addresses[&here.network].connections, 1);
    }
}
