//! Clinical trials: what a public register says of studies about a condition.

mod age;
mod import;
mod matching;
mod service;
mod status;
mod study;

pub use age::{AgeGroup, AgeLimit};
pub use import::{RefusedStudy, Study, TrialsImport, TrialsReport};
pub use matching::KnownConditions;
pub use service::Trials;
pub use status::{Recruitment, TrialStatus};
pub use study::{NctId, Phase, Sex, StudyType, Trial, spelled_phases};

use serde::{Deserialize, Serialize};

use crate::{catalogue::ConditionLink, time::Timestamp};

/// Which trials of a condition somebody wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialFilter {
    /// Those that are at this point.
    pub recruitment: Option<Recruitment>,
    /// Those with a place in this country, as the register spells it.
    pub country: Option<String>,
    /// Those that people of this age can take part in.
    pub age: Option<AgeGroup>,
}

impl TrialFilter {
    /// Whether it lets every trial through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A page of the trials of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialList {
    /// Whose.
    pub condition: ConditionLink,
    /// What was asked for.
    pub filter: TrialFilter,
    /// Those that recruit first, then the one that was updated last.
    pub trials: Vec<Trial>,
    /// Id after which the next page begins.
    pub next: Option<NctId>,
    /// All countries in which there are trials of the condition, in order.
    pub countries: Vec<String>,
    /// When what this page says was read from the register: the oldest of its dates.
    pub read_at: Option<Timestamp>,
}
