use async_trait::async_trait;

use super::{Trial, TrialFilter, TrialList, TrialsImport, TrialsReport};
use crate::{
    Result,
    account::Actor,
    catalogue::{ConditionId, Progress, Resolved, SitemapEntry},
};

/// Studies of a public register, by the conditions that they are about.
#[async_trait]
pub trait Trials: Send + Sync {
    /// A page of the trials of the condition at an address, behind the one with an id. An old address
    /// leads to where the condition is now.
    async fn trials(
        &self,
        actor: Actor,
        slug: &str,
        filter: TrialFilter,
        after: Option<&str>,
    ) -> Result<Resolved<TrialList>>;

    /// The first of the list of a condition, for its page.
    async fn first_trials(&self, actor: Actor, condition: ConditionId) -> Result<Vec<Trial>>;

    /// Conditions that have trials, `page` by `page` of at most `size`, each with the day on which
    /// something of them last changed.
    async fn sitemap(&self, actor: Actor, page: u64, size: u64) -> Result<Vec<SitemapEntry>>;

    /// Reads studies in: all of them or nothing. What an earlier import had and this one has not
    /// stays: nobody can tell whether it was searched for.
    async fn import(
        &self,
        actor: Actor,
        import: TrialsImport,
        progress: &dyn Progress,
    ) -> Result<TrialsReport>;
}
