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
    /// Somebody confirmed their address. The subject of this and of the following is the account.
    AccountBegun,
    /// Name or relation changed.
    AccountRenamed,
    /// A password was changed or chosen anew.
    PasswordChanged,
    /// Mail goes to another address.
    EmailChanged,
    /// Somebody signed out in other browsers.
    SessionsEnded,
    /// The account is gone.
    AccountDeleted,
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
            Self::AccountBegun => "account.begun",
            Self::AccountRenamed => "account.renamed",
            Self::PasswordChanged => "account.password_changed",
            Self::EmailChanged => "account.email_changed",
            Self::SessionsEnded => "account.sessions_ended",
            Self::AccountDeleted => "account.deleted",
        }
    }
}
