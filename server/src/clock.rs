//! The one place that reads the machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::{Clock, Timestamp};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that is passed in"
    )]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let now = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
        #[cfg(debug_assertions)]
        let now = test_clock::moved(now);
        Timestamp(now)
    }
}

/// For tests in a browser, which cannot wait for a birthday: `RARESHARE_TEST_CLOCK` names a file with a
/// number of days by which the clock is moved, also while the server runs. A release build does not have it.
#[cfg(debug_assertions)]
mod test_clock {
    use std::{
        path::{Path, PathBuf},
        sync::{
            LazyLock,
            atomic::{AtomicI64, Ordering},
        },
    };

    const SECOND: i64 = 1_000_000;
    const DAY: i64 = 86_400 * SECOND;

    static FILE: LazyLock<Option<PathBuf>> =
        LazyLock::new(|| std::env::var_os("RARESHARE_TEST_CLOCK").map(PathBuf::from));
    static READ_AT: AtomicI64 = AtomicI64::new(0);
    static MOVED_BY: AtomicI64 = AtomicI64::new(0);

    /// A moment, later by what is in the file. It is read at most once a second.
    pub(super) fn moved(now: i64) -> i64 {
        let Some(file) = FILE.as_deref() else {
            return now;
        };
        if now - READ_AT.load(Ordering::Relaxed) >= SECOND {
            READ_AT.store(now, Ordering::Relaxed);
            if let Some(days) = days(file) {
                MOVED_BY.store(days * DAY, Ordering::Relaxed);
            }
        }
        now + MOVED_BY.load(Ordering::Relaxed)
    }

    /// The days in a file; `None` where it is missing, or being written.
    fn days(file: &Path) -> Option<i64> {
        let days = std::fs::read_to_string(file).ok()?.trim().parse().ok()?;
        (0..=36_525).contains(&days).then_some(days)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_file_has_a_number_of_days() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("days");
            assert_eq!(days(&file), None);
            for (text, found) in [("400\n", Some(400)), ("", None), ("-1", None), ("x", None)] {
                std::fs::write(&file, text).unwrap();
                assert_eq!(days(&file), found, "{text}");
            }
            assert_eq!(moved(5), 5, "no file is named");
        }
    }
}
