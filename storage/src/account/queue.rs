//! Work that one thread does, a piece at a time, in turns between the networks that asked for it:
//! whoever sends much waits for themself.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use domain::account::{AccountId, networks};

/// Pieces of work that wait at most.
const MOST: usize = 128;
/// Who was served lately is remembered for so many.
const MOST_REMEMBERED: usize = 4_096;

/// A piece of work.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// Whom a piece of work is for, from the widest network to the narrowest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lane(Vec<String>);

impl Lane {
    pub(super) fn network(address: IpAddr) -> Self {
        let narrow_first = networks(address).into_iter().map(|(_, network)| network);
        Self(narrow_first.rev().collect())
    }

    pub(super) fn account(account: AccountId) -> Self {
        Self(vec![account.0.simple().to_string()])
    }

    fn widest(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

struct Waiting {
    lane: Lane,
    arrival: u64,
    job: Job,
}

#[derive(Default)]
struct State {
    waiting: Vec<Waiting>,
    /// When each network was last served, counted in pieces of work.
    served: HashMap<String, u64>,
    count: u64,
    closed: bool,
}

/// The queue.
#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Queue(…)")
    }
}

impl State {
    /// The place of the next piece: of the widest network whose turn is longest ago, within it of the
    /// household, and of the link; then the oldest.
    fn next(&self) -> Option<usize> {
        let turn = |waiting: &Waiting| {
            let served = |network: &String| self.served.get(network).copied().unwrap_or(0);
            let turns: Vec<u64> = waiting.lane.0.iter().map(served).collect();
            (turns, waiting.arrival)
        };
        (0..self.waiting.len()).min_by_key(|&at| turn(&self.waiting[at]))
    }

    /// Makes room for a lane at the cost of the network that has most, if that is another.
    fn make_room(&mut self, lane: &Lane) -> bool {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for waiting in &self.waiting {
            *counts.entry(waiting.lane.widest()).or_default() += 1;
        }
        let own = counts.get(lane.widest()).copied().unwrap_or(0);
        let heaviest = counts.into_iter().max_by_key(|(_, count)| *count);
        let Some((network, _)) = heaviest.filter(|(_, count)| *count > own + 1) else {
            return false;
        };
        let newest = self
            .waiting
            .iter()
            .rposition(|waiting| waiting.lane.widest() == network);
        newest.map(|at| self.waiting.remove(at)).is_some()
    }

    fn note_served(&mut self, lane: &Lane) {
        self.count += 1;
        if self.served.len() > MOST_REMEMBERED {
            let oldest = self.count.saturating_sub(MOST_REMEMBERED as u64 / 4);
            self.served.retain(|_, served| *served > oldest);
        }
        for network in &lane.0 {
            self.served.insert(network.clone(), self.count);
        }
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing is left half done by a thread that panics while it holds it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a piece of work; `false` where there is no room. What is pushed out for another network
    /// is dropped, and whoever waits for it learns that by its channel.
    pub(super) fn push(&self, lane: Lane, job: Job) -> bool {
        let mut state = self.lock();
        if state.closed || (state.waiting.len() >= MOST && !state.make_room(&lane)) {
            return false;
        }
        state.count += 1;
        let arrival = state.count;
        state.waiting.push(Waiting { lane, arrival, job });
        drop(state);
        self.changed.notify_one();
        true
    }

    /// The next piece; waits for one. `None` once the queue is closed.
    pub(super) fn pop(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if let Some(at) = state.next() {
                let waiting = state.waiting.remove(at);
                state.note_served(&waiting.lane);
                return Some(waiting.job);
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets the thread end; what waits is dropped.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.clear();
        drop(state);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    struct Bed {
        queue: Queue,
        done: (Sender<String>, Receiver<String>),
    }

    impl Bed {
        fn new() -> Self {
            Self {
                queue: Queue::default(),
                done: channel(),
            }
        }

        fn push(&self, address: &str) -> bool {
            let (done, name) = (self.done.0.clone(), address.to_owned());
            let job = Box::new(move || done.send(name).unwrap());
            self.queue
                .push(Lane::network(address.parse().unwrap()), job)
        }

        /// Who is served next.
        fn next(&self) -> String {
            self.queue.pop().unwrap()();
            self.done.1.recv().unwrap()
        }
    }

    #[test]
    fn who_sends_one_does_not_wait_for_who_sends_a_hundred() {
        let bed = Bed::new();
        for _ in 0..100 {
            assert!(bed.push("192.0.2.1"));
        }
        assert_eq!(bed.next(), "192.0.2.1");
        assert!(bed.push("198.51.100.7"));
        assert_eq!(bed.next(), "198.51.100.7");
    }

    #[test]
    fn many_links_of_one_organisation_are_one_turn() {
        let bed = Bed::new();
        for link in 0..100 {
            assert!(bed.push(&format!("2001:db8:1:{link:x}::1")));
        }
        bed.next();
        assert!(bed.push("2001:db8:2::1"));
        assert_eq!(bed.next(), "2001:db8:2::1");
        // Inside of it households take turns as well.
        assert!(bed.push("2001:db8:1:ff00::1"));
        assert_eq!(bed.next(), "2001:db8:1:ff00::1");
    }

    #[test]
    fn a_full_queue_has_room_for_another_network() {
        let bed = Bed::new();
        for _ in 0..MOST {
            assert!(bed.push("192.0.2.1"));
        }
        assert!(!bed.push("192.0.2.1"), "not for who filled it");
        assert!(bed.push("198.51.100.7"));
        let served: Vec<String> = (0..MOST).map(|_| bed.next()).collect();
        assert_eq!(
            served.iter().filter(|name| *name == "198.51.100.7").count(),
            1
        );
        assert_eq!(served.len(), MOST);
    }

    #[test]
    fn a_closed_queue_ends() {
        let bed = Bed::new();
        assert!(bed.push("192.0.2.1"));
        bed.queue.close();
        assert!(bed.queue.pop().is_none());
        assert!(!bed.push("192.0.2.1"));
    }
}
