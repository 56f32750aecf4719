//! How old one may be to take part.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A group of ages by which a register sorts its studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeGroup {
    /// Younger than 18 years.
    Child,
    /// From 18 to 64 years.
    Adult,
    /// 65 years and older.
    OlderAdult,
}

impl AgeGroup {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Child, Self::Adult, Self::OlderAdult];

    /// The stable name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adult => "adult",
            Self::OlderAdult => "older-adult",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == name)
    }

    /// As ClinicalTrials.gov names it.
    pub fn from_register(name: &str) -> Option<Self> {
        match name {
            "CHILD" => Some(Self::Child),
            "ADULT" => Some(Self::Adult),
            "OLDER_ADULT" => Some(Self::OlderAdult),
            _ => None,
        }
    }

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Child => "Children (under 18)",
            Self::Adult => "Adults (18 to 64)",
            Self::OlderAdult => "Older adults (65 and over)",
        }
    }

    /// The groups that have an age within these limits; no limit is none.
    pub fn within(least: Option<AgeLimit>, most: Option<AgeLimit>) -> Vec<Self> {
        let least = least.map_or(0, AgeLimit::years);
        let most = most.map_or(u32::MAX, AgeLimit::years);
        let groups = Self::ALL
            .into_iter()
            .zip([(0, 17), (18, 64), (65, u32::MAX)]);
        let fits = groups.filter(|(_, (from, to))| least <= *to && most >= *from);
        fits.map(|(group, _)| group).collect()
    }
}

/// In what an age is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
}

impl Unit {
    const ALL: [Self; 6] = [
        Self::Year,
        Self::Month,
        Self::Week,
        Self::Day,
        Self::Hour,
        Self::Minute,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
        }
    }
}

/// An age as a register gives it: "18 Years", "6 Months".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgeLimit {
    count: u16,
    unit: Unit,
}

impl AgeLimit {
    /// From a number and a unit; anything else is no age.
    ///
    /// ```
    /// use domain::trials::AgeLimit;
    /// assert_eq!(AgeLimit::parse("1 Year").unwrap().to_string(), "1 year");
    /// assert_eq!(AgeLimit::parse("N/A"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        if count.is_empty() || !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let unit = unit.trim().to_ascii_lowercase();
        let unit = unit.strip_suffix('s').unwrap_or(&unit);
        Some(Self {
            count: count.parse().ok()?,
            unit: Unit::ALL.into_iter().find(|known| known.name() == unit)?,
        })
    }

    /// In whole years.
    pub fn years(self) -> u32 {
        let count = u32::from(self.count);
        match self.unit {
            Unit::Year => count,
            Unit::Month => count / 12,
            Unit::Week => count / 52,
            Unit::Day => count / 365,
            Unit::Hour => count / (24 * 365),
            Unit::Minute => 0,
        }
    }
}

impl fmt::Display for AgeLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(formatter, "{} {}{plural}", self.count, self.unit.name())
    }
}

impl From<AgeLimit> for String {
    fn from(age: AgeLimit) -> Self {
        age.to_string()
    }
}

impl TryFrom<String> for AgeLimit {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("This is no age.")
    }
}

/// The limits in words, else the groups; where the register names neither, nobody knows.
pub(super) fn spelled_ages(
    least: Option<AgeLimit>,
    most: Option<AgeLimit>,
    groups: &[AgeGroup],
) -> String {
    match (least, most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) if least.unit == most.unit => {
            format!("{} to {most}", least.count)
        }
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("{least} and over"),
        (None, Some(most)) => format!("Up to {most}"),
        (None, None) if groups.is_empty() => "Age not given".to_owned(),
        (None, None) if groups.len() == AgeGroup::ALL.len() => "Any age".to_owned(),
        (None, None) => {
            let groups: Vec<_> = groups.iter().map(|group| group.label()).collect();
            groups.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_as_the_register_writes_them() {
        for (written, spelled) in [
            ("18 Years", "18 years"),
            (" 1 Year ", "1 year"),
            ("6 months", "6 months"),
            ("2 Weeks", "2 weeks"),
            ("0 Days", "0 days"),
            ("12 Hours", "12 hours"),
            ("5 Minutes", "5 minutes"),
        ] {
            let age = AgeLimit::parse(written).unwrap();
            assert_eq!(age.to_string(), spelled);
            let json = serde_json::to_string(&age).unwrap();
            assert_eq!(serde_json::from_str::<AgeLimit>(&json).unwrap(), age);
        }
        for bad in [
            "",
            "N/A",
            "18",
            "Years",
            "18Years",
            "-1 Years",
            "+1 Years",
            "1.5 Years",
            "18 Moons",
            "99999 Years",
            " Years",
            "18 years old",
        ] {
            assert_eq!(AgeLimit::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn limits_are_spelled_and_sorted_into_groups() {
        use AgeGroup::{Adult, Child, OlderAdult};
        for (least, most, spelled, groups) in [
            ("", "", "Any age", &AgeGroup::ALL[..]),
            ("18 Years", "", "18 years and over", &[Adult, OlderAdult]),
            ("", "17 Years", "Up to 17 years", &[Child]),
            ("", "18 Years", "Up to 18 years", &[Child, Adult]),
            (
                "3 Months",
                "99 Years",
                "3 months to 99 years",
                &AgeGroup::ALL,
            ),
            ("12 Years", "45 Years", "12 to 45 years", &[Child, Adult]),
            ("65 Years", "65 Years", "65 years", &[OlderAdult]),
            ("240 Months", "300 Months", "240 to 300 months", &[Adult]),
            // The wrong way round fits nobody.
            ("30 Years", "2 Years", "30 to 2 years", &[]),
        ] {
            let (least, most) = (AgeLimit::parse(least), AgeLimit::parse(most));
            assert_eq!(AgeGroup::within(least, most), groups, "{spelled}");
            assert_eq!(spelled_ages(least, most, groups), spelled);
        }
        let adults = "Adults (18 to 64), Older adults (65 and over)";
        assert_eq!(spelled_ages(None, None, &[Adult, OlderAdult]), adults);
        assert_eq!(spelled_ages(None, None, &[]), "Age not given");
    }

    #[test]
    fn names_are_stable() {
        for group in AgeGroup::ALL {
            assert_eq!(AgeGroup::from_name(group.as_str()), Some(group));
            let json = serde_json::to_string(&group).unwrap();
            assert_eq!(json, format!("\"{}\"", group.as_str()));
        }
        assert_eq!(AgeGroup::from_name("CHILD"), None);
        assert_eq!(
            AgeGroup::from_register("OLDER_ADULT"),
            Some(AgeGroup::OlderAdult)
        );
        assert_eq!(AgeGroup::from_register("child"), None);
    }
}
