//! The fields of the forms with which changes, protection and reviews are decided, and what is wrong
//! with them.

use domain::{
    Error, FieldError, Result,
    policy::Protection,
    wiki::{Item, SectionKind, check_reason},
};
use serde::Deserialize;

use super::{
    api::writing::decisions,
    entry_forms::{reference, tip},
};
use crate::ui::form::{PageForm, wrong};

/// Accepts a text
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptFields {
    /// Which proposal.
    pub id: String,
    /// The revision that it would replace.
    pub base: Option<i64>,
    /// The text, as proposed or changed.
    pub text: String,
}

impl PageForm for AcceptFields {
    type Call = decisions::Accept;
}

/// Accepts a tip
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptTipFields {
    /// Which proposal.
    pub id: String,
    /// The revision that was current when it was decided.
    pub base: Option<i64>,
    /// What to do.
    pub name: String,
    /// How and why.
    pub description: String,
}

impl AcceptTipFields {
    /// The entry, as proposed or changed.
    pub fn item(&self) -> Item {
        tip(&self.name, &self.description)
    }
}

impl PageForm for AcceptTipFields {
    type Call = decisions::AcceptTip;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().check())
    }
}

/// Accepts a reference
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptReferenceFields {
    /// Which proposal.
    pub id: String,
    /// The revision that was current when it was decided.
    pub base: Option<i64>,
    /// Title of the work.
    pub title: String,
    /// Where it was published.
    pub source: Option<String>,
    /// When.
    pub year: Option<String>,
    /// DOI and others.
    pub identifiers: Option<String>,
}

impl AcceptReferenceFields {
    /// The entry, as proposed or changed.
    pub fn item(&self) -> Result<Item> {
        reference(
            &self.title,
            self.source.as_deref(),
            self.year.as_deref(),
            self.identifiers.as_deref(),
        )
    }
}

impl PageForm for AcceptReferenceFields {
    type Call = decisions::AcceptReference;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().and_then(Item::check))
    }
}

/// Accepts a change of a list as it is
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptEntryFields {
    /// Which proposal.
    pub id: String,
    /// The revision that was current when it was decided.
    pub base: Option<i64>,
}

impl PageForm for AcceptEntryFields {
    type Call = decisions::AcceptEntry;
}

/// Declines a change
#[derive(Clone, Debug, Deserialize)]
pub struct DeclineFields {
    /// Which proposal.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl PageForm for DeclineFields {
    type Call = decisions::Decline;

    fn check(&self) -> Vec<FieldError> {
        let words = "Say why. The author will see this.";
        wrong(check_reason("reason", &self.reason, words))
    }
}

const NO_REASON: &str = "Say why, in one line. Everyone can see this.";

/// Protects a section
#[derive(Clone, Debug, Deserialize)]
pub struct ProtectFields {
    /// The condition's address.
    pub slug: String,
    /// The section.
    pub kind: SectionKind,
    /// Who can still publish changes directly.
    pub protection: String,
    /// For how many days.
    pub days: String,
    /// Why.
    pub reason: String,
}

impl ProtectFields {
    /// How it is to be protected, and for how many days.
    pub fn protection(&self) -> Result<(Protection, u16)> {
        let protection = Protection::from_name(&self.protection).ok_or_else(|| {
            Error::invalid("protection", "Choose who can publish changes directly.")
        })?;
        let days = self.days.trim().parse().ok();
        let days = days
            .filter(|days| (1..=366).contains(days))
            .ok_or_else(|| Error::invalid("days", "Choose from 1 to 366 days."))?;
        Ok((protection, days))
    }
}

impl PageForm for ProtectFields {
    type Call = decisions::Protect;

    fn check(&self) -> Vec<FieldError> {
        let mut found = wrong(self.protection());
        found.extend(wrong(check_reason("reason", &self.reason, NO_REASON)));
        found
    }
}

/// Ends the protection of a section
#[derive(Clone, Debug, Deserialize)]
pub struct EndProtectionFields {
    /// The condition's address.
    pub slug: String,
    /// The section.
    pub kind: SectionKind,
    /// Why.
    pub reason: String,
}

impl PageForm for EndProtectionFields {
    type Call = decisions::EndProtection;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_reason("reason", &self.reason, NO_REASON))
    }
}

/// Reviews a text
#[derive(Clone, Debug, Deserialize)]
pub struct ReviewFields {
    /// The condition's address.
    pub slug: String,
    /// The revision.
    pub number: i64,
    /// What connects the reviewer with products or companies.
    pub interests: String,
}

impl PageForm for ReviewFields {
    type Call = decisions::Review;

    fn check(&self) -> Vec<FieldError> {
        let words = "Write what your conflicts of interest are, or “None”.";
        wrong(check_reason("interests", &self.interests, words))
    }
}
