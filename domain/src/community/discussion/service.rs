use async_trait::async_trait;

use super::{
    Deleting, NewTopics, PostDraft, PostHistory, PostText, RecentTopics, Replying, Starting,
    TopicDraft, TopicLink, TopicList, TopicPage,
};
use crate::{
    Result, SafeHtml,
    account::{Actor, Submission},
    catalogue::{ConditionId, Resolved},
};

/// What members write to each other, by topics.
///
/// A condition is named by its slug, a topic by its id, a post by its number. A topic that is not for
/// who asks is answered as if it were not there: [`Error::NotFound`](crate::Error::NotFound).
/// Writing needs membership of the topic's community, else
/// [`Error::Forbidden`](crate::Error::Forbidden).
///
/// Questions are topics, too: they have their own lists, and are asked and answered in their own way
/// ([`Questions`](crate::community::Questions)). What is done with a topic or a post by its id is the
/// same for both.
#[async_trait]
pub trait Discussions: Send + Sync {
    /// Topics of a community, the one with the last post first, after the one with an id.
    async fn topics(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<TopicList>>;

    /// The newest discussions and questions of a community.
    async fn newest(&self, actor: Actor, condition: ConditionId) -> Result<NewTopics>;

    /// Topics of all communities, the one with the last post first, after the one with an id.
    async fn recent(&self, actor: Actor, after: Option<&str>) -> Result<RecentTopics>;

    /// A topic with its posts after the one with a number.
    async fn topic(&self, actor: Actor, id: &str, after: Option<i64>) -> Result<TopicPage>;

    /// What somebody has to know who wants to start a topic.
    async fn starting(&self, actor: Actor, slug: &str) -> Result<Resolved<Starting>>;

    /// How the text of a post would look. [`Error::Invalid`](crate::Error::Invalid) about `text`.
    async fn preview(&self, actor: Actor, text: &str) -> Result<SafeHtml>;

    /// Starts a topic, and returns its id. [`Error::Invalid`](crate::Error::Invalid) about `title`
    /// and `text`.
    async fn start(
        &self,
        actor: Actor,
        slug: &str,
        draft: TopicDraft,
        submission: &Submission,
    ) -> Result<String>;

    /// What somebody has to know who replies, to a post with a number or to the topic. Questions are
    /// not found: they are answered.
    async fn replying(&self, actor: Actor, id: &str, to: Option<i64>) -> Result<Replying>;

    /// Adds a post to a topic that is no question, and returns its number. [`Error::Invalid`](crate::Error::Invalid)
    /// about `text`, and about `in_reply_to` where there is no such post.
    async fn reply(
        &self,
        actor: Actor,
        id: &str,
        draft: PostDraft,
        submission: &Submission,
    ) -> Result<i64>;

    /// The text of a post of one's own, to edit it. Others' are
    /// [`Error::Forbidden`](crate::Error::Forbidden), deleted ones not found.
    async fn own_post(&self, actor: Actor, id: &str, number: i64) -> Result<PostText>;

    /// Gives a post of one's own another text or content note, which builds on a version of it; the former
    /// one is kept. Returns its topic. What somebody answered as an expert they edit as an expert. Where both are the
    /// same that is no error. [`Error::Invalid`](crate::Error::Invalid) about `text` and
    /// `content_note`, [`Error::Conflict`](crate::Error::Conflict) where it was edited since that version.
    async fn edit_post(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        version: i64,
        text: &str,
        content_note: Option<&str>,
    ) -> Result<TopicLink>;

    /// The texts that a post has had, for everybody who reads the topic. Those of a deleted post are
    /// not found.
    async fn versions(&self, actor: Actor, id: &str, number: i64) -> Result<PostHistory>;

    /// A post that who asks may delete; others' are [`Error::Forbidden`](crate::Error::Forbidden),
    /// deleted ones not found.
    async fn deleting(&self, actor: Actor, id: &str, number: i64) -> Result<Deleting>;

    /// Deletes a post with all its versions: one's own, also without membership; or another's, which
    /// moderators do and say why. Number, time and reason stay. Where it is deleted already that is no
    /// error. [`Error::Invalid`](crate::Error::Invalid) about `reason`.
    async fn delete_post(&self, actor: Actor, id: &str, number: i64, reason: &str) -> Result<()>;
}
