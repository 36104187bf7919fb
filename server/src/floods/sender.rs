//! Where a request comes from: the network whose limits count.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::app::App;

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
    pub(super) fn limited(self) -> Option<Network> {
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

    fn sender(address: &str) -> Sender {
        sent(address, &[], 0)
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
}
