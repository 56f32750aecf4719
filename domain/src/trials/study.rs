//! What is shown of a study.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AgeGroup, AgeLimit, TrialStatus, age::spelled_ages};
use crate::time::PartialDate;

/// The number of a study at ClinicalTrials.gov: `NCT` and eight digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NctId(String);

impl NctId {
    /// From exactly that.
    ///
    /// ```
    /// use domain::trials::NctId;
    /// assert!(NctId::parse("NCT00985959").is_some());
    /// assert!(NctId::parse("nct985959").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("NCT")?;
        let is_number = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(text.to_owned()))
    }

    /// Whether it is of a study that is made up for a demonstration: the register counts upwards from
    /// NCT00000102, some 40,000 a year, and will not come to the numbers that begin with 9999.
    ///
    /// ```
    /// use domain::trials::NctId;
    /// assert!(NctId::parse("NCT99990001").unwrap().is_invented());
    /// assert!(!NctId::parse("NCT00985959").unwrap().is_invented());
    /// ```
    pub fn is_invented(&self) -> bool {
        self.0.starts_with("NCT9999")
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NctId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<NctId> for String {
    fn from(id: NctId) -> Self {
        id.0
    }
}

impl TryFrom<String> for NctId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("This is no number of a study.")
    }
}

/// Of which kind a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StudyType {
    /// People get a treatment or something else that is tried out.
    Interventional,
    /// People are observed.
    Observational,
    /// A treatment is given outside of a trial.
    ExpandedAccess,
}

impl StudyType {
    /// From the register's name.
    pub fn from_register(name: &str) -> Option<Self> {
        match name {
            "INTERVENTIONAL" => Some(Self::Interventional),
            "OBSERVATIONAL" => Some(Self::Observational),
            "EXPANDED_ACCESS" => Some(Self::ExpandedAccess),
            _ => None,
        }
    }

    /// In plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Interventional => "Tries out a treatment or another measure",
            Self::Observational => "Observes people, without trying out a treatment",
            Self::ExpandedAccess => "Gives a treatment outside a trial",
        }
    }
}

/// How far the testing of a treatment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Phase {
    /// Before phase 1, with very few people.
    Early1,
    /// Is it safe?
    One,
    /// Does it work?
    Two,
    /// Is it better than what there is?
    Three,
    /// After approval.
    Four,
}

impl Phase {
    /// From the register's name. "NA", for studies that have no phases, is none.
    pub fn from_register(name: &str) -> Option<Self> {
        match name {
            "EARLY_PHASE1" => Some(Self::Early1),
            "PHASE1" => Some(Self::One),
            "PHASE2" => Some(Self::Two),
            "PHASE3" => Some(Self::Three),
            "PHASE4" => Some(Self::Four),
            _ => None,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Early1 => "early 1",
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
        }
    }
}

/// The phases of a study in words; nothing where it has none.
///
/// ```
/// use domain::trials::{Phase, spelled_phases};
/// let phases = [Phase::One, Phase::Two];
/// assert_eq!(spelled_phases(&phases).as_deref(), Some("1 and 2"));
/// ```
pub fn spelled_phases(phases: &[Phase]) -> Option<String> {
    let phases: Vec<_> = phases.iter().map(|phase| phase.label()).collect();
    (!phases.is_empty()).then(|| phases.join(" and "))
}

/// Who can take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sex {
    /// Everybody.
    All,
    /// Female people.
    Female,
    /// Male people.
    Male,
}

impl Sex {
    /// From the register's name.
    pub fn from_register(name: &str) -> Option<Self> {
        match name {
            "ALL" => Some(Self::All),
            "FEMALE" => Some(Self::Female),
            "MALE" => Some(Self::Male),
            _ => None,
        }
    }

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Female => "Female",
            Self::Male => "Male",
        }
    }
}

/// A study as a list shows it. The register need not say more than its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Its number.
    pub id: NctId,
    /// One line; the number where the register gives none.
    pub title: String,
    /// At which point it is.
    pub status: TrialStatus,
    /// Of which kind it is.
    pub study_type: Option<StudyType>,
    /// How far the testing has come, in order.
    pub phases: Vec<Phase>,
    /// How old one must be.
    pub least_age: Option<AgeLimit>,
    /// How old one may be.
    pub most_age: Option<AgeLimit>,
    /// The groups of ages that can take part; none where the register does not say.
    pub ages: Vec<AgeGroup>,
    /// Who can take part.
    pub sex: Option<Sex>,
    /// The countries of its places, in order.
    pub countries: Vec<String>,
    /// When the register last got news of it.
    pub updated: Option<PartialDate>,
    /// Who answers for it.
    pub sponsor: Option<String>,
}

impl Trial {
    /// How old one may be, in words.
    pub fn spelled_ages(&self) -> String {
        spelled_ages(self.least_age, self.most_age, &self.ages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_nct_and_eight_digits() {
        let id = NctId::parse("NCT00985959").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"NCT00985959\"");
        for bad in [
            "",
            "NCT",
            "NCT0098595",
            "NCT009859590",
            "nct00985959",
            "NCT 0985959",
            "NCT0098595x",
            "NCT00985959 ",
            "EUCTR2010-1",
            "NCT００９８",
            "NCT+0985959",
        ] {
            assert_eq!(NctId::parse(bad), None, "{bad:?}");
        }
        assert!(serde_json::from_str::<NctId>("\"../admin\"").is_err());
    }

    #[test]
    fn phases_are_spelled() {
        for (names, spelled) in [
            (&[][..], None),
            (&["NA"], None),
            (&["EARLY_PHASE1"], Some("early 1")),
            (&["PHASE2", "PHASE3"], Some("2 and 3")),
            (&["PHASE4", "PHASE9"], Some("4")),
        ] {
            let phases = names.iter().filter_map(|name| Phase::from_register(name));
            let phases: Vec<_> = phases.collect();
            assert_eq!(spelled_phases(&phases).as_deref(), spelled);
        }
    }
}
