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

    /// What is shown of a condition as it was written, in Markdown. Hidden entries are left out.
    async fn texts(&self, actor: Actor, condition: ConditionId) -> Result<WikiDraft>;

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
