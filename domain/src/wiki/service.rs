use async_trait::async_trait;

use super::{SectionsImport, WikiDraft, WikiPage};
use crate::{
    Result,
    account::Actor,
    catalogue::{Code, ConditionId, ImportReport, Progress},
};

/// Reads and writes the sections of conditions.
#[async_trait]
pub trait Wiki: Send + Sync {
    /// All sections, tips and references of a condition.
    async fn page(&self, actor: Actor, condition: ConditionId) -> Result<WikiPage>;

    /// Puts starter texts where a condition has none. What is there already stays.
    async fn fill(&self, actor: Actor, drafts: Vec<(Code, WikiDraft)>) -> Result<()>;

    /// Puts texts of a source into sections that are empty or that the same source filled before.
    async fn import(
        &self,
        actor: Actor,
        import: SectionsImport,
        progress: &dyn Progress,
    ) -> Result<ImportReport>;
}
