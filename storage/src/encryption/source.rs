//! Where keys of the site come from that a process has not been given at its start.

use std::time::{Duration, Instant, SystemTime};

use super::MasterKey;

/// How long nothing is read again that has not changed.
const PAUSE: Duration = Duration::from_secs(1);

/// How long times of files can stay the same although something is changed: their clocks go in steps.
const STEP: Duration = Duration::from_millis(100);

/// What changes whenever the keys do, without reading them: times and lengths of files.
pub type Stamp = Vec<Option<(SystemTime, u64)>>;

/// Tells all keys again, to who meets something that none of the known ones opens.
pub trait KeySource: Send + Sync + 'static {
    /// All of them.
    fn keys(&self) -> Vec<[u8; MasterKey::LENGTH]>;

    /// Their stamp; `None` where there is none, and they are read each time.
    fn stamp(&self) -> Option<Stamp>;
}

impl<F: Fn() -> Vec<[u8; MasterKey::LENGTH]> + Send + Sync + 'static> KeySource for F {
    fn keys(&self) -> Vec<[u8; MasterKey::LENGTH]> {
        self()
    }

    fn stamp(&self) -> Option<Stamp> {
        None
    }
}

/// When keys were read last, and what their stamp was then.
#[derive(Debug)]
pub(super) struct Looked {
    stamp: Stamp,
    /// When the stamp was first seen.
    since: Instant,
    last: Instant,
}

impl Looked {
    /// They are read now. The stamp is from before: what changes meanwhile has another one.
    pub(super) fn now(former: Option<Self>, stamp: Stamp, now: Instant) -> Self {
        let same = former.filter(|former| former.stamp == stamp);
        Self {
            since: same.map_or(now, |former| former.since),
            stamp,
            last: now,
        }
    }

    /// Whether they are to be read again. Something that was made under a new key is met at any moment after the
    /// key is there, so that no pause may hide one; but what was read a step after its stamp was first seen is all
    /// that has this stamp.
    pub(super) fn is_due(&self, stamp: &Stamp, now: Instant) -> bool {
        let is_whole = self.last.duration_since(self.since) >= STEP;
        self.stamp != *stamp || !is_whole || now.duration_since(self.last) >= PAUSE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_changed_is_read_once_a_second() {
        let begun = Instant::now();
        let at = |millis| begun + Duration::from_millis(millis);
        let stamp = |length| vec![Some((SystemTime::UNIX_EPOCH, length)), None];
        let looked = Looked::now(None, stamp(1), at(0));
        assert!(looked.is_due(&stamp(1), at(50)), "it may be half of it");
        let looked = Looked::now(Some(looked), stamp(1), at(150));
        assert!(!looked.is_due(&stamp(1), at(151)));
        assert!(!looked.is_due(&stamp(1), at(1_149)));
        assert!(looked.is_due(&stamp(1), at(1_150)));
        // A key that was put there a moment ago is found at once.
        assert!(looked.is_due(&stamp(2), at(151)));
        let looked = Looked::now(Some(looked), stamp(2), at(151));
        assert!(looked.is_due(&stamp(2), at(152)));
    }
}
