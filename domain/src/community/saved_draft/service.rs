use async_trait::async_trait;

use super::{DraftPlace, DraftSaving, DraftText, Published, SavedDraftLine};
use crate::{
    Result,
    account::{Actor, Submission},
    community::FirstPostDraft,
};

/// Drafts of posts. Nobody but their owner reads them or is told of them.
///
/// What is shown where something is written says itself which draft is there:
/// [`Starting`](crate::community::Starting), [`Replying`](crate::community::Replying) and
/// [`Answering`](crate::community::Answering).
#[async_trait]
pub trait SavedDrafts: Send + Sync {
    /// Saves what somebody has begun to write. `version` is the draft that they have before them, if there
    /// is one. A topic that is not for who asks is not found.
    /// [`Error::Invalid`](crate::Error::Invalid) about `title`, `text` and `content_note`.
    async fn save_draft(
        &self,
        actor: Actor,
        place: DraftPlace,
        version: Option<&str>,
        content: DraftText,
    ) -> Result<DraftSaving>;

    /// All drafts of who asks, the last saved first.
    async fn saved_drafts(&self, actor: Actor) -> Result<Vec<SavedDraftLine>>;

    /// Deletes a draft. Where it was saved again since, or is gone, that is no error, and nothing is
    /// deleted.
    async fn delete_draft(&self, actor: Actor, version: &str) -> Result<()>;

    /// Publishes a post, or keeps it until a leader has read it, and deletes the draft of which it was
    /// made, all at once. A draft that was saved again since stays. What is wrong with it is said as
    /// [`Discussions`](crate::community::Discussions), [`Questions`](crate::community::Questions) and
    /// [`FirstPosts`](crate::community::FirstPosts) say it.
    async fn publish(
        &self,
        actor: Actor,
        post: FirstPostDraft,
        version: Option<&str>,
        submission: &Submission,
    ) -> Result<Published>;
}
