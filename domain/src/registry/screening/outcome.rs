//! Who can take part, and which consent is asked for.

use serde::{Deserialize, Serialize};

use super::{ForWhom, Screening, Status};
use crate::time::CalendarDate;

/// The consent form that is for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentForm {
    /// For adults who enrol themselves.
    Adult,
    /// For adults who carry a changed gene and are well.
    Carrier,
    /// For a parent or guardian of a child.
    ParentOrGuardian,
    /// For who represents an adult by law.
    LegalRepresentative,
    /// For the next of kin of somebody who has died.
    NextOfKin,
}

/// In which words a child is asked besides (45 CFR 46.408).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assent {
    /// From seven to twelve years.
    Child,
    /// From thirteen years to majority.
    Adolescent,
}

impl Assent {
    /// The one for an age in years, of somebody who is no adult; none for who is too young.
    pub fn of_age(age: u16) -> Option<Self> {
        match age {
            0..=6 => None,
            7..=12 => Some(Self::Child),
            _ => Some(Self::Adolescent),
        }
    }
}

/// What has to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    /// By whoever enrols.
    pub consent: ConsentForm,
    /// By the child, besides.
    pub assent: Option<Assent>,
    /// When the child is an adult, and decides anew.
    pub majority: Option<CalendarDate>,
}

/// Why somebody cannot take part in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// They enrol themselves and are no adult yet.
    OwnMinor,
    /// The child is an adult.
    ChildIsAdult,
    /// The adult is no adult yet.
    AdultIsMinor,
}

impl Obstacle {
    /// What it is, in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::OwnMinor => {
                "You are not an adult yet where you live, so you cannot enrol by yourself."
            }
            Self::ChildIsAdult => {
                "They are an adult where they live, so a parent or guardian cannot enrol them."
            }
            Self::AdultIsMinor => "They are not an adult yet where they live.",
        }
    }

    /// Where to turn.
    pub fn way_on(self) -> &'static str {
        match self {
            Self::OwnMinor => "Ask a parent or guardian to enrol you. We will ask you as well.",
            Self::ChildIsAdult => {
                "They can join RareShare and enrol themselves. If they cannot decide about this, their legal representative can enrol them."
            }
            Self::AdultIsMinor => "Go back and choose “A child I am the parent or guardian of”.",
        }
    }
}

/// What the answers come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// They can take part.
    Eligible(Needed),
    /// They cannot, in this way.
    NotEligible(Obstacle),
}

impl Screening {
    /// What the answers come to; `None` while it depends on one that is missing. Somebody who cannot take
    /// part is told as soon as that is certain, and asked nothing more.
    pub fn outcome(&self, today: CalendarDate) -> Option<Outcome> {
        self.outcome_for(today, false)
    }

    /// The same where an adult may have been an adult before, and stays one, whatever the country is now.
    pub(in crate::registry) fn outcome_for(
        &self,
        today: CalendarDate,
        was_adult: bool,
    ) -> Option<Outcome> {
        let for_whom = self.for_whom()?;
        let adulthood = self.adulthood();
        let is_adult = adulthood.map(|adulthood| adulthood <= today);
        let obstacle = match (for_whom, is_adult) {
            (ForWhom::Myself, Some(false)) if !was_adult => Some(Obstacle::OwnMinor),
            (ForWhom::Child, Some(true)) => Some(Obstacle::ChildIsAdult),
            (ForWhom::Adult, Some(false)) if !was_adult => Some(Obstacle::AdultIsMinor),
            _ => None,
        };
        if let Some(obstacle) = obstacle {
            return Some(Outcome::NotEligible(obstacle));
        }
        if self.next().is_some() {
            return None;
        }
        let consent = match (for_whom, self.status()) {
            (ForWhom::Myself, Some(Status::Carrier)) => ConsentForm::Carrier,
            (ForWhom::Myself, _) => ConsentForm::Adult,
            (ForWhom::Child, _) => ConsentForm::ParentOrGuardian,
            (ForWhom::Adult, _) => ConsentForm::LegalRepresentative,
            (ForWhom::Deceased, _) => ConsentForm::NextOfKin,
        };
        let child = for_whom == ForWhom::Child;
        let age = self.birth_date().and_then(|born| born.age_on(today));
        Some(Outcome::Eligible(Needed {
            consent,
            assent: age.filter(|_| child).and_then(Assent::of_age),
            majority: self.majority(),
        }))
    }
}
