use async_trait::async_trait;

use super::{FirstPostDecision, FirstPostDraft, FirstPostList};
use crate::{
    Result,
    account::{Actor, Submission},
    catalogue::Resolved,
};

/// First posts of new people, and what becomes of them.
///
/// Whose posts wait says [`first_posts_wait`](crate::policy::first_posts_wait).
#[async_trait]
pub trait FirstPosts: Send + Sync {
    /// Keeps what somebody has written until a leader has read it, and returns the slug of the
    /// community. Nothing, and nothing is kept, where it need not wait: then it is written as usual.
    /// What is wrong with it is said as [`Discussions`](crate::community::Discussions) and
    /// [`Questions`](crate::community::Questions) say it.
    async fn hold(
        &self,
        actor: Actor,
        draft: FirstPostDraft,
        submission: &Submission,
    ) -> Result<Option<String>>;

    /// The first posts of a community.
    async fn first_posts(&self, actor: Actor, slug: &str) -> Result<Resolved<FirstPostList>>;

    /// Publishes or declines what waits. It is written as its author's, at this moment.
    /// [`Error::Conflict`](crate::Error::Conflict) where it has been decided or taken back, and
    /// [`Error::Forbidden`](crate::Error::Forbidden) where it can be published no more.
    async fn decide_first_post(
        &self,
        actor: Actor,
        id: &str,
        decision: FirstPostDecision,
    ) -> Result<()>;

    /// Takes back what one has written, or removes it where it was declined. Where it is gone that is
    /// no error.
    async fn withdraw_first_post(&self, actor: Actor, id: &str) -> Result<()>;
}
