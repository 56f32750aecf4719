//! How many connections may be open at once: in all, and from one network.
//!
//! Where all places are taken, whoever has asked for nothing for the longest time makes room: those who
//! open connections and never finish a request push each other out, and nobody else.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{sync::Notify, time::Instant};

use super::Proxies;

/// Descriptors for all that is no connection of a visitor: database, files, mail, metrics, and those who
/// are told to wait.
const OTHERS: u64 = 80;
/// However few descriptors there are.
const FEWEST: usize = 16;
/// Of a connection whose request is being answered.
const BUSY: u64 = u64::MAX;

/// The places, of which every connection takes one.
#[derive(Debug)]
pub struct Places {
    all: usize,
    of_network: usize,
    /// Everybody behind a proxy comes from its address.
    proxies: Proxies,
    begun: Instant,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    seats: HashMap<u64, Arc<Seat>>,
    by_network: HashMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Seat {
    /// None is a trusted proxy's.
    network: Option<IpAddr>,
    /// Since when it waits for the next request, in microseconds since the beginning, or [`BUSY`].
    waits_since: AtomicU64,
    leave: Notify,
}

impl Places {
    /// So many in all and from one network, as far as the process may open descriptors. From a trusted
    /// proxy all of them.
    pub fn new(all: usize, of_network: usize, proxies: Proxies) -> Self {
        let descriptors = usize::try_from(descriptors().saturating_sub(OTHERS));
        let all = all.min(descriptors.unwrap_or(usize::MAX)).max(FEWEST);
        Self {
            all,
            // So that a few networks together do not take them all, either.
            of_network: of_network.min(all / 4).max(1),
            proxies,
            begun: Instant::now(),
            taken: Mutex::default(),
        }
    }

    /// A place for a connection from an address. `None` if all that it could have are taken by others
    /// who are being answered.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let network = (!self.proxies.trusts(address)).then(|| network(address));
        let mut taken = self.taken();
        if let Some(network) = network
            && taken.count(network) >= self.of_network
        {
            taken.make_room(|seat| seat.network == Some(network))?;
        }
        if taken.seats.len() >= self.all {
            taken.make_room(|_| true)?;
        }
        let seat = Arc::new(Seat {
            network,
            waits_since: AtomicU64::new(self.now()),
            leave: Notify::new(),
        });
        let number = taken.next;
        taken.next += 1;
        taken.seats.insert(number, Arc::clone(&seat));
        if let Some(network) = network {
            *taken.by_network.entry(network).or_default() += 1;
        }
        Some(Place {
            places: Arc::clone(self),
            number,
            seat,
        })
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(BUSY - 1)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn count(&self, network: IpAddr) -> usize {
        self.by_network.get(&network).copied().unwrap_or_default()
    }

    /// Ends the connection that waits the longest, of the network that has the most. A proxy's never.
    fn make_room(&mut self, may_go: impl Fn(&Seat) -> bool) -> Option<()> {
        let (number, _) = self
            .seats
            .iter()
            .filter(|(_, seat)| may_go(seat))
            .filter_map(|(number, seat)| {
                let count = self.count(seat.network?);
                let since = seat.waits_since.load(Ordering::Relaxed);
                (since != BUSY).then_some((*number, (count, u64::MAX - since)))
            })
            .max_by_key(|(_, order)| *order)?;
        if let Some(seat) = self.remove(number) {
            seat.leave.notify_one();
        }
        Some(())
    }

    fn remove(&mut self, number: u64) -> Option<Arc<Seat>> {
        let seat = self.seats.remove(&number)?;
        if let Some(network) = seat.network
            && let Some(count) = self.by_network.get_mut(&network)
        {
            *count -= 1;
            if *count == 0 {
                self.by_network.remove(&network);
            }
        }
        Some(seat)
    }
}

/// A place that is taken until this is dropped, or until its connection has to leave.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    number: u64,
    seat: Arc<Seat>,
}

impl Place {
    /// Whether it is a trusted proxy's.
    pub fn is_proxys(&self) -> bool {
        self.seat.network.is_none()
    }

