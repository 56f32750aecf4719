//! The fields of the forms with which lists are changed, and what is wrong with them.

use domain::{
    Error, FieldError, Result,
    catalogue::{Scope, Synonym},
    wiki::{Item, Reference, SectionKind, check_reason},
};
use serde::Deserialize;

use super::api::writing::entries;
use crate::ui::form::{PageForm, wrong};

/// Adds a name
#[derive(Clone, Debug, Deserialize)]
pub struct AddNameFields {
    /// The condition's address.
    pub slug: String,
    /// The name.
    pub name: String,
    /// What it means.
    pub scope: Scope,
}

impl AddNameFields {
    /// The entry.
    pub fn item(&self) -> Item {
        Item::Name(Synonym {
            name: self.name.clone(),
            scope: self.scope,
        })
    }
}

impl PageForm for AddNameFields {
    type Call = entries::AddName;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().check())
    }
}

/// Adds a code
#[derive(Clone, Debug, Deserialize)]
pub struct AddCodeFields {
    /// The condition's address.
    pub slug: String,
    /// The code with its system.
    pub code: String,
}

impl AddCodeFields {
    /// The entry.
    pub fn item(&self) -> Result<Item> {
        let typed = self.code.trim();
        let typed = if typed.contains(':') {
            typed.replace(' ', "")
        } else {
            typed.replacen(' ', ":", 1)
        };
        let code = typed.parse().map_err(|()| {
            Error::invalid(
                "code",
                "Write the code with its system, for example ORPHA:29073.",
            )
        })?;
        Ok(Item::Code(code))
    }
}

impl PageForm for AddCodeFields {
    type Call = entries::AddCode;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item())
    }
}

/// Adds a tip
#[derive(Clone, Debug, Deserialize)]
pub struct AddTipFields {
    /// The condition's address.
    pub slug: String,
    /// What to do.
    pub name: String,
    /// How and why.
    pub description: String,
}

impl AddTipFields {
    /// The entry.
    pub fn item(&self) -> Item {
        tip(&self.name, &self.description)
    }
}

impl PageForm for AddTipFields {
    type Call = entries::AddTip;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().check())
    }
}

/// Adds a reference
#[derive(Clone, Debug, Deserialize)]
pub struct AddReferenceFields {
    /// The condition's address.
    pub slug: String,
    /// Title of the work.
    pub title: String,
    /// Where it was published.
    pub source: Option<String>,
    /// When.
    pub year: Option<String>,
    /// DOI and others.
    pub identifiers: Option<String>,
}

impl AddReferenceFields {
    /// The entry.
    pub fn item(&self) -> Result<Item> {
        reference(
            &self.title,
            self.source.as_deref(),
            self.year.as_deref(),
            self.identifiers.as_deref(),
        )
    }
}

impl PageForm for AddReferenceFields {
    type Call = entries::AddReference;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().and_then(Item::check))
    }
}

/// Changes what a tip says
#[derive(Clone, Debug, Deserialize)]
pub struct AmendTipFields {
    /// The condition's address.
    pub slug: String,
    /// Which tip.
    pub id: String,
    /// The revision that its author had before them.
    pub base: Option<i64>,
    /// What to do.
    pub name: String,
    /// How and why.
    pub description: String,
}

impl AmendTipFields {
    /// What it becomes.
    pub fn item(&self) -> Item {
        tip(&self.name, &self.description)
    }
}

impl PageForm for AmendTipFields {
    type Call = entries::AmendTip;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().check())
    }
}

/// Changes what a reference says
#[derive(Clone, Debug, Deserialize)]
pub struct AmendReferenceFields {
    /// The condition's address.
    pub slug: String,
    /// Which reference.
    pub id: String,
    /// The revision that its author had before them.
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

impl AmendReferenceFields {
    /// What it becomes.
    pub fn item(&self) -> Result<Item> {
        reference(
            &self.title,
            self.source.as_deref(),
            self.year.as_deref(),
            self.identifiers.as_deref(),
        )
    }
}

impl PageForm for AmendReferenceFields {
    type Call = entries::AmendReference;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.item().and_then(Item::check))
    }
}

/// Takes an entry off the page
#[derive(Clone, Debug, Deserialize)]
pub struct HideEntryFields {
    /// The condition's address.
    pub slug: String,
    /// The section.
    pub kind: SectionKind,
    /// Which entry.
    pub id: String,
    /// The revision that its author had before them.
    pub base: Option<i64>,
    /// Why.
    pub reason: String,
}

impl PageForm for HideEntryFields {
    type Call = entries::HideEntry;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let words = "Say why. Everyone can see this.";
        wrong(check_reason("reason", &self.reason, words))
    }
}

/// Puts a hidden entry back on the page
#[derive(Clone, Debug, Deserialize)]
pub struct ShowEntryFields {
    /// The condition's address.
    pub slug: String,
    /// The section.
    pub kind: SectionKind,
    /// Which entry.
    pub id: String,
    /// The revision that its author had before them.
    pub base: Option<i64>,
}

impl PageForm for ShowEntryFields {
    type Call = entries::ShowEntry;
    const KEYED: bool = true;
}

/// Whether a tip helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Helped {
    /// It did.
    Yes,
    /// Not, or it was said by mistake.
    No,
}

/// Says that a tip helped, or takes that back
#[derive(Clone, Debug, Deserialize)]
pub struct HelpedFields {
    /// The condition's address.
    pub slug: String,
    /// Which tip.
    pub id: String,
    /// What is said.
    pub helped: Helped,
}

impl PageForm for HelpedFields {
    type Call = entries::SayHelped;
}

/// A tip as it was filled in.
pub(super) fn tip(name: &str, description: &str) -> Item {
    Item::Tip {
        name: name.to_owned(),
        markdown: description.to_owned(),
    }
}

/// A reference as it was filled in.
pub(super) fn reference(
    title: &str,
    source: Option<&str>,
    year: Option<&str>,
    identifiers: Option<&str>,
) -> Result<Item> {
    let year = match year.map(str::trim) {
        None | Some("") => None,
        Some(year) => Some(year.parse().map_err(|_| {
            Error::invalid("year", "Write the year with four digits, for example 2021.")
        })?),
    };
    let mut work = Reference {
        title: title.to_owned(),
        source: source.map(str::trim).map(str::to_owned),
        year,
        ..Reference::default()
    };
    work.identify(identifiers.unwrap_or_default())
        .map_err(|piece| {
            Error::invalid(
                "identifiers",
                format!("“{piece}” is no DOI, PMID, ISBN or web address. Check it for typing errors, and leave out anything else."),
            )
        })?;
    Ok(Item::Reference(work))
}
