//! The fields of the forms with which people follow discussions and read of what they are told.

use domain::community::{ConditionFollow, MailFrequency, TopicKind};
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/topics/{id}/{words}`, and of a question: new posts are told of
#[derive(Clone, Debug, Deserialize)]
pub struct FollowFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// What it is; a discussion where nothing is said.
    pub kind: Option<TopicKind>,
    /// Number after which the page begins.
    pub after: Option<i64>,
}

impl PageForm for FollowFields {
    type Call = api::Follow;
}

/// `/topics/{id}/{words}`: and no longer
#[derive(Clone, Debug, Deserialize)]
pub struct StopFollowingFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// What it is; a discussion where nothing is said.
    pub kind: Option<TopicKind>,
    /// Number after which the page begins.
    pub after: Option<i64>,
}

impl PageForm for StopFollowingFields {
    type Call = api::StopFollowing;
}

/// `/notifications`
#[derive(Clone, Debug, Deserialize)]
pub struct MarkReadFields {
    /// When the newest came that the page shows, in microseconds since 1970.
    pub until: i64,
}

impl PageForm for MarkReadFields {
    type Call = api::MarkRead;
}

/// `/communities/{slug}` and `/communities/{slug}/discussions`: what is new is told of
#[derive(Clone, Debug, Deserialize)]
pub struct FollowConditionFields {
    /// The condition's address.
    pub slug: String,
    /// What of it.
    pub what: ConditionFollow,
}

impl PageForm for FollowConditionFields {
    type Call = api::FollowCondition;
}

/// `/communities/{slug}` and `/communities/{slug}/discussions`: and no longer
#[derive(Clone, Debug, Deserialize)]
pub struct StopFollowingConditionFields {
    /// The condition's address.
    pub slug: String,
    /// What of it.
    pub what: ConditionFollow,
}

impl PageForm for StopFollowingConditionFields {
    type Call = api::StopFollowingCondition;
}

/// `/settings/notifications`
#[derive(Clone, Debug, Deserialize)]
pub struct NotificationMailFields {
    /// When there is email about replies to one.
    pub replies: MailFrequency,
    /// About posts that mention one.
    pub mentions: MailFrequency,
    /// About topics that one follows.
    pub topics: MailFrequency,
    /// About communities and pages that one follows.
    pub communities: MailFrequency,
}

impl PageForm for NotificationMailFields {
    type Call = api::ChooseMail;
}

/// `/unsubscribe/{token}`
#[derive(Clone, Debug, Deserialize)]
pub struct UnsubscribeFields {
    /// Of the letter.
    pub token: String,
}

impl PageForm for UnsubscribeFields {
    type Call = api::Unsubscribe;
}
