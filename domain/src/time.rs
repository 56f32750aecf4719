//! Moments and calendar dates, without a clock of its own: time is passed in.

mod calendar_date;
mod partial_date;

use serde::{Deserialize, Serialize};

pub use calendar_date::CalendarDate;
pub use partial_date::PartialDate;

/// A moment: microseconds since 1970-01-01T00:00:00Z, as the database stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

/// Where the time comes from. Tests bring their own.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A calendar day, ready to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// "2026-01-03", for programs.
    pub iso: String,
    /// "3 January 2026", for people.
    pub spelled: String,
}

impl From<Timestamp> for Day {
    fn from(moment: Timestamp) -> Self {
        Self {
            iso: moment.iso_date(),
            spelled: moment.spelled(),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Timestamp {
    /// Year, month (1 to 12) and day (1 to 31) of the moment in UTC, in the proleptic Gregorian
    /// calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
    pub fn date(self) -> (i64, u8, u8) {
        let days = self.0.div_euclid(86_400_000_000) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (
            year,
            u8::try_from(month).unwrap_or(1),
            u8::try_from(day).unwrap_or(1),
        )
    }

    /// The same day and time some years later; of a 29 February, where there is none, the day after.
    #[must_use]
    pub fn years_later(self, years: u8) -> Self {
        const DAY: i64 = 86_400_000_000;
        let (year, month, day) = self.date();
        let year = year + i64::from(years);
        let first = self.0 + i64::from(years) * 365 * DAY;
        // One day more for each leap year in between.
        (0..=i64::from(years))
            .map(|leap| Self(first + leap * DAY))
            .find(|later| {
                let date = later.date();
                date == (year, month, day) || ((month, day) == (2, 29) && date == (year, 3, 1))
            })
            .unwrap_or(Self(first))
    }

    /// The date as people read it: "3 January 2026".
    pub fn spelled(self) -> String {
        let (year, month, day) = self.date();
        format!("{day} {} {year}", MONTHS[usize::from(month - 1)])
    }

    /// The same with the time of day: "3 January 2026, 12:34 UTC".
    pub fn spelled_with_time(self) -> String {
        let clock = self.rfc3339();
        let minute = clock.split('T').nth(1).unwrap_or_default();
        format!("{}, {} UTC", self.spelled(), &minute[..5.min(minute.len())])
    }

    /// The date in ISO 8601: "2026-01-03".
    pub fn iso_date(self) -> String {
        let (year, month, day) = self.date();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The moment in RFC 3339, to the second: "2026-01-03T12:34:56Z".
    pub fn rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1_000_000).rem_euclid(86_400);
        format!(
            "{}T{:02}:{:02}:{:02}Z",
            self.iso_date(),
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_spelled() {
        assert_eq!(Timestamp(0).spelled(), "1 January 1970");
        assert_eq!(Timestamp(1_767_398_400_000_000).iso_date(), "2026-01-03");
        assert_eq!(
            Timestamp(1_709_210_096_000_000).rfc3339(),
            "2024-02-29T12:34:56Z"
        );
        assert_eq!(
            Timestamp(1_709_210_096_000_000).spelled_with_time(),
            "29 February 2024, 12:34 UTC"
        );
        assert_eq!(Timestamp(-1).iso_date(), "1969-12-31");
    }

    #[test]
    fn some_years_later_is_the_same_day() {
        let later = |moment: i64, years| Timestamp(moment).years_later(years).iso_date();
        assert_eq!(later(1_767_398_400_000_000, 2), "2028-01-03");
        assert_eq!(later(1_709_210_096_000_000, 1), "2025-03-01");
        assert_eq!(later(1_709_210_096_000_000, 4), "2028-02-29");
        assert_eq!(later(0, 200), "2170-01-01");
    }
}
