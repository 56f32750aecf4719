use async_trait::async_trait;

use super::{Entry, EntryChange, Protected, Saved, SectionKind};
use crate::{
    Result, SafeHtml,
    account::{Actor, Submission},
    catalogue::ConditionLink,
};

/// A section that is a list, for somebody who wants to change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryList {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// Number of the present revision.
    pub head: Option<i64>,
    /// All entries in order, hidden ones included.
    pub entries: Vec<ListedEntry>,
    /// Who may change it, where not everybody may.
    pub protection: Option<Protected>,
    /// Whether what they do is shown at once, or waits until somebody has looked at it.
    pub publishes: bool,
    /// Whether a proposal of theirs for this list waits.
    pub waiting: bool,
}

/// An entry, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    /// The entry.
    pub entry: Entry,
    /// The source that gave it, where it is no member's.
    pub source: Option<String>,
    /// The description of a tip as it is shown; else empty.
    pub html: SafeHtml,
    /// Whether who asks has said that it helped.
    pub mine: bool,
}

/// Sections that are lists: names and codes, tips, references.
///
/// Every change is a revision of its section, so that history, comparison, restoring, proposals,
/// protection and review are those of [`Revisions`](super::Revisions).
#[async_trait]
pub trait Entries: Send + Sync {
    /// A list with all its entries. [`Error::NotFound`](crate::Error::NotFound) for a section that
    /// is a text.
    async fn list(&self, actor: Actor, slug: &str, kind: SectionKind) -> Result<EntryList>;

    /// Changes a list. `base` is the revision that the author had before them; where the entry has
    /// been changed since, nothing is saved and [`Saved::Collided`] holds what it says now.
    /// Errors are those of [`EntryChange::apply`].
    async fn change(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        base: Option<i64>,
        change: EntryChange,
        submission: &Submission,
    ) -> Result<Saved>;

    /// Says that a tip has helped the person, or takes that back. Nobody can see whom it has helped.
    async fn say_helped(&self, actor: Actor, slug: &str, tip: &str, helped: bool) -> Result<()>;
}
