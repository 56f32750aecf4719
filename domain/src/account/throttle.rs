//! How attempts that failed slow the next ones down. Whoever guesses waits longer and longer, and
//! only where they are: the owner of an account is elsewhere, or on a device that is known and counts
//! for itself, or takes the way by email.

use std::time::Duration;

use super::Reach;

/// What attempts are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Attempts at one account from one network, by devices that are not known.
    AccountFrom(Reach),
    /// Attempts at one account from everywhere, by devices that are not known.
    Account,
    /// Attempts at one account from one known device.
    Device,
    /// Attempts at the password of one link.
    Link,
    /// Codes for one account, by devices that are not known: who enters one has the password.
    Code,
    /// Attempts to get into an account, of whatever kind, from one network.
    Network(Reach),
    /// What people who are not known send to the staff from one network. It is no attempt at an account, and
    /// keeps nobody from signing in.
    Sending(Reach),
    /// Emails to one address that one network has asked for.
    MailFrom(Reach),
    /// Emails that one known device has asked for.
    DeviceMail,
}

/// Failures are forgotten after this long without another.
pub const FORGOTTEN_AFTER: Duration = Duration::from_hours(1);
/// Nobody waits longer.
pub const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// Emails to one address in an hour that people who are not known have asked for. A link by which a
/// password is chosen works for an hour, so that there is always a good one in the owner's mailbox,
/// whoever uses the budget up.
pub const MAILS_TO_ONE_ADDRESS: i64 = 6;
/// The same to all addresses together: a site that sends more is taken for one that sends spam.
pub const MAILS_TO_EVERYONE: i64 = 1_000;
/// The time that these two are counted in.
pub const MAILS_COUNTED_FOR: Duration = Duration::from_hours(1);

impl Counted {
    /// How many attempts go unhindered. A clinic or a library is one network; an account may be tried
    /// a hundred times (NIST SP 800-63B-4, 3.2.2), which one network alone cannot use up.
    pub fn free(self) -> i64 {
        match self {
            Self::AccountFrom(reach) => 5 * reach.scale(),
            Self::Account => 100,
            Self::Device | Self::Link | Self::Code => 5,
            Self::Network(reach) | Self::Sending(reach) => 30 * reach.scale(),
            Self::MailFrom(reach) => 3 * reach.scale(),
            Self::DeviceMail => 3,
        }
    }

    /// The name under which it is counted. The prefix of a network is part of the network's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountFrom(_) => "account-from",
            Self::Account => "account",
            Self::Device => "device",
            Self::Link => "link",
            Self::Code => "code",
            Self::Network(_) => "network",
            Self::Sending(_) => "sending",
            Self::MailFrom(_) => "mail-from",
            Self::DeviceMail => "device-mail",
        }
    }

    /// How long the next attempt has to wait after so many failures: nothing at first, then a
    /// second (for emails a minute), two, four, up to [`LONGEST_WAIT`].
    pub fn wait(self, failures: i64) -> Duration {
        let beyond = failures - self.free();
        if beyond < 0 {
            return Duration::ZERO;
        }
        let first = match self {
            Self::MailFrom(_) | Self::DeviceMail => 60,
            _ => 1,
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
            .map(|failures| Counted::Device.wait(failures).as_secs())
            .collect();
        assert_eq!(waits, [0, 1, 2, 4, 8]);
    }

    #[test]
    fn one_network_alone_cannot_use_an_account_up() {
        for reach in Reach::ALL {
            let one_network = Counted::AccountFrom(reach).free();
            assert!(one_network * 5 <= Counted::Account.free(), "{reach:?}");
        }
    }

    proptest! {
        #[test]
        fn waiting_never_shrinks_and_has_an_end(failures in 0..i64::MAX - 1) {
            for counted in [
                Counted::Account,
                Counted::Device,
                Counted::AccountFrom(Reach::Household),
                Counted::MailFrom(Reach::Organisation),
            ] {
                let wait = counted.wait(failures);
                prop_assert!(wait <= counted.wait(failures + 1) && wait <= LONGEST_WAIT);
            }
        }
    }
}
