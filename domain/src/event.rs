//! The one log of what happened, which feeds, notifications and the audit trail read.

use serde::{Deserialize, Serialize};

/// What happened. Stored as the text of [`EventKind::as_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A catalogue release was read in.
    CatalogueImported,
    /// Texts from a source were put into empty sections.
    SectionsImported,
    /// Starter texts were put where a condition had none.
    StarterFilled,
    /// A section got a new revision. The subject is the section.
    SectionSaved,
    /// A tip was added. The subject is the tip.
    TipAdded,
}

impl EventKind {
    /// The stable name in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CatalogueImported => "catalogue.imported",
            Self::SectionsImported => "wiki.sections_imported",
            Self::StarterFilled => "wiki.starter_filled",
            Self::TipAdded => "wiki.tip_added",
            Self::SectionSaved => "wiki.section_saved",
        }
    }
}
