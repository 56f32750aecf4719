use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    catalogue::{Code, Synonym},
    text::{self, fold, is_invisible, printable},
};

use super::{Reference, SectionKind};

/// Most characters of a name, a title and the like.
pub const NAME_LONGEST: usize = 200;
/// Longest description of a tip, in bytes.
pub const TIP_LONGEST: usize = 10_000;

/// One entry of a section that is a list.
///
/// An entry that has been in a list stays in it for good; it can be hidden, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Names it within its list for ever.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub item: Item,
    /// Why it is hidden, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<String>,
}

/// What can stand in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Item {
    /// Another name of the condition.
    Name(Synonym),
    /// A code of the condition in another system.
    Code(Code),
    /// Something that helped somebody.
    Tip {
        /// What to do.
        name: String,
        /// How and why, in Markdown.
        markdown: String,
    },
    /// Where something is written.
    Reference(Reference),
}

impl Item {
    /// The section in which it stands.
    pub fn section(&self) -> SectionKind {
        match self {
            Self::Name(_) | Self::Code(_) => SectionKind::Synonyms,
            Self::Tip { .. } => SectionKind::Tips,
            Self::Reference(_) => SectionKind::References,
        }
    }

    /// What it is called.
    pub fn title(&self) -> String {
        match self {
            Self::Name(name) => name.name.clone(),
            Self::Code(code) => code.to_string(),
            Self::Tip { name, .. } => name.clone(),
            Self::Reference(reference) => reference.title.clone(),
        }
    }

    /// Equal for two items that say the same thing, so that a list has it once.
    pub fn key(&self) -> String {
        match self {
            Self::Name(name) => fold(&name.name),
            Self::Code(code) => code.to_string(),
            Self::Tip { name, .. } => fold(name),
            Self::Reference(reference) => reference.key.clone(),
        }
    }

    /// The item as it is kept, or what is wrong with it. Fields are `name`, `description`, `title`,
    /// `source`, `year` and `key`.
    pub fn check(self) -> Result<Self> {
        Ok(match self {
            Self::Name(name) => Self::Name(Synonym {
                name: one_line("name", &name.name, "Write the name.")?,
                ..name
            }),
            code @ Self::Code(_) => code,
            Self::Tip { name, markdown } => {
                let name = one_line("name", &name, "Give the tip a name: what to do.")?;
                let markdown = printable(&markdown).trim().to_owned();
                if markdown.is_empty() {
                    return Err(Error::invalid("description", "Say how and why it helps."));
                }
                if markdown.len() > TIP_LONGEST {
                    return Err(Error::invalid(
                        "description",
                        "The description is longer than 10,000 bytes. Please shorten it.",
                    ));
                }
                Self::Tip { name, markdown }
            }
            Self::Reference(reference) => Self::Reference(check_reference(reference)?),
        })
    }
}

fn check_reference(mut reference: Reference) -> Result<Reference> {
    reference.title = one_line("title", &reference.title, "Write the title of the work.")?;
    if let Some(source) = reference
        .source
        .take()
        .filter(|text| !text.trim().is_empty())
    {
        reference.source = Some(one_line("source", &source, "Write the source.")?);
    }
    if reference
        .year
        .is_some_and(|year| !(1_500..=2_100).contains(&year))
    {
        return Err(Error::invalid(
            "year",
            "Write the year with four digits, for example 2021.",
        ));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    reference.key = reference.key.trim().to_owned();
    if reference.key.len() > 60 || !reference.key.chars().all(plain) {
        return Err(Error::invalid(
            "key",
            "Use at most 60 letters from a to z, digits and hyphens, for example rajkumar-2020.",
        ));
    }
    Ok(reference)
}

fn one_line(field: &str, typed: &str, ask: &str) -> Result<String> {
    let line = text::one_line(typed);
    if line.is_empty() {
        return Err(Error::invalid(field, ask));
    }
    if line.chars().count() > NAME_LONGEST || line.chars().any(is_invisible) {
        return Err(Error::invalid(
            field,
            format!("Use one line of at most {NAME_LONGEST} characters that can be seen."),
        ));
    }
    Ok(line)
}
