//! What may be done: the gate that every reader of participants passes.

use serde::{Deserialize, Serialize};

use super::{Duration, Permission, PermissionAnswer, Permissions, Region, ResearchScope};
use crate::{account::Country, time::CalendarDate};

/// What has to be known of a participant to decide.
#[derive(Clone, Copy, Debug)]
pub struct Participant<'a> {
    /// Last part of `/communities/{slug}` of their condition, where it is one of the catalogue.
    pub condition: Option<&'a str>,
    /// Where they live.
    pub country: Country,
}

/// What a study is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StudyScope {
    /// Conditions, each by the last part of `/communities/{slug}`.
    Conditions(Vec<String>),
    /// Health, and no condition above others.
    Health,
    /// Something else.
    Other,
}

/// What has to be known of a study to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a term of the Data Use Ontology by itself"
)]
pub struct Study {
    /// What it is about.
    pub scope: StudyScope,
    /// Whether somebody earns by it (DUO:0000046 excludes it).
    pub commercial: bool,
    /// Whether an ethics committee has approved it (DUO:0000021 demands it).
    pub ethics_approval: bool,
    /// Where it is done, without gaps: one more country is one more place where data go.
    pub countries: Vec<Country>,
    /// Whether it is about where people's ancestors came from (DUO:0000044 excludes it).
    pub ancestry: bool,
    /// Whether it uses genetic results.
    pub genetics: bool,
}

/// What somebody wants to do with participants' data.
#[derive(Clone, Copy, Debug)]
pub enum Purpose<'a> {
    /// Use them in a study, or count for it.
    Research(&'a Study),
    /// Ask whether the participant would take part in it.
    StudyContact(&'a Study),
    /// Ask for samples for it.
    Samples(&'a Study),
    /// Tell the participant what research has found about them.
    Results,
    /// Tell families with the same condition of each other.
    Matching,
    /// Give them to another registry.
    OtherRegistry,
    /// Give them to a patient organisation of this name.
    Organisation(&'a str),
}

impl Permissions {
    /// Whether a participant's data may serve a purpose, today. What was not answered is a no.
    pub fn allow(
        &self,
        purpose: Purpose<'_>,
        participant: Participant<'_>,
        today: CalendarDate,
    ) -> bool {
        match purpose {
            Purpose::Research(study) => {
                self.research().includes(&study.scope, participant)
                    && self.within_limits(study, participant)
                    && (!study.ancestry || self.says_yes(Permission::Ancestry))
                    && (!study.genetics || self.says_yes(Permission::Genetics))
                    && self.lasts(today)
            }
            Purpose::StudyContact(study) => {
                self.says_yes(Permission::StudyContact) && self.may_be_asked(study, participant)
            }
            Purpose::Samples(study) => {
                self.says_yes(Permission::Samples) && self.may_be_asked(study, participant)
            }
            Purpose::Results => self.says_yes(Permission::Results) && self.is_reached(),
            Purpose::Matching => self.says_yes(Permission::Matching) && self.is_reached(),
            Purpose::OtherRegistry => self.says_yes(Permission::OtherRegistries),
            Purpose::Organisation(name) => self.organisations().iter().any(|known| known == name),
        }
    }

    /// To be asked takes less than to be used: nothing leaves the registry. Who allows no use is asked
    /// about studies of their own condition alone.
    fn may_be_asked(&self, study: &Study, participant: Participant<'_>) -> bool {
        self.is_reached()
            && self
                .research()
                .max(ResearchScope::OwnCondition)
                .includes(&study.scope, participant)
            && self.within_limits(study, participant)
    }

    fn within_limits(&self, study: &Study, participant: Participant<'_>) -> bool {
        (!study.commercial || self.says_yes(Permission::Commercial))
            && (study.ethics_approval || self.says_yes(Permission::WithoutEthicsApproval))
            && self.reaches(&study.countries, participant.country)
    }

    /// A study that says nowhere where it is done may be done anywhere.
    fn reaches(&self, countries: &[Country], home: Country) -> bool {
        let Some(PermissionAnswer::Region(region)) = self.answer(Permission::Region) else {
            return false;
        };
        let within = |country: &Country| *country == home || in_european_economic_area(*country);
        match region {
            Region::Everywhere => true,
            Region::Country => !countries.is_empty() && countries.iter().all(|at| *at == home),
            Region::Europe => !countries.is_empty() && countries.iter().all(within),
        }
    }

    fn lasts(&self, today: CalendarDate) -> bool {
        match self.answer(Permission::Duration) {
            Some(PermissionAnswer::Duration(Duration::NoEnd, _)) => true,
            Some(PermissionAnswer::Duration(duration, since)) => duration
                .years()
                .is_some_and(|years| today < since.years_later(years)),
            _ => false,
        }
    }
}

impl ResearchScope {
    fn includes(self, scope: &StudyScope, participant: Participant<'_>) -> bool {
        match (self, scope) {
            (Self::Any, _) | (Self::Health, StudyScope::Conditions(_) | StudyScope::Health) => true,
            (Self::OwnCondition, StudyScope::Conditions(conditions)) => {
                participant.condition.is_some_and(|own| {
                    !conditions.is_empty() && conditions.iter().all(|condition| condition == own)
                })
            }
            (Self::None, _)
            | (Self::Health, StudyScope::Other)
            | (Self::OwnCondition, StudyScope::Health | StudyScope::Other) => false,
        }
    }
}

/// The European Economic Area and Switzerland, where the General Data Protection Regulation or a law
/// that the European Commission takes for equal holds.
fn in_european_economic_area(country: Country) -> bool {
    const CODES: [&str; 31] = [
        "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI",
        "SK",
    ];
    CODES.contains(&country.code())
}
