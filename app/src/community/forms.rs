//! The fields of the forms with which people join communities and write there, and what is wrong with
//! them.

use domain::{
    FieldError,
    community::{TopicAudience, check_deletion_reason, check_post, check_title},
    policy::Audience,
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// What is done with a text instead of publishing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostAction {
    /// Show how it would look.
    Preview,
}

/// The page on which somebody joins or leaves, and to which they come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The condition's.
    Condition,
    /// The discussions of the community.
    Discussions,
    /// Where a discussion is started.
    Start,
    /// A discussion.
    Topic,
    /// The resources of the community.
    Resources,
    /// Where a resource is suggested.
    Suggest,
    /// The settings.
    Settings,
}

impl Place {
    /// The name in the form.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Discussions => "discussions",
            Self::Start => "start",
            Self::Topic => "topic",
            Self::Resources => "resources",
            Self::Suggest => "suggest",
            Self::Settings => "settings",
        }
    }
}

/// Joins a community
#[derive(Clone, Debug, Deserialize)]
pub struct JoinCommunityFields {
    /// The condition's address.
    pub slug: String,
    /// Where.
    pub place: Place,
    /// The topic, where it is from one.
    pub topic: Option<String>,
}

impl PageForm for JoinCommunityFields {
    type Call = api::JoinCommunity;
}

/// Leaves a community
#[derive(Clone, Debug, Deserialize)]
pub struct LeaveFields {
    /// The condition's address.
    pub slug: String,
    /// Where.
    pub place: Place,
}

impl PageForm for LeaveFields {
    type Call = api::Leave;
}

/// `/settings/communities`: another community.
#[derive(Clone, Debug, Deserialize)]
pub struct AddCommunityFields {
    /// Any of the condition's names.
    pub condition: String,
    /// Who sees it on the profile.
    pub audience: Audience,
    /// Whether it is the main condition.
    pub home: bool,
}

impl PageForm for AddCommunityFields {
    type Call = api::AddCommunity;

    fn check(&self) -> Vec<FieldError> {
        if self.condition.trim().is_empty() {
            vec![FieldError {
                field: "condition".to_owned(),
                message: "Enter the name of a condition.".to_owned(),
            }]
        } else {
            Vec::new()
        }
    }
}

/// `/settings/communities`: one that the person is in.
#[derive(Clone, Debug, Deserialize)]
pub struct ChangeMembershipFields {
    /// The condition's address.
    pub slug: String,
    /// Who sees it on the profile.
    pub audience: Audience,
    /// Whether it is the main condition.
    pub home: bool,
}

impl PageForm for ChangeMembershipFields {
    type Call = api::ChangeMembership;
}

/// `/communities/{slug}/discussions/new`
#[derive(Clone, Debug, Deserialize)]
pub struct StartTopicFields {
    /// The condition's address.
    pub slug: String,
    /// What it is about.
    pub title: String,
    /// The first post.
    pub text: String,
    /// For whom it is.
    pub audience: TopicAudience,
    /// What is done with it, if it is not published.
    pub action: Option<PostAction>,
}

impl PageForm for StartTopicFields {
    type Call = api::StartTopic;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let mut found = match self.action {
            Some(PostAction::Preview) => Vec::new(),
            None => wrong(check_title("title", &self.title)),
        };
        found.extend(wrong(check_post("text", &self.text)));
        found
    }
}

/// `/topics/{id}/{words}`: another post
#[derive(Clone, Debug, Deserialize)]
pub struct ReplyFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// Number of the post that it replies to.
    pub in_reply_to: Option<i64>,
    /// The post.
    pub text: String,
    /// What is done with it, if it is not published.
    pub action: Option<PostAction>,
}

impl PageForm for ReplyFields {
    type Call = api::Reply;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_post("text", &self.text))
    }
}

/// `/topics/{id}/{words}`: new posts are told of
#[derive(Clone, Debug, Deserialize)]
pub struct FollowFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
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

/// `/topics/{id}/{words}/posts/{number}/edit`
#[derive(Clone, Debug, Deserialize)]
pub struct EditPostFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// The post.
    pub number: i64,
    /// The text that this builds on.
    pub version: i64,
    /// The text.
    pub text: String,
    /// What is done with it, if it is not published.
    pub action: Option<PostAction>,
}

impl PageForm for EditPostFields {
    type Call = api::EditPost;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_post("text", &self.text))
    }
}

/// `/topics/{id}/{words}/posts/{number}/delete`
#[derive(Clone, Debug, Deserialize)]
pub struct DeletePostFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// The post.
    pub number: i64,
    /// Why.
    pub reason: Option<String>,
}

impl PageForm for DeletePostFields {
    type Call = api::DeletePost;

    fn check(&self) -> Vec<FieldError> {
        // Whether there has to be one, the server says: the form does not know whose post it is.
        let reason = self.reason.as_deref().unwrap_or_default();
        wrong(check_deletion_reason("reason", reason, true))
    }
}
