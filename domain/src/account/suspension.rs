//! Suspensions, and when they end.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

const HOUR: i64 = 3_600_000_000;

/// Most days for which a moderator suspends somebody. What is longer, or has no end, is for
/// administrators.
pub const SUSPENSION_BY_MODERATORS_LONGEST: u16 = 90;

/// For how long somebody is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuspensionLength {
    /// For one day.
    Day,
    /// For seven days.
    Week,
    /// For thirty days.
    Month,
    /// For ninety days.
    ThreeMonths,
    /// For 182 days.
    SixMonths,
    /// Until it is ended.
    NoEnd,
}

impl SuspensionLength {
    /// All of them, the shortest first.
    pub const ALL: [Self; 6] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::ThreeMonths,
        Self::SixMonths,
        Self::NoEnd,
    ];

    /// Those that moderators choose from, who are no administrators.
    pub const OF_MODERATORS: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::ThreeMonths];

    /// The stable name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::ThreeMonths => "three-months",
            Self::SixMonths => "six-months",
            Self::NoEnd => "no-end",
        }
    }

    /// What forms say.
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => "1 day",
            Self::Week => "1 week",
            Self::Month => "1 month",
            Self::ThreeMonths => "3 months",
            Self::SixMonths => "6 months",
            Self::NoEnd => "No end",
        }
    }

    /// How long it is; `None` where it has no end.
    pub fn days(self) -> Option<u16> {
        match self {
            Self::Day => Some(1),
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::ThreeMonths => Some(90),
            Self::SixMonths => Some(182),
            Self::NoEnd => None,
        }
    }
}

/// When a suspension of so many days ends that begins now: on the hour, so that within an hour everybody
/// is what they were at its beginning.
pub fn suspension_end(now: Timestamp, days: u16) -> Timestamp {
    let end = now.0 + i64::from(days) * 24 * HOUR;
    hour_of(Timestamp(end + HOUR - 1))
}

/// The beginning of the hour of a moment.
pub fn hour_of(moment: Timestamp) -> Timestamp {
    Timestamp(moment.0.div_euclid(HOUR) * HOUR)
}

/// That somebody may not write, as they read it themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// When it ends, if it does by itself.
    pub until: Option<Timestamp>,
    /// Why. Empty where nobody has said so.
    pub reason: String,
}

impl Suspension {
    /// Until when and why: "your account is suspended until 3 January 2026, 12:00 UTC. Reason: …"
    pub fn spelled(&self) -> String {
        let until = self.until.map_or_else(String::new, |until| {
            format!(" until {}", until.spelled_with_time())
        });
        let reason = if self.reason.is_empty() {
            String::new()
        } else {
            format!(" Reason: {}", self.reason)
        };
        format!("your account is suspended{until}.{reason}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suspensions_end_on_the_hour_and_never_early() {
        let noon = Timestamp(1_767_441_600_000_000);
        let later = |micros| suspension_end(Timestamp(noon.0 + micros), 1).rfc3339();
        assert_eq!(later(0), "2026-01-04T12:00:00Z");
        assert_eq!(later(1), "2026-01-04T13:00:00Z");
        assert_eq!(later(HOUR), "2026-01-04T13:00:00Z");
        assert_eq!(hour_of(Timestamp(noon.0 + HOUR - 1)), noon);
        // Whether one has ended is the same for the hour as for the moment.
        for micros in [-1, 0, 1, HOUR - 1, HOUR] {
            let now = Timestamp(noon.0 + micros);
            assert_eq!(noon <= now, noon <= hour_of(now));
        }
    }

    #[test]
    fn a_suspension_says_until_when_and_why() {
        let suspension = Suspension {
            until: Some(Timestamp(1_767_441_600_000_000)),
            reason: "Advertising.".to_owned(),
        };
        assert_eq!(
            suspension.spelled(),
            "your account is suspended until 3 January 2026, 12:00 UTC. Reason: Advertising."
        );
        let unknown = Suspension {
            until: None,
            reason: String::new(),
        };
        assert_eq!(unknown.spelled(), "your account is suspended.");
    }

    #[test]
    fn lengths_have_one_name() {
        for length in SuspensionLength::ALL {
            let name = serde_json::to_string(&length).unwrap();
            assert_eq!(name, format!("\"{}\"", length.as_str()));
        }
        let days = SuspensionLength::ALL.map(|length| length.days().unwrap_or(u16::MAX));
        assert!(days.is_sorted());
    }

    #[test]
    fn moderators_suspend_for_a_time() {
        for length in SuspensionLength::ALL {
            let short = length
                .days()
                .is_some_and(|days| days <= SUSPENSION_BY_MODERATORS_LONGEST);
            assert_eq!(SuspensionLength::OF_MODERATORS.contains(&length), short);
        }
    }
}
