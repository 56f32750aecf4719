use async_trait::async_trait;

use super::{
    GatheredResources, Resource, ResourceDecision, ResourceDraft, ResourceKind, ResourceLine,
    ResourceList,
};
use crate::{
    Result,
    account::{Actor, Submission},
    catalogue::{ConditionId, Resolved},
    community::Starting,
};

/// What members of a community recommend, once it is approved.
///
/// A condition is named by its slug, a resource by its id. What waits is seen by its author and by
/// whoever decides; to others it is as if it were not there:
/// [`Error::NotFound`](crate::Error::NotFound).
#[async_trait]
pub trait Resources: Send + Sync {
    /// Resources of a community, of one kind or of all, the one that was approved last first, after
    /// the one with an id.
    async fn resources(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<ResourceKind>,
        after: Option<&str>,
    ) -> Result<Resolved<ResourceList>>;

    /// The three resources of a community that were approved last.
    async fn latest(&self, actor: Actor, condition: ConditionId) -> Result<Vec<ResourceLine>>;

    /// E-books and podcasts of all communities, or one of the two, the one that was approved last
    /// first, after the one with an id. Of other kinds nothing is found.
    async fn gathered(
        &self,
        actor: Actor,
        kind: Option<ResourceKind>,
        after: Option<&str>,
    ) -> Result<GatheredResources>;

    /// What somebody has to know who wants to suggest a resource.
    async fn suggesting(&self, actor: Actor, slug: &str) -> Result<Resolved<Starting>>;

    /// Suggests a resource, and returns its id. [`Error::Invalid`](crate::Error::Invalid) about the
    /// draft, and about `link` where that is in the list or waits. Needs membership of the community,
    /// else [`Error::Forbidden`](crate::Error::Forbidden).
    async fn suggest(
        &self,
        actor: Actor,
        slug: &str,
        draft: ResourceDraft,
        submission: &Submission,
    ) -> Result<String>;

    /// A resource, for whoever has suggested it or decides about it.
    async fn resource(&self, actor: Actor, id: &str) -> Result<Resource>;

    /// Approves or declines a suggestion. One's own is [`Error::Forbidden`](crate::Error::Forbidden)
    /// but for administrators. [`Error::Conflict`](crate::Error::Conflict) where it was decided
    /// otherwise before; the same again is no error.
    async fn decide(&self, actor: Actor, id: &str, decision: ResourceDecision) -> Result<()>;

    /// Takes one's own suggestion back: it is erased. [`Error::Conflict`](crate::Error::Conflict)
    /// where somebody has decided about it. Where there is none that is no error.
    async fn withdraw(&self, actor: Actor, id: &str) -> Result<()>;

    /// Takes a resource off the list. [`Error::Invalid`](crate::Error::Invalid) about `reason`,
    /// [`Error::Conflict`](crate::Error::Conflict) for what is not in the list; once more is no error.
    async fn remove(&self, actor: Actor, id: &str, reason: &str) -> Result<()>;
}
