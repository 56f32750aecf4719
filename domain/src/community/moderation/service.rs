use async_trait::async_trait;

use super::{
    AppealDecision, AppealList, AppealToDecide, ContentModeration, Decision, DecisionList,
    PostModeration,
};
use crate::{Result, account::Actor};

/// What moderators do with posts and topics, and what the people concerned can do about it.
///
/// A decision about a post concerns who wrote it, one about a topic who wrote its first post, one about
/// an account its person. To everybody else decisions are as if they were not there:
/// [`Error::NotFound`](crate::Error::NotFound).
#[async_trait]
pub trait Moderation: Send + Sync {
    /// A post and its topic, with what was done with them.
    async fn moderating(&self, actor: Actor, id: &str, number: i64) -> Result<PostModeration>;

    /// Does something with a post or its topic, and tells who wrote it. Where it is so already that is
    /// no error. [`Error::Invalid`](crate::Error::Invalid) about `reason`,
    /// [`Error::Forbidden`](crate::Error::Forbidden) about what one has written oneself, about deleted
    /// posts, and where a topic for one community is to go to another one.
    async fn moderate(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        what: ContentModeration,
        reason: &str,
    ) -> Result<()>;

    /// What was decided about oneself, the last first, after the decision with an id.
    async fn own_decisions(&self, actor: Actor, after: Option<&str>) -> Result<DecisionList>;

    /// A decision about oneself.
    async fn own_decision(&self, actor: Actor, id: &str) -> Result<Decision>;

    /// Appeals against a decision about oneself, once, within six months, also while one is suspended.
    /// The same words again are no error. [`Error::Invalid`](crate::Error::Invalid) about `words`.
    async fn appeal(&self, actor: Actor, id: &str, words: &str) -> Result<()>;

    /// Appeals that wait, the oldest first, or those that are decided, the last first, after the one
    /// with an id.
    async fn appeals(&self, actor: Actor, decided: bool, after: Option<&str>)
    -> Result<AppealList>;

    /// An appeal, for who decides.
    async fn appeal_to_decide(&self, actor: Actor, id: &str) -> Result<AppealToDecide>;

    /// Decides about an appeal, undoes the decision if it was wrong, and tells who appealed. Whoever has
    /// taken the decision, or is concerned, is [`Error::Forbidden`](crate::Error::Forbidden).
    /// [`Error::Conflict`](crate::Error::Conflict) where it was decided otherwise before; the same again
    /// is no error. [`Error::Invalid`](crate::Error::Invalid) about `words`.
    async fn decide_appeal(
        &self,
        actor: Actor,
        id: &str,
        decision: AppealDecision,
        words: &str,
    ) -> Result<()>;
}
