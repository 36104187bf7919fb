//! Which machines notices may be sent to (S12). A name is looked up here and the connection goes to the address that was looked
//! at: who asks twice may be told of another machine the second time.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio_rustls::rustls::pki_types::CertificateDer;

use super::endpoint::Endpoint;

/// Where push services are reached, by `https` alone.
const PORT: u16 = 443;

/// Which machines notices may be sent to. There is no setting for it: a server has [`Reach::Internet`], and tests say otherwise
/// when they put an app together.
#[derive(Clone, Default)]
pub enum Reach {
    /// Those of the public internet.
    #[default]
    Internet,
    /// Those of a test.
    Staged(Arc<Stage>),
}

/// What a test has in place of the internet.
#[derive(Default)]
pub struct Stage {
    /// Where names lead. Others lead nowhere.
    pub names: HashMap<String, Vec<SocketAddr>>,
    /// Whether this machine may be sent to.
    pub loopback: bool,
    /// Whose word counts for who is who, in place of the machine's list.
    pub root: Option<CertificateDer<'static>>,
}

impl Reach {
    /// The addresses of an endpoint that may be sent to, those of IPv4 first: a machine without IPv6 learns at once that it has
    /// none, but not every one whose IPv6 leads nowhere does.
    ///
    /// # Errors
    ///
    /// If the name cannot be looked up. If it leads to nothing that may be sent to, none is given.
    pub async fn addresses(&self, endpoint: &Endpoint) -> io::Result<Vec<SocketAddr>> {
        let (mut addresses, loopback): (Vec<SocketAddr>, _) = match self {
            Self::Internet => {
                let found = tokio::net::lookup_host((endpoint.host(), PORT)).await?;
                (found.collect(), false)
            }
            Self::Staged(stage) => {
                let found = stage.names.get(endpoint.host()).cloned();
                (found.unwrap_or_default(), stage.loopback)
            }
        };
        addresses
            .retain(|address| is_public(address.ip()) || (loopback && address.ip().is_loopback()));
        addresses.sort_by_key(SocketAddr::is_ipv6);
        Ok(addresses)
    }
}

/// Whether an address is that of a machine on the public internet: not of this machine, of a network nearby, of a cloud's
/// inside, of many machines, or of nobody.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// What is not public of IPv4: IANA's registry of special-purpose addresses, and what is above 224.0.0.0 (multicast, reserved,
/// broadcast). The clouds' metadata services are in these, at 169.254.169.254, 100.100.100.200 and 192.0.0.192.
const SPECIAL_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 3),
    // Azure's agent service, which every machine there reaches: a public number that is not the internet's.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
];

/// What is public of IPv6 is in here; loopback, private, link-local, multicast, IPv4-mapped and most other special addresses are
/// not.
const UNICAST_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What is not public of that: protocols' own, among them Teredo, which has an IPv4 address inside; documentation; and 6to4,
/// which has one as well.
const SPECIAL_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Where networks without IPv4 reach it (RFC 6052): the last four bytes are the address of IPv4, which counts.
const NAT64: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_in = |(network, bits): (Ipv4Addr, u32)| {
        (address.to_bits() ^ network.to_bits()).leading_zeros() >= bits
    };
    !SPECIAL_V4.into_iter().any(is_in)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let is_in = |(network, bits): (Ipv6Addr, u32)| {
        (address.to_bits() ^ network.to_bits()).leading_zeros() >= bits
    };
    if is_in(NAT64) {
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    is_in(UNICAST_V6) && !SPECIAL_V6.into_iter().any(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S12: loopback, private, link-local, shared, metadata, multicast, unspecified, and all of them in IPv6's clothes.
    #[test]
    fn only_the_public_internets_addresses_may_be_sent_to() {
        for address in [
            "142.250.184.10",
            "17.188.1.1",
            "34.117.65.55",
            "172.15.255.255",
            "172.32.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "192.0.1.1",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "168.63.129.15",
            "2a00:1450:4003:80f::200a",
            "2600:1901:0:38d7::1",
            "2001:200::1",
            "2001:4860:4860::8888",
            "64:ff9b::8efa:b80a",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:8.8.8.8",
            "64:ff9b::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_both_is_sent_to_where_it_may_be_and_no_other_is() {
        let public: SocketAddr = "142.250.184.10:443".parse().unwrap();
        let public_v6: SocketAddr = "[2a00:1450:4003:80f::200a]:443".parse().unwrap();
        let inside: SocketAddr = "169.254.169.254:443".parse().unwrap();
        let here: SocketAddr = "127.0.0.1:443".parse().unwrap();
        let stage = |loopback| {
            let names = [
                ("both.example", vec![public_v6, inside, here, public]),
                ("inside.example", vec![inside, here]),
            ];
            Reach::Staged(Arc::new(Stage {
                names: names.map(|(name, at)| (name.to_owned(), at)).into(),
                loopback,
                root: None,
            }))
        };
        let leads_to = async |reach: &Reach, host: &str| {
            let endpoint = Endpoint::parse(&format!("https://{host}/x")).unwrap();
            reach.addresses(&endpoint).await.unwrap()
        };
        let as_ever = stage(false);
        assert_eq!(
            leads_to(&as_ever, "both.example").await,
            [public, public_v6]
        );
        assert_eq!(leads_to(&as_ever, "inside.example").await, []);
        assert_eq!(leads_to(&as_ever, "nowhere.example").await, []);
        assert_eq!(leads_to(&stage(true), "inside.example").await, [here]);
    }
}
