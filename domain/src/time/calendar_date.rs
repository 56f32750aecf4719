//! A day of the calendar.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{MONTHS, Timestamp, partial_date};

/// A day, such as that on which somebody was born. It is the same day wherever on earth one is: it is
/// never made into a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CalendarDate {
    year: u16,
    month: u8,
    day: u8,
}

impl CalendarDate {
    /// A day of the Gregorian calendar, from the year 1 on; `None` for what is no day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_day = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=partial_date::days(year, month)).contains(&day);
        is_day.then_some(Self { year, month, day })
    }

    /// The day of a moment, in UTC.
    pub fn of(moment: Timestamp) -> Self {
        let (year, month, day) = moment.date();
        Self {
            year: u16::try_from(year.clamp(1, 9999)).unwrap_or(9999),
            month,
            day,
        }
    }

    /// From ISO 8601, as [`fmt::Display`] writes it.
    ///
    /// ```
    /// use domain::time::CalendarDate;
    /// assert!(CalendarDate::parse("2024-02-29").is_some());
    /// assert_eq!(CalendarDate::parse("2023-02-29"), None);
    /// ```
    pub fn parse(iso: &str) -> Option<Self> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = iso.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_whole = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
        if !is_whole || ![year, month, day].into_iter().all(digits) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The same day some years later; of a 29 February, where there is none, the day after.
    #[must_use]
    pub fn years_later(self, years: u16) -> Self {
        let year = self.year.saturating_add(years).min(9999);
        Self::new(year, self.month, self.day).unwrap_or(Self {
            year,
            month: 3,
            day: 1,
        })
    }

    /// The day before; of the very first day, itself.
    #[must_use]
    pub fn day_before(self) -> Self {
        let (year, month, day) = match (self.month, self.day) {
            (1, 1) => (self.year.saturating_sub(1), 12, 31),
            (month, 1) => (
                self.year,
                month - 1,
                partial_date::days(self.year, month - 1),
            ),
            (month, day) => (self.year, month, day - 1),
        };
        Self::new(year, month, day).unwrap_or(self)
    }

    /// So many days after this one.
    #[must_use]
    pub fn days_later(self, days: u16) -> Self {
        (0..days).fold(self, |day, _| day.next())
    }

    fn next(self) -> Self {
        Self::new(self.year, self.month, self.day + 1)
            .or_else(|| Self::new(self.year, self.month + 1, 1))
            .or_else(|| Self::new(self.year + 1, 1, 1))
            .unwrap_or(self)
    }

    /// How old somebody is who was born on this day; `None` before it.
    pub fn age_on(self, today: Self) -> Option<u16> {
        let years = today.year.checked_sub(self.year)?;
        if self.years_later(years) <= today {
            Some(years)
        } else {
            years.checked_sub(1)
        }
    }

    /// The year by itself.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Day, month and year as people type them: "17", "5", "2024".
    pub fn numbers(self) -> [String; 3] {
        [
            self.day.to_string(),
            self.month.to_string(),
            self.year.to_string(),
        ]
    }

    /// As people read it: "17 May 2024".
    pub fn spelled(self) -> String {
        let month = MONTHS[usize::from(self.month) - 1];
        format!("{} {month} {}", self.day, self.year)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

impl From<CalendarDate> for String {
    fn from(date: CalendarDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for CalendarDate {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("This is no date.")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(iso: &str) -> CalendarDate {
        CalendarDate::parse(iso).unwrap()
    }

    #[test]
    fn before_each_day_is_another() {
        for (today, before) in [
            ("2026-05-17", "2026-05-16"),
            ("2024-03-01", "2024-02-29"),
            ("2026-01-01", "2025-12-31"),
            ("0001-01-01", "0001-01-01"),
        ] {
            assert_eq!(day(today).day_before(), day(before));
        }
    }

    #[test]
    fn days_go_on_across_months_and_years() {
        for (from, days, to) in [
            ("2026-11-27", 0, "2026-11-27"),
            ("2026-11-27", 14, "2026-12-11"),
            ("2026-12-20", 60, "2027-02-18"),
            ("2024-02-28", 1, "2024-02-29"),
            ("2023-02-28", 1, "2023-03-01"),
            ("9999-12-31", 3, "9999-12-31"),
        ] {
            assert_eq!(day(from).days_later(days), day(to), "{from} {days}");
        }
    }

    #[test]
    fn somebody_is_a_year_older_on_their_birthday() {
        let born = day("2008-05-17");
        assert_eq!(born.age_on(day("2026-05-16")), Some(17));
        assert_eq!(born.age_on(day("2026-05-17")), Some(18));
        assert_eq!(born.age_on(born), Some(0));
        assert_eq!(born.age_on(day("2008-05-16")), None);
        assert_eq!(born.age_on(day("2007-12-31")), None);
    }

    #[test]
    fn who_was_born_on_a_leap_day_is_a_year_older_on_1_march() {
        let born = day("2008-02-29");
        assert_eq!(born.years_later(18), day("2026-03-01"));
        assert_eq!(born.age_on(day("2026-02-28")), Some(17));
        assert_eq!(born.age_on(day("2026-03-01")), Some(18));
        assert_eq!(born.age_on(day("2028-02-28")), Some(19));
        assert_eq!(born.age_on(day("2028-02-29")), Some(20));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for typed in [
            "",
            "2024",
            "2024-05",
            "2024-5-1",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "1900-02-29",
            "0000-01-01",
            "+024-01-01",
            "2024-05-17T00:00:00Z",
            "17.5.2024",
        ] {
            assert_eq!(CalendarDate::parse(typed), None, "{typed}");
        }
        assert!(CalendarDate::parse("2000-02-29").is_some());
    }

    proptest! {
        #[test]
        fn days_are_read_as_they_are_written(year in 1u16..=9999, month in 1u8..=12, day in 1u8..=31) {
            if let Some(date) = CalendarDate::new(year, month, day) {
                prop_assert_eq!(CalendarDate::parse(&date.to_string()), Some(date));
            }
        }

        /// No birthday is skipped, and none comes twice.
        #[test]
        fn an_age_is_reached_on_the_day_so_many_years_later(
            year in 1900u16..2100, month in 1u8..=12, day in 1u8..=28, years in 0u16..130,
        ) {
            let born = CalendarDate::new(year, month, day).unwrap();
            prop_assert_eq!(born.age_on(born.years_later(years)), Some(years));
        }
    }
}
