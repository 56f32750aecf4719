use async_trait::async_trait;

use super::{
    CatalogueImport, Code, Condition, ConditionLink, ConditionList, Family, FamilyGroup,
    ImportReport, Letter, Overview, Progress, Resolved, SearchAnswer, SearchHit, SitemapEntry,
    SourceRelease,
};
use crate::{Result, account::Actor};

/// Reads, searches and fills the catalogue.
#[async_trait]
pub trait Catalogue: Send + Sync {
    /// The condition at an address. Old addresses, ontology names and synonyms that belong to one
    /// condition alone lead to where it is now.
    async fn condition(&self, actor: Actor, slug: &str) -> Result<Resolved<Condition>>;

    /// Slugs of the conditions that carry a code, in order.
    async fn with_code(&self, actor: Actor, code: &Code) -> Result<Vec<String>>;

    /// A page of the alphabetical list: all, or one letter's, after the condition with a slug.
    async fn list(
        &self,
        actor: Actor,
        letter: Option<Letter>,
        after: Option<&str>,
    ) -> Result<ConditionList>;

    /// The top of the tree of families.
    async fn families(&self, actor: Actor) -> Result<Vec<FamilyGroup>>;

    /// A family and a page of its conditions.
    async fn family(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<Family>>;

    /// At most eight conditions for what has been typed so far.
    async fn suggest(&self, actor: Actor, query: &str) -> Result<Vec<SearchHit>>;

    /// A page of results that starts at position `from`.
    async fn search(&self, actor: Actor, query: &str, from: usize) -> Result<SearchAnswer>;

    /// The condition that somebody means who typed one of its names or codes into the field
    /// `field` of a form. [`Error::Invalid`](crate::Error::Invalid) with the nearest names where it
    /// is not one condition's beyond doubt.
    async fn named(&self, actor: Actor, field: &str, typed: &str) -> Result<ConditionLink>;

    /// What the home page shows.
    async fn overview(&self, actor: Actor) -> Result<Overview>;

    /// Every source whose data is shown.
    async fn sources(&self, actor: Actor) -> Result<Vec<SourceRelease>>;

    /// Conditions with human content, `page` by `page` of at most `size`, in a stable order.
    async fn sitemap(&self, actor: Actor, page: u64, size: u64) -> Result<Vec<SitemapEntry>>;

    /// Reads a release in: all of it or nothing.
    async fn import(
        &self,
        actor: Actor,
        import: CatalogueImport,
        progress: &dyn Progress,
    ) -> Result<ImportReport>;
}
