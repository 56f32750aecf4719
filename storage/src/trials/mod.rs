//! Clinical trials on SeaORM: reading them in ([`import`]), finding their conditions ([`matching`]),
//! and lists of them ([`reading`]).

pub mod entity;
mod import;
mod matching;
mod reading;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Result,
    account::Actor,
    catalogue::{ConditionId, Progress, Resolved, SitemapEntry},
    policy::{Action, permit},
    trials::{Trial, TrialFilter, TrialList, Trials, TrialsImport, TrialsReport},
};

pub(crate) use matching::match_all;

use crate::{Database, changes::Memo};

/// [`Trials`] on a database.
#[derive(Debug)]
pub struct TrialStore {
    database: Arc<Database>,
    /// The addresses for search engines: all trials are looked through.
    sitemap: Memo<Vec<SitemapEntry>>,
}

impl TrialStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self {
            database,
            sitemap: Memo::default(),
        }
    }
}

#[async_trait]
impl Trials for TrialStore {
    async fn trials(
        &self,
        actor: Actor,
        slug: &str,
        filter: TrialFilter,
        after: Option<&str>,
    ) -> Result<Resolved<TrialList>> {
        permit(actor, Action::ReadTrials)?;
        reading::list(&self.database, slug, filter, after).await
    }

    async fn first_trials(&self, actor: Actor, condition: ConditionId) -> Result<Vec<Trial>> {
        permit(actor, Action::ReadTrials)?;
        reading::first(&self.database, condition.0).await
    }

    async fn sitemap(&self, actor: Actor, page: u64, size: u64) -> Result<Vec<SitemapEntry>> {
        permit(actor, Action::ReadTrials)?;
        let entries = reading::sitemap(&self.database);
        let entries = self.sitemap.get(&self.database, entries).await?;
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (from, size) = (number(page.saturating_mul(size)), number(size));
        Ok(entries.iter().skip(from).take(size).cloned().collect())
    }

    async fn import(
        &self,
        actor: Actor,
        import: TrialsImport,
        progress: &dyn Progress,
    ) -> Result<TrialsReport> {
        permit(actor, Action::ImportTrials)?;
        import::run(&self.database, actor, import, progress).await
    }
}
