//! How attempts that failed slow the next ones down. An attacker waits longer and longer; the owner
//! of an account is on a device that is known, which counts for itself, or takes the way by mail.

use std::time::Duration;

/// What attempts are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Attempts at one account from devices that are not known.
    Account,
    /// Attempts at one account from one known device.
    Device,
    /// Attempts at anything from one network.
    Network,
    /// Mails to one address.
    Mail,
}

/// Failures are forgotten after this long without another.
pub const FORGOTTEN_AFTER: Duration = Duration::from_hours(1);
/// Nobody waits longer.
pub const LONGEST_WAIT: Duration = Duration::from_mins(15);

impl Counted {
    /// How many attempts go unhindered. A clinic or a library is one network.
    pub fn free(self) -> i64 {
        match self {
            Self::Account | Self::Device => 5,
            Self::Network => 30,
            Self::Mail => 3,
        }
    }

    /// The name under which it is counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Device => "device",
            Self::Network => "network",
            Self::Mail => "mail",
        }
    }

    /// How long the next attempt has to wait after so many failures: nothing at first, then a
    /// second (for mails a minute), two, four, up to [`LONGEST_WAIT`].
    pub fn wait(self, failures: i64) -> Duration {
        let beyond = failures - self.free();
        if beyond < 0 {
            return Duration::ZERO;
        }
        let first = match self {
            Self::Mail => 60,
            Self::Account | Self::Device | Self::Network => 1,
        };
        let seconds = first << beyond.clamp(0, 20);
        Duration::from_secs(seconds).min(LONGEST_WAIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn waiting_doubles() {
        let waits: Vec<u64> = (4..9)
            .map(|failures| Counted::Account.wait(failures).as_secs())
            .collect();
        assert_eq!(waits, [0, 1, 2, 4, 8]);
    }

    proptest! {
        #[test]
        fn waiting_never_shrinks_and_has_an_end(failures in 0..i64::MAX - 1) {
            for counted in [Counted::Account, Counted::Device, Counted::Network, Counted::Mail] {
                let wait = counted.wait(failures);
                prop_assert!(wait <= counted.wait(failures + 1) && wait <= LONGEST_WAIT);
            }
        }
    }
}
