use serde::{Deserialize, Serialize};

use super::Reference;
use crate::{SafeHtml, time::Day};

/// The eleven sections of a condition page, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// What it is.
    Description,
    /// Thanks and remembrance.
    Acknowledgement,
    /// Other names. Rows of the catalogue.
    Synonyms,
    /// Why it happens.
    Cause,
    /// What a person notices.
    Symptoms,
    /// How it is recognised.
    Diagnosis,
    /// Which tests are made.
    DiagnosticTests,
    /// What can be done.
    Treatment,
    /// What to expect.
    Prognosis,
    /// What helped others. Rows of name and description.
    Tips,
    /// Where it is written. Numbered rows.
    References,
}

impl SectionKind {
    /// All sections in the order of the page.
    pub const ALL: [Self; 11] = [
        Self::Description,
        Self::Acknowledgement,
        Self::Synonyms,
        Self::Cause,
        Self::Symptoms,
        Self::Diagnosis,
        Self::DiagnosticTests,
        Self::Treatment,
        Self::Prognosis,
        Self::Tips,
        Self::References,
    ];

    /// As it stands in addresses, in the database and as the section's `id` on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Acknowledgement => "acknowledgement",
            Self::Synonyms => "synonyms",
            Self::Cause => "cause",
            Self::Symptoms => "symptoms",
            Self::Diagnosis => "diagnosis",
            Self::DiagnosticTests => "diagnostic-tests",
            Self::Treatment => "treatment",
            Self::Prognosis => "prognosis",
            Self::Tips => "tips",
            Self::References => "references",
        }
    }

    /// The reverse of [`SectionKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Description => "Description",
            Self::Acknowledgement => "Acknowledgement",
            Self::Synonyms => "Synonyms",
            Self::Cause => "Cause",
            Self::Symptoms => "Symptoms",
            Self::Diagnosis => "Diagnosis",
            Self::DiagnosticTests => "Diagnostic tests",
            Self::Treatment => "Treatment",
            Self::Prognosis => "Prognosis",
            Self::Tips => "Tips or suggestions",
            Self::References => "References",
        }
    }

    /// Whether the section is a text; the others are rows.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Synonyms | Self::Tips | Self::References)
    }

    /// What an empty section says.
    ///
    /// ```
    /// # use domain::wiki::SectionKind;
    /// assert_eq!(
    ///     SectionKind::Synonyms.placeholder("Multiple Myeloma"),
    ///     "Synonyms for Multiple Myeloma has not been added yet."
    /// );
    /// ```
    pub fn placeholder(self, condition: &str) -> String {
        let title = self.title();
        let preposition = if self == Self::Synonyms { "for" } else { "of" };
        format!("{title} {preposition} {condition} has not been added yet.")
    }
}

/// Where a section's present text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Written for the starter catalogue of the project.
    Starter {
        /// Day of writing.
        date: Day,
    },
    /// Taken from a source as it stood.
    Imported {
        /// Name of the source.
        source: String,
        /// Year of the text.
        year: i32,
        /// The source's own page.
        url: String,
        /// Whether characters may be missing from it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        incomplete: bool,
    },
    /// Written by a person here.
    Person {
        /// Display name, where the person shows it.
        name: Option<String>,
        /// Day of writing.
        date: Day,
    },
}

/// One section with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which one.
    pub kind: SectionKind,
    /// Its text.
    pub html: SafeHtml,
    /// Where the text comes from.
    pub provenance: Provenance,
    /// Number of its revision.
    pub revision: i64,
    /// The last time that an expert read it, or an earlier text of the section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewNote>,
}

/// What a page says about a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewNote {
    /// The reviewer's name, where it is for who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Day of the review.
    pub day: Day,
    /// When the next one is due.
    pub due: Day,
    /// Whether that has passed.
    pub overdue: bool,
    /// What ties the reviewer to products or firms, in their words.
    pub interests: String,
    /// The revision that was read, where the text is newer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<i64>,
}

/// Something that helped somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    /// Names it within its condition.
    pub id: String,
    /// What to do.
    pub name: String,
    /// How and why.
    pub html: SafeHtml,
    /// How many people it has helped.
    #[serde(default)]
    pub helped: u32,
    /// Whether who asks is one of them.
    #[serde(default)]
    pub mine: bool,
}

/// A reference on the page of its condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedReference {
    /// The work.
    #[serde(flatten)]
    pub reference: Reference,
    /// Why it is hidden, where it is: it keeps its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<String>,
    /// Where texts of the page cite it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cited: Vec<Citation>,
}

/// One place that cites a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The section's or the tip's title.
    pub place: String,
    /// `id` of the mark in the text.
    pub anchor: String,
}

/// All that the wiki holds for one condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WikiPage {
    /// The sections that somebody has written, in order. The texts of lists stand below.
    pub sections: Vec<Section>,
    /// Tips in order.
    pub tips: Vec<Tip>,
    /// References in order; the first is number 1.
    pub references: Vec<ListedReference>,
}

impl WikiPage {
    /// The text of a section, if it has one.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// Whether a person has written any of it; imported texts alone do not count.
    pub fn has_human_content(&self) -> bool {
        !self.tips.is_empty()
            || self
                .sections
                .iter()
                .filter(|section| section.kind.is_text())
                .any(|section| !matches!(section.provenance, Provenance::Imported { .. }))
    }
}

/// A text for one section, in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionDraft {
    /// Which section.
    pub kind: SectionKind,
    /// CommonMark, with `[@key]` for references.
    pub markdown: String,
}

/// Everything the wiki can hold for a condition, to be put where nothing is yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WikiDraft {
    /// Texts.
    pub sections: Vec<SectionDraft>,
    /// Tips: name and Markdown description.
    pub tips: Vec<(String, String)>,
    /// References.
    pub references: Vec<Reference>,
}
