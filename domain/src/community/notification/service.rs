use async_trait::async_trait;

use super::{ConditionFollow, MailChoices, NotificationList};
use crate::{
    Result,
    account::{Actor, Token},
    catalogue::ConditionId,
    time::Timestamp,
};

/// What a person is told of, and what they follow. All of it is theirs alone.
///
/// Whoever starts a topic or writes in it follows it; joining a community follows nothing.
/// Experts are told of questions in the communities that they have joined.
/// Notifications come from the event log, about a second after what they tell of. Those of deleted posts, and of topics that
/// are not for the person any more, are neither listed nor counted, nor is there a letter about them.
#[async_trait]
pub trait Notifications: Send + Sync {
    /// One's own notifications, the newest first, after one of them.
    /// [`Error::NotFound`](crate::Error::NotFound) where `after` is not in the list.
    async fn notifications(&self, actor: Actor, after: Option<&str>) -> Result<NotificationList>;

    /// How many of them are unread, counted up to [`UNREAD_MOST`](super::UNREAD_MOST).
    async fn unread(&self, actor: Actor) -> Result<u64>;

    /// Marks all as read that one was told of until then: what has come since one looked stays unread.
    async fn mark_read(&self, actor: Actor, until: Timestamp) -> Result<()>;

    /// Follows a topic. Where one does already that is no error.
    async fn follow(&self, actor: Actor, id: &str) -> Result<()>;

    /// Stops following a topic, also one that is not for one any more. Where one does not follow it,
    /// and where there is none, that is no error.
    async fn stop_following(&self, actor: Actor, id: &str) -> Result<()>;

    /// What one follows of a condition. Nothing for who is not signed in.
    async fn followed(&self, actor: Actor, condition: ConditionId) -> Result<Vec<ConditionFollow>>;

    /// Follows the page of a condition or the discussions of its community, which need not be joined.
    /// Where one does already that is no error.
    async fn follow_condition(&self, actor: Actor, slug: &str, what: ConditionFollow)
    -> Result<()>;

    /// Stops that. Where one does not follow it, and where there is none, that is no error.
    async fn stop_following_condition(
        &self,
        actor: Actor,
        slug: &str,
        what: ConditionFollow,
    ) -> Result<()>;

    /// When one gets email about which notifications.
    async fn mail_choices(&self, actor: Actor) -> Result<MailChoices>;

    /// Chooses that, also for what waits to be sent.
    async fn choose_mail(&self, actor: Actor, choices: MailChoices) -> Result<()>;

    /// Whether this is the token of a letter about notifications, by which they can be turned off.
    /// [`Error::NotFound`](crate::Error::NotFound) where it is none, or too old.
    async fn unsubscribing(&self, actor: Actor, token: &Token) -> Result<()>;

    /// Turns email about notifications off for whoever got the letter, whoever asks. A second time is
    /// no error. [`Error::NotFound`](crate::Error::NotFound) as for
    /// [`unsubscribing`](Self::unsubscribing).
    async fn unsubscribe(&self, actor: Actor, token: &Token) -> Result<()>;
}