    /// A request is being answered as long as this is not dropped.
    pub fn answering(self: &Arc<Self>) -> Answering {
        self.seat.waits_since.store(BUSY, Ordering::Relaxed);
        Answering(Arc::clone(self))
    }

    /// Ends when another connection needs the place more.
    pub async fn has_to_leave(&self) {
        self.seat.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().remove(self.number);
    }
}

/// See [`Place::answering`].
#[derive(Debug)]
pub struct Answering(Arc<Place>);

impl Drop for Answering {
    fn drop(&mut self) {
        let now = self.0.places.now();
        self.0.seat.waits_since.store(now, Ordering::Relaxed);
    }
}

/// What one customer of a provider has: an address, or the first 56 bits of one (RFC 6177).
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let bits = u128::from(address) >> 72 << 72;
            IpAddr::V6(bits.into())
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// How many descriptors the process may open, after asking for as many as the system lets it.
fn descriptors() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let limit = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised,
        Err(_) => limit,
    };
    limit.current.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(all: usize, of_network: usize, proxies: &[&str]) -> Arc<Places> {
        let proxies = proxies.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Places::new(all, of_network, Proxies(proxies)))
    }

    fn take(places: &Arc<Places>, address: &str) -> Option<Arc<Place>> {
        places.take(address.parse().unwrap()).map(Arc::new)
    }

    /// Whether its connection was told to leave.
    fn left(place: &Place) -> bool {
        !place.places.taken().seats.contains_key(&place.number)
    }

    #[tokio::test]
    async fn one_network_does_not_take_every_place() {
        let places = places(40, 3, &[]);
        let held: Vec<_> = (0..3)
            .map(|_| take(&places, "192.0.2.1").unwrap())
            .collect();
        let other = take(&places, "192.0.2.2").unwrap();
        let busy: Vec<_> = held.iter().map(Place::answering).collect();
        assert!(take(&places, "192.0.2.1").is_none());
        assert!(take(&places, "::ffff:192.0.2.1").is_none(), "the same one");
        assert!(take(&places, "192.0.2.3").is_some());
        assert!(!left(&other));
        drop(busy);
        drop((held, other));
        assert!(
            places.taken().by_network.is_empty(),
            "nothing is left of them"
        );
        assert!(places.taken().seats.is_empty());
    }

    #[tokio::test]
    async fn who_waits_for_the_longest_time_makes_room() {
        let places = places(16, 4, &[]);
        let person = take(&places, "203.0.113.1").unwrap();
        let mut held = Vec::new();
        // Many networks, and none of them ever asks for anything.
        for number in 0..200 {
            let address = format!("192.0.2.{}", number % 5);
            held.push(take(&places, &address).expect("others make room"));
        }
        assert!(!left(&person), "who has one connection goes last");
        assert_eq!(held.iter().filter(|place| !left(place)).count(), 15);
        let first = &held[0];
        first.has_to_leave().await;
        // An answer that is on its way is not cut off.
        let newest = held.last().unwrap();
        let answering = newest.answering();
        for _ in 0..200 {
            held.push(take(&places, "192.0.2.77").unwrap());
        }
        assert!(!left(&answering.0));
    }

    #[test]
    fn a_household_is_one_network() {
        let places = places(40, 1, &[]);
        let held = take(&places, "2001:db8:0:1200::1").unwrap();
        let _busy = held.answering();
        assert!(take(&places, "2001:db8:0:12ff::2").is_none());
        assert!(take(&places, "2001:db8:0:1300::1").is_some());
    }

    #[test]
    fn there_are_no_more_than_all() {
        let places = places(16, 16, &["10.0.0.0/8"]);
        let held: Vec<_> = (0..16)
            .map(|_| take(&places, "10.0.0.1").unwrap())
            .collect();
        assert!(
            held.iter().all(|place| place.is_proxys()),
            "a proxy may have all of them"
        );
        assert!(take(&places, "192.0.2.1").is_none(), "and keeps them");
        drop(held);
        assert!(take(&places, "192.0.2.1").is_some_and(|place| !place.is_proxys()));
    }
}
