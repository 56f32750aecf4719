//! The fields of the forms with which people follow discussions and read of what they are told.

use domain::community::TopicKind;
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
