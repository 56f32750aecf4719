//! Of what people are told, where, and by email or not.

mod mail;
mod service;

use serde::{Deserialize, Serialize};

use super::{discussion::TopicLink, moderation::DecisionKind};
use crate::{catalogue::ConditionLink, time::Timestamp, wiki::Author};

pub use mail::{MailChoices, MailFrequency, MailGroup};
pub use service::Notifications;

/// Unread notifications are counted up to here.
pub const UNREAD_MOST: u64 = 100;

/// Why a person is told of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotificationKind {
    /// A post replies to one of theirs.
    Reply,
    /// A post mentions them.
    Mention,
    /// A post is in a topic that they follow.
    Followed,
    /// A topic was started in a community that they follow.
    Topic,
    /// A question was asked of the experts of a community, of whom they are one.
    Question,
    /// A post answers a question that they have asked or follow.
    Answer,
    /// A question of theirs was declined.
    Declined,
    /// A section changed of a condition's page that they follow.
    Page,
    /// A moderator did something with a post or a topic of theirs, warned or suspended them.
    Decision,
    /// Their appeal was decided.
    Appeal,
    /// What they have reported was decided.
    Report,
    /// First posts wait in a community that they lead.
    Waiting,
    /// A leader published or declined their first post.
    Approval,
    /// They are invited to lead a community.
    Invitation,
}

impl NotificationKind {
    /// All of them. Of those about one post, a person is told of the first.
    pub const ALL: [Self; 14] = [
        Self::Reply,
        Self::Mention,
        Self::Answer,
        Self::Followed,
        Self::Topic,
        Self::Question,
        Self::Declined,
        Self::Page,
        Self::Decision,
        Self::Appeal,
        Self::Report,
        Self::Waiting,
        Self::Approval,
        Self::Invitation,
    ];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Mention => "mention",
            Self::Followed => "followed",
            Self::Topic => "topic",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Declined => "declined",
            Self::Page => "page",
            Self::Decision => "decision",
            Self::Appeal => "appeal",
            Self::Report => "report",
            Self::Waiting => "waiting",
            Self::Approval => "approval",
            Self::Invitation => "invitation",
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

/// That there is something which a person wants to know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Why they are told.
    pub kind: NotificationKind,
    /// Of what.
    pub subject: NotificationSubject,
    /// When they were told.
    pub time: Timestamp,
    /// Whether they have marked it as read.
    pub read: bool,
}

/// What a notification is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotificationSubject {
    /// A post.
    Post {
        /// In which topic it is.
        topic: TopicLink,
        /// The post. Where they follow the topic, the first one that they have not read.
        number: i64,
        /// Who wrote it.
        author: Author,
        /// Whether they answered as an expert.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_expert: bool,
    },
    /// The page of a condition.
    Page {
        /// Whose.
        condition: ConditionLink,
        /// Which day it is that the notification is of, counted from 1 January 1970 in UTC: there is
        /// one for each page and day at most.
        day: i64,
    },
    /// What was decided about the person.
    Decision {
        /// Id of the decision.
        id: String,
        /// What was decided.
        kind: DecisionKind,
    },
    /// One of the decisions about what the person has written under aliases: which one is not kept.
    SomeDecision,
    /// What they have reported. What became of it is in the list of their reports.
    Reports,
    /// A community that they are invited to lead. They answer in their settings.
    Invitation {
        /// Whose.
        condition: ConditionLink,
    },
    /// The first posts of a community.
    FirstPosts {
        /// Whose.
        condition: ConditionLink,
    },
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

/// What of a condition somebody can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionFollow {
    /// The sections of its page.
    Page,
    /// New topics in its community.
    Discussions,
}

impl ConditionFollow {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Page, Self::Discussions];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Discussions => "discussions",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == name)
    }
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
        let unknown = NotificationKind::from_name("thanks");
        assert_eq!(unknown, NotificationKind::Followed);
        for what in ConditionFollow::ALL {
            assert_eq!(ConditionFollow::from_name(what.as_str()), Some(what));
            let name = serde_json::to_string(&what).unwrap();
            assert_eq!(name, format!("\"{}\"", what.as_str()));
        }
        assert_eq!(ConditionFollow::from_name("trials"), None);
    }
}
