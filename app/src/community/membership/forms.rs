//! The fields of the forms with which people join communities and leave them.

use domain::{FieldError, policy::Audience};
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

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
    /// A discussion, or a question.
    Topic,
    /// The questions of the community.
    Questions,
    /// Where a question is asked.
    Ask,
    /// The resources of the community.
    Resources,
    /// Where a resource is suggested.
    Suggest,
    /// The settings.
    Settings,
}

impl Place {
    /// The name in the form.
    pub(in crate::community) fn as_str(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Discussions => "discussions",
            Self::Start => "start",
            Self::Topic => "topic",
            Self::Questions => "questions",
            Self::Ask => "ask",
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
