use async_trait::async_trait;

use super::{
    AppealDecision, AppealList, AppealToDecide, ContentModeration, Decision, DecisionList, Noting,
    PostModeration,
};
use crate::{
    Result,
    account::{Actor, Submission},
    community::TopicLink,
};

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

    /// A post of another's that is neither deleted nor hidden, to set its content note. One's own is
    /// [`Error::Forbidden`](crate::Error::Forbidden).
    async fn noting(&self, actor: Actor, id: &str, number: i64) -> Result<Noting>;

    /// Puts a content note before a post of another's, or, where it is empty, takes off what was put
    /// there; tells who wrote it, and returns the topic. The author's own note is as it was. Where it is
    /// so already that is no error. [`Error::Invalid`](crate::Error::Invalid) about `content_note`,
    /// [`Error::Forbidden`](crate::Error::Forbidden) about what one has written oneself, and about deleted
    /// and hidden posts.
    async fn set_note(&self, actor: Actor, id: &str, number: i64, note: &str) -> Result<TopicLink>;

    /// Warns who wrote a post about it, once for each submission. Where it was written under an alias,
    /// neither who warns nor anybody else learns who it is. [`Error::Invalid`](crate::Error::Invalid)
    /// about `reason`, [`Error::Forbidden`](crate::Error::Forbidden) about what one has written oneself,
    /// and, to who does not look after accounts, about what moderators and administrators wrote under
    /// their name.
    async fn warn_author(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        reason: &str,
        submission: &Submission,
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
