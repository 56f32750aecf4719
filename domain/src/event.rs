//! The one log of what happened, which feeds, notifications and the audit trail read.

use serde::{Deserialize, Serialize};

/// What happened. Stored as the text of [`EventKind::as_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A catalogue release was read in.
    CatalogueImported,
    /// Texts from a source were put into empty sections.
    SectionsImported,
    /// A section got a new revision.
    SectionSaved,
}

impl EventKind {
    /// The stable name in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CatalogueImported => "catalogue.imported",
            Self::SectionsImported => "wiki.sections_imported",
            Self::SectionSaved => "wiki.section_saved",
        }
    }
}
