//! The fields of the forms of moderators, and what is wrong with them.

use domain::{
    FieldError,
    community::{check_appeal_answer, check_moderation_reason},
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// Hides a post.
#[derive(Clone, Debug, Deserialize)]
pub struct HidePostFields {
    /// Its topic.
    pub id: String,
    /// Its number.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl PageForm for HidePostFields {
    type Call = api::HidePost;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_moderation_reason("reason", &self.reason))
    }
}

/// Shows it again.
#[derive(Clone, Debug, Deserialize)]
pub struct ShowPostFields {
    /// Its topic.
    pub id: String,
    /// Its number.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl PageForm for ShowPostFields {
    type Call = api::ShowPost;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_moderation_reason("reason", &self.reason))
    }
}

/// Locks its topic.
#[derive(Clone, Debug, Deserialize)]
pub struct LockTopicFields {
    /// The topic.
    pub id: String,
    /// The post on whose page this is.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl PageForm for LockTopicFields {
    type Call = api::LockTopic;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_moderation_reason("reason", &self.reason))
    }
}

/// Unlocks it.
#[derive(Clone, Debug, Deserialize)]
pub struct UnlockTopicFields {
    /// The topic.
    pub id: String,
    /// The post on whose page this is.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl PageForm for UnlockTopicFields {
    type Call = api::UnlockTopic;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_moderation_reason("reason", &self.reason))
    }
}

/// Moves it to another community.
#[derive(Clone, Debug, Deserialize)]
pub struct MoveTopicFields {
    /// The topic.
    pub id: String,
    /// The post on whose page this is.
    pub number: i64,
    /// A name or a code of the condition.
    pub condition: String,
    /// Why.
    pub reason: String,
}

impl PageForm for MoveTopicFields {
    type Call = api::MoveTopic;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_moderation_reason("reason", &self.reason))
    }
}

/// Warns who wrote the post.
#[derive(Clone, Debug, Deserialize)]
pub struct WarnAuthorFields {
    /// Its topic.
    pub id: String,
    /// Its number.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl PageForm for WarnAuthorFields {
    type Call = api::WarnAuthor;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_moderation_reason("reason", &self.reason))
    }
}

/// Keeps a decision against which somebody appealed.
#[derive(Clone, Debug, Deserialize)]
pub struct KeepDecisionFields {
    /// Which appeal.
    pub id: String,
    /// What who appealed is told.
    pub words: String,
}

impl PageForm for KeepDecisionFields {
    type Call = api::KeepDecision;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_appeal_answer("words", &self.words))
    }
}

/// Undoes it.
#[derive(Clone, Debug, Deserialize)]
pub struct LiftDecisionFields {
    /// Which appeal.
    pub id: String,
    /// What who appealed is told.
    pub words: String,
}

impl PageForm for LiftDecisionFields {
    type Call = api::LiftDecision;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_appeal_answer("words", &self.words))
    }
}
