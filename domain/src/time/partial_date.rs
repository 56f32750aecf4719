//! A date as exactly as it is known.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{MONTHS, Timestamp};

/// A year, a month of a year, or a day (ISO 8601: `2024`, `2024-05`, `2024-05-17`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// From what was typed. A month or day of one digit is one as well.
    ///
    /// ```
    /// use domain::time::PartialDate;
    /// assert_eq!(PartialDate::parse("2024-5").unwrap().to_string(), "2024-05");
    /// assert_eq!(PartialDate::parse("2023-02-29"), None);
    /// ```
    pub fn parse(typed: &str) -> Option<Self> {
        let mut parts = typed.trim().split('-');
        let year = number(parts.next()?, 4..=4).filter(|year| *year >= 1000)?;
        let month = match parts.next() {
            Some(part) => Some(u8::try_from(number(part, 1..=2)?).ok()?),
            None => None,
        };
        let day = match parts.next() {
            Some(part) => Some(u8::try_from(number(part, 1..=2)?).ok()?),
            None => None,
        };
        let is_month = month.is_none_or(|month| (1..=12).contains(&month));
        let is_day =
            day.is_none_or(|day| (1..=days(year, month.unwrap_or_default())).contains(&day));
        (is_month && is_day && parts.next().is_none()).then_some(Self { year, month, day })
    }

    /// Whether it is still to come, wherever on earth one is.
    pub fn is_after(self, now: Timestamp) -> bool {
        const DAY: i64 = 86_400_000_000;
        let first = (
            i64::from(self.year),
            self.month.unwrap_or(1),
            self.day.unwrap_or(1),
        );
        first > Timestamp(now.0 + DAY).date()
    }

    /// As people read it: "2024", "May 2024", "17 May 2024".
    pub fn spelled(self) -> String {
        let month = self
            .month
            .and_then(|month| MONTHS.get(usize::from(month) - 1));
        match (month, self.day) {
            (Some(month), Some(day)) => format!("{day} {month} {}", self.year),
            (Some(month), None) => format!("{month} {}", self.year),
            (None, _) => self.year.to_string(),
        }
    }
}

/// Digits alone: what `parse` takes has a sign, too.
fn number(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u16> {
    let digits = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

pub(super) fn days(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("This is no date.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        for (typed, iso, spelled) in [
            (" 2024 ", "2024", "2024"),
            ("2024-05", "2024-05", "May 2024"),
            ("2024-2-29", "2024-02-29", "29 February 2024"),
            ("1999-12-31", "1999-12-31", "31 December 1999"),
        ] {
            let date = PartialDate::parse(typed).unwrap();
            assert_eq!(
                (date.to_string().as_str(), date.spelled().as_str()),
                (iso, spelled)
            );
            assert_eq!(PartialDate::parse(iso), Some(date));
            assert_eq!(serde_json::to_string(&date).unwrap(), format!("\"{iso}\""));
        }
        for bad in [
            "",
            "24",
            "0999",
            "20245",
            "2024-",
            "2024-0",
            "2024-13",
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-1-1-1",
            "2024-+1",
            "-2024",
            "May 2024",
            "２０２４",
        ] {
            assert_eq!(PartialDate::parse(bad), None, "{bad:?}");
        }
        assert!(serde_json::from_str::<PartialDate>("\"x\"").is_err());
    }

    #[test]
    fn what_is_to_come_is_after() {
        // 3 January 2026.
        let now = Timestamp(1_767_398_400_000_000);
        for (date, after) in [
            ("2025", false),
            ("2026", false),
            ("2027", true),
            ("2026-01", false),
            ("2026-02", true),
            ("2026-01-04", false),
            ("2026-01-05", true),
        ] {
            assert_eq!(
                PartialDate::parse(date).unwrap().is_after(now),
                after,
                "{date}"
            );
        }
    }
}
