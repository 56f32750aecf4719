use std::net::IpAddr;

/// How much of the internet counts as one origin of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// One IPv4 address, or the /64 of IPv6 that one link has (RFC 4291, 2.5.4).
    Link,
    /// The /56 that a household is usually given (RIPE-690).
    Household,
    /// The /48 that an organisation is given, and the most that one customer usually has (RFC 6177).
    Organisation,
}

impl Reach {
    /// All, from the narrowest to the widest.
    pub const ALL: [Self; 3] = [Self::Link, Self::Household, Self::Organisation];

    fn prefix(self) -> u32 {
        match self {
            Self::Link => 64,
            Self::Household => 56,
            Self::Organisation => 48,
        }
    }

    /// How often as much is allowed here as on one link.
    pub fn scale(self) -> i64 {
        match self {
            Self::Link => 1,
            Self::Household => 2,
            Self::Organisation => 4,
        }
    }
}

/// The networks that an address belongs to, from the narrowest to the widest. An attacker with IPv6
/// has as many addresses as they like, but few networks. An IPv4 address is one network.
pub fn networks(address: IpAddr) -> Vec<(Reach, String)> {
    match address.to_canonical() {
        IpAddr::V4(address) => vec![(Reach::Link, address.to_string())],
        IpAddr::V6(address) => Reach::ALL
            .into_iter()
            .map(|reach| {
                let prefix = reach.prefix();
                let network = address.to_bits() >> (128 - prefix);
                (reach, format!("{network:x}/{prefix}"))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(one: &str, other: &str) -> usize {
        let [one, other] = [one, other].map(|text| networks(text.parse().unwrap()));
        one.iter().filter(|network| other.contains(network)).count()
    }

    #[test]
    fn neighbours_share_as_many_networks_as_their_prefix_says() {
        assert_eq!(shared("2001:db8:1:2::1", "2001:db8:1:2:3::9"), 3);
        assert_eq!(shared("2001:db8:1:200::1", "2001:db8:1:2ff::1"), 2);
        assert_eq!(shared("2001:db8:1:2::1", "2001:db8:1:ffff::1"), 1);
        assert_eq!(shared("2001:db8:1:2::1", "2001:db8:2:2::1"), 0);
        assert_eq!(shared("192.0.2.1", "::ffff:192.0.2.1"), 1);
        assert_eq!(shared("192.0.2.1", "192.0.2.2"), 0);
    }
}
