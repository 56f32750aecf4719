//! What a signature is.

use serde::{Deserialize, Serialize};

use super::DocumentFor;
use crate::{Error, Result, registry::screening::ConsentForm, text::check_reason, time::Timestamp};

/// Longest name that somebody signs with, in characters.
pub const NAME_LONGEST: usize = 200;

/// What a signature says (21 CFR 11.50 (a)(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// They agree for themselves.
    OwnConsent,
    /// They agree for a child.
    ParentalPermission,
    /// They agree for whom they represent.
    RepresentativeConsent,
    /// They agree for somebody who has died.
    NextOfKinConsent,
    /// A child agrees besides.
    Assent,
}

impl Meaning {
    /// That of a signature below a document.
    pub fn of(whom: DocumentFor) -> Self {
        match whom {
            DocumentFor::Consent(ConsentForm::Adult | ConsentForm::Carrier) => Self::OwnConsent,
            DocumentFor::Consent(ConsentForm::ParentOrGuardian) => Self::ParentalPermission,
            DocumentFor::Consent(ConsentForm::LegalRepresentative) => Self::RepresentativeConsent,
            DocumentFor::Consent(ConsentForm::NextOfKin) => Self::NextOfKinConsent,
            DocumentFor::Assent(_) => Self::Assent,
        }
    }

    /// What stands beside the name that is typed.
    pub fn words(self) -> &'static str {
        match self {
            Self::OwnConsent => "I have read this, I have understood it, and I agree to take part.",
            Self::ParentalPermission => {
                "I have read this, I have understood it, and I agree that my child takes part."
            }
            Self::RepresentativeConsent => {
                "I have read this, I have understood it, and I agree for the person I represent."
            }
            Self::NextOfKinConsent => {
                "I have read this, I have understood it, and I agree for the person who has died."
            }
            Self::Assent => "I know what this is about, and I want to take part.",
        }
    }
}

/// A signature, as it is stored. Never changed, never deleted before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Below which document.
    pub whom: DocumentFor,
    /// In which version.
    pub version: u32,
    /// In which language.
    pub language: String,
    /// The name that was typed.
    pub name: String,
    /// What it says.
    pub meaning: Meaning,
    /// When.
    pub signed_at: Timestamp,
}

/// The full name of somebody who signs, as it is kept. There are people with one name; what has no letter
/// in any script is none. `field` is the form's.
pub fn check_name(field: &str, typed: &str) -> Result<String> {
    let missing = "Type your full name. It is your signature.";
    let name = check_reason(field, typed, NAME_LONGEST, missing)?;
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(Error::invalid(field, missing))
    }
}
