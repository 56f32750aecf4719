use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::discussion::TopicLink;
use crate::{Result, account::Actor, time::Timestamp, wiki::Author};

/// Unread notifications are counted up to here.
pub const UNREAD_MOST: u64 = 100;

/// Why a person is told of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotificationKind {
    /// It replies to a post of theirs.
    Reply,
    /// It is in a topic that they follow.
    Followed,
    /// It asks the experts of a community, of whom they are one.
    Question,
    /// It answers a question that they have asked or follow.
    Answer,
    /// It is a question of theirs that was declined.
    Declined,
}

impl NotificationKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Reply,
        Self::Followed,
        Self::Question,
        Self::Answer,
        Self::Declined,
    ];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Followed => "followed",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Declined => "declined",
        }
    }

    /// From the stable name; anything unknown says the least.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Followed)
    }
}

/// That there is a post which a person wants to know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Why they are told.
    pub kind: NotificationKind,
    /// In which topic the post is.
    pub topic: TopicLink,
    /// The post. Where they follow the topic, the first one that they have not read.
    pub number: i64,
    /// Who wrote it.
    pub author: Author,
    /// Whether they answered as an expert.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_expert: bool,
    /// When they were told.
    pub time: Timestamp,
    /// Whether they have marked it as read.
    pub read: bool,
}

/// A page of somebody's notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationList {
    /// The newest first.
    pub notifications: Vec<Notification>,
    /// After which the next page begins.
    pub next: Option<String>,
    /// How many of all are unread, counted up to [`UNREAD_MOST`].
    pub unread: u64,
}

/// What a person is told of, and which topics they follow. All of it is theirs alone.
///
/// Whoever starts a topic or writes in it follows it. Experts are told of questions in the communities
/// that they have joined. Notifications come from the event log, about a
/// second after a post. Those of deleted posts, and of topics that are not for the person any more, are
/// neither listed nor counted.
#[async_trait]
pub trait Notifications: Send + Sync {
    /// One's own notifications, the newest first, after one of them.
    /// [`Error::NotFound`](crate::Error::NotFound) where `after` is not in the list.
    async fn notifications(&self, actor: Actor, after: Option<&str>) -> Result<NotificationList>;

    /// How many of them are unread, counted up to [`UNREAD_MOST`].
    async fn unread(&self, actor: Actor) -> Result<u64>;

    /// Marks all as read that one was told of until then: what has come since one looked stays unread.
    async fn mark_read(&self, actor: Actor, until: Timestamp) -> Result<()>;

    /// Follows a topic. Where one does already that is no error.
    async fn follow(&self, actor: Actor, id: &str) -> Result<()>;

    /// Stops following a topic, also one that is not for one any more. Where one does not follow it,
    /// and where there is none, that is no error.
    async fn stop_following(&self, actor: Actor, id: &str) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_one_name() {
        for kind in NotificationKind::ALL {
            assert_eq!(NotificationKind::from_name(kind.as_str()), kind);
            let name = serde_json::to_string(&kind).unwrap();
            assert_eq!(name, format!("\"{}\"", kind.as_str()));
        }
        let unknown = NotificationKind::from_name("mention");
        assert_eq!(unknown, NotificationKind::Followed);
    }
}
