//! What can be answered besides yes and no.

use serde::{Deserialize, Serialize};

/// Which research.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResearchScope {
    /// None.
    None,
    /// About the participant's own condition.
    OwnCondition,
    /// About health.
    Health,
    /// Any.
    Any,
}

impl ResearchScope {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::OwnCondition, Self::Health, Self::Any, Self::None];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "No research",
            Self::OwnCondition => "Only research about my condition",
            Self::Health => "Any research about health",
            Self::Any => "Any research",
        }
    }

    /// The term of the Data Use Ontology.
    pub fn duo(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::OwnCondition => Some("DUO:0000007"),
            Self::Health => Some("DUO:0000006"),
            Self::Any => Some("DUO:0000042"),
        }
    }
}

/// Where in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// In the country where the participant lives.
    Country,
    /// In it, and in the European Economic Area and Switzerland.
    Europe,
    /// Everywhere.
    Everywhere,
}

impl Region {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Country, Self::Europe, Self::Everywhere];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Country => "Only in my country",
            Self::Europe => "In my country and in Europe",
            Self::Everywhere => "Anywhere in the world",
        }
    }
}

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duration {
    /// For five years.
    FiveYears,
    /// For ten years.
    TenYears,
    /// Until they say otherwise.
    NoEnd,
}

impl Duration {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::FiveYears, Self::TenYears, Self::NoEnd];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::FiveYears => "5 years, then ask me again",
            Self::TenYears => "10 years, then ask me again",
            Self::NoEnd => "Until I say no",
        }
    }

    /// How many years it is; `None` without an end.
    pub fn years(self) -> Option<u16> {
        match self {
            Self::FiveYears => Some(5),
            Self::TenYears => Some(10),
            Self::NoEnd => None,
        }
    }
}

/// In which way one is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactWays {
    /// By email.
    Email,
    /// By telephone.
    Phone,
    /// By both.
    Both,
    /// Not at all, but for what concerns their own consent.
    None,
}

impl ContactWays {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Email, Self::Phone, Self::Both, Self::None];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Email => "By email",
            Self::Phone => "By phone",
            Self::Both => "By email or phone",
            Self::None => "Do not contact me, except about my own consent",
        }
    }
}

/// How often, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// Once a year.
    Yearly,
    /// Four times a year.
    Quarterly,
    /// Whenever there is something.
    Always,
}

impl Frequency {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Yearly, Self::Quarterly, Self::Always];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yearly => "At most once a year",
            Self::Quarterly => "At most four times a year",
            Self::Always => "Whenever there is something for me",
        }
    }
}
