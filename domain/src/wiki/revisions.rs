use async_trait::async_trait;

use super::{
    Comparison, Decision, DraftLink, DueReviewList, Edit, Editing, History, Preview, ProposalList,
    ProposalText, RevisionText, Saved, SectionKind,
};
use crate::{
    Result,
    account::{Actor, Submission},
    catalogue::Resolved,
    policy::Protection,
};

/// Writing sections, and everything that was written.
///
/// A condition is named by its slug, a revision by its number, a proposal by its id;
/// [`Error::NotFound`](crate::Error::NotFound) where there is none, or none of this condition.
#[async_trait]
pub trait Revisions: Send + Sync {
    /// What somebody needs to write a section, with one of their drafts, or else the last.
    async fn editing(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        draft: Option<&str>,
    ) -> Result<Editing>;

    /// How a text would look and read. Keeps nothing.
    async fn preview(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        markdown: &str,
    ) -> Result<Preview>;

    /// Keeps a text that is not finished, in place of what was kept as the same draft, and of the
    /// draft that it grew from. Others of the same person stay.
    async fn keep_draft(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        edit: &Edit,
    ) -> Result<()>;

    /// Throws a draft away, and the one that it grew from. Where there is none that is no error.
    async fn drop_draft(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        draft: &DraftLink,
    ) -> Result<()>;

    /// Saves a text, and ends the draft that it was. What was saved meanwhile is merged in where it
    /// touches other sentences or words; else nothing is saved and both texts come back, see
    /// [`Saved::Collided`].
    /// [`Error::Invalid`](crate::Error::Invalid) about `text` or `summary`.
    async fn save(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        edit: Edit,
        submission: &Submission,
    ) -> Result<Saved>;

    /// Saves the text of an earlier revision anew. In a list, entries that were added since stay.
    /// `agreed` as in [`Edit`].
    async fn restore(
        &self,
        actor: Actor,
        slug: &str,
        number: i64,
        (summary, agreed): (&str, bool),
        submission: &Submission,
    ) -> Result<Saved>;

    /// The revisions of a section, or of all, before one.
    async fn history(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<SectionKind>,
        before: Option<i64>,
    ) -> Result<Resolved<History>>;

    /// One revision with its text.
    async fn revision(&self, actor: Actor, slug: &str, number: i64) -> Result<RevisionText>;

    /// Two revisions of this section beside each other; those of another section are not found.
    async fn compare(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        numbers: (i64, i64),
    ) -> Result<Comparison>;

    /// Proposals that wait, the oldest first, after one. Who may not decide sees their own.
    async fn proposals(&self, actor: Actor, after: Option<&str>) -> Result<ProposalList>;

    /// A proposal with its text, for its author and for who may decide.
    async fn proposal(&self, actor: Actor, id: &str) -> Result<ProposalText>;

    /// Decides about a proposal that waits. Nobody decides about their own.
    /// [`Error::Conflict`](crate::Error::Conflict) where somebody else has decided, or has saved
    /// another text meanwhile.
    async fn decide(&self, actor: Actor, id: &str, decision: Decision) -> Result<()>;

    /// Protects a section for some days, or ends its protection.
    /// [`Error::Invalid`](crate::Error::Invalid) about `reason` or `days` (1 to 366).
    async fn protect(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        protection: Option<(Protection, u16)>,
        reason: &str,
    ) -> Result<()>;

    /// Marks a revision as read by an expert, who says what ties them to products or firms.
    /// [`Error::Invalid`](crate::Error::Invalid) about `interests`.
    async fn review(&self, actor: Actor, slug: &str, number: i64, interests: &str) -> Result<()>;

    /// Sections whose review is overdue, the longest first, after the review with an id.
    async fn due_reviews(&self, actor: Actor, after: Option<&str>) -> Result<DueReviewList>;
}
