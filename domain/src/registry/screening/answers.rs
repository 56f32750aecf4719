//! What can be answered.

use serde::{Deserialize, Serialize};

use crate::{
    Result,
    catalogue::ConditionLink,
    text::{check_one_line, check_reason},
};

/// Longest name of a condition in a person's own words, in characters.
pub const WORDS_LONGEST: usize = 200;
/// Longest telephone number as it is typed, in characters.
pub const PHONE_LONGEST: usize = 40;
/// Longest name of another registry, in characters.
pub const OTHER_REGISTRY_LONGEST: usize = 200;

/// For whom somebody enrols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForWhom {
    /// For themselves.
    Myself,
    /// For a child of theirs, or one whose guardian they are.
    Child,
    /// For an adult who cannot decide about this.
    Adult,
    /// For somebody who has died.
    Deceased,
}

impl ForWhom {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Myself, Self::Child, Self::Adult, Self::Deceased];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Myself => "Myself",
            Self::Child => "A child I am the parent or guardian of",
            Self::Adult => "An adult I legally represent",
            Self::Deceased => "Someone who has died",
        }
    }
}

/// By what right somebody acts for a participant (FHIR `RelatedPerson.relationship`, codes of HL7 v3
/// `RoleCode` where it has one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relationship {
    /// Mother or father, also by adoption.
    Parent,
    /// Appointed by law or by a court.
    Guardian,
    /// By a power of attorney for health.
    PowerOfAttorney,
    /// Husband, wife or partner.
    Partner,
    /// Daughter or son.
    Child,
    /// Sister or brother.
    Sibling,
    /// Carries out the will.
    Executor,
}

impl Relationship {
    /// Those that somebody can have to whom they enrol; none for themselves.
    pub fn of(for_whom: ForWhom) -> &'static [Self] {
        match for_whom {
            ForWhom::Myself => &[],
            ForWhom::Child => &[Self::Parent, Self::Guardian],
            ForWhom::Adult => &[Self::Guardian, Self::PowerOfAttorney],
            ForWhom::Deceased => &[
                Self::Partner,
                Self::Parent,
                Self::Child,
                Self::Sibling,
                Self::Executor,
            ],
        }
    }

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Parent => "I am a parent",
            Self::Guardian => "I am the legal guardian",
            Self::PowerOfAttorney => "I have a power of attorney for health",
            Self::Partner => "I was the husband, wife or partner",
            Self::Child => "I am a daughter or son",
            Self::Sibling => "I am a sister or brother",
            Self::Executor => "I am the executor of the will",
        }
    }

    /// The code of HL7 v3 `RoleCode`.
    pub fn role_code(self) -> Option<&'static str> {
        match self {
            Self::Parent => Some("PRN"),
            Self::Guardian => Some("GUARD"),
            Self::PowerOfAttorney => Some("HPOWATT"),
            Self::Partner => Some("SIGOTHR"),
            Self::Child => Some("CHILD"),
            Self::Sibling => Some("SIB"),
            Self::Executor => None,
        }
    }
}

/// How a condition is the participant's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// They have it, and a doctor has said so.
    Affected,
    /// A doctor thinks that they have it.
    Suspected,
    /// They are ill, and nobody knows of what.
    Undiagnosed,
    /// They carry a changed gene and are well.
    Carrier,
}

impl Status {
    /// Those that there are, by whom it is about.
    pub fn of(for_whom: ForWhom) -> &'static [Self] {
        match for_whom {
            ForWhom::Deceased => &[Self::Affected, Self::Suspected, Self::Undiagnosed],
            ForWhom::Myself | ForWhom::Child | ForWhom::Adult => &[
                Self::Affected,
                Self::Suspected,
                Self::Undiagnosed,
                Self::Carrier,
            ],
        }
    }

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Affected => "Diagnosed with a rare condition",
            Self::Suspected => "A doctor suspects a rare condition",
            Self::Undiagnosed => "No diagnosis yet",
            Self::Carrier => "A carrier, without being ill",
        }
    }

    /// Whether there may be no condition to name.
    pub fn allows_none(self) -> bool {
        matches!(self, Self::Suspected | Self::Undiagnosed)
    }
}

/// Which condition it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionAnswer {
    /// One of the catalogue.
    Listed(ConditionLink),
    /// As the person calls it.
    Described(String),
    /// None has been named yet.
    None,
}

impl ConditionAnswer {
    pub(super) fn check(self, field: &str) -> Result<Self> {
        match self {
            Self::Described(words) => {
                let missing = "Enter the name of the condition, as you know it.";
                check_reason(field, &words, WORDS_LONGEST, missing).map(Self::Described)
            }
            other => Ok(other),
        }
    }
}

/// How the registry's staff can reach whoever enrols.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contact {
    /// At the email address of their account.
    Email,
    /// By telephone, at this number.
    Phone(String),
}

impl Contact {
    pub(super) fn check(self) -> Result<Self> {
        let Self::Phone(typed) = self else {
            return Ok(self);
        };
        let number = check_one_line("phone", &typed, PHONE_LONGEST)?;
        let digits = number.chars().filter(|sign| sign.is_numeric()).count();
        // Seven to fifteen digits (ITU-T E.164), however they are grouped.
        let is_number = (7..=15).contains(&digits)
            && number.chars().all(|sign| {
                sign.is_numeric() || matches!(sign, '+' | '(' | ')' | '/' | '-' | '.' | ' ')
            });
        if is_number {
            Ok(Self::Phone(number))
        } else {
            Err(crate::Error::invalid(
                "phone",
                "Enter a phone number with its country code, for example +44 20 7946 0018.",
            ))
        }
    }
}

/// Whether somebody takes part in another registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherRegistry {
    /// In none.
    No,
    /// In this one.
    Yes(String),
    /// They do not know.
    Unsure,
}

impl OtherRegistry {
    pub(super) fn check(self) -> Result<Self> {
        match self {
            Self::Yes(name) => {
                let missing = "Enter the name of the registry, or choose “I am not sure”.";
                check_reason("registry", &name, OTHER_REGISTRY_LONGEST, missing).map(Self::Yes)
            }
            other => Ok(other),
        }
    }
}

/// How somebody heard of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeardFrom {
    /// From a doctor or nurse.
    Clinician,
    /// From a patient organisation.
    PatientOrganisation,
    /// From family or friends.
    People,
    /// On this site.
    Site,
    /// By a search engine.
    Search,
    /// On social media.
    SocialMedia,
    /// In another way.
    Other,
}

impl HeardFrom {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Clinician,
        Self::PatientOrganisation,
        Self::People,
        Self::Site,
        Self::Search,
        Self::SocialMedia,
        Self::Other,
    ];

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Clinician => "From a doctor or nurse",
            Self::PatientOrganisation => "From a patient organisation",
            Self::People => "From family or friends",
            Self::Site => "From a page on this site",
            Self::Search => "I found it with a search engine",
            Self::SocialMedia => "On social media",
            Self::Other => "In another way",
        }
    }
}
