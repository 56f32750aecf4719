//! The fields of the forms of leaders, and what is wrong with them.

use domain::{
    FieldError,
    community::{check_handle, check_leader_reason, check_leader_words, check_welcome},
    registry::OutsideRegistry,
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// `/communities/{slug}/lead`: somebody else
#[derive(Clone, Debug, Deserialize)]
pub struct AppointLeaderFields {
    /// The condition's address.
    pub slug: String,
    /// Whom.
    pub handle: String,
}

impl PageForm for AppointLeaderFields {
    type Call = api::AppointLeader;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_handle("handle", &self.handle))
    }
}

/// `/communities/{slug}/lead`: what is said to who has joined
#[derive(Clone, Debug, Deserialize)]
pub struct WelcomeFields {
    /// The condition's address.
    pub slug: String,
    /// Markdown.
    pub text: Option<String>,
}

impl PageForm for WelcomeFields {
    type Call = api::SetWelcome;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_welcome(
            "text",
            self.text.as_deref().unwrap_or_default(),
        ))
    }
}

/// `/communities/{slug}/lead`: where people enrol
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OutsideRegistryFields {
    /// The condition's address.
    pub slug: String,
    /// The name of a registry elsewhere.
    pub registry_name: Option<String>,
    /// Its address.
    pub registry_url: Option<String>,
}

impl PageForm for OutsideRegistryFields {
    type Call = api::SetOutsideRegistry;

    fn check(&self) -> Vec<FieldError> {
        wrong(OutsideRegistry::check(
            self.registry_name.as_deref().unwrap_or_default(),
            self.registry_url.as_deref().unwrap_or_default(),
        ))
    }
}

/// `/communities/{slug}/lead`: not any more
#[derive(Clone, Debug, Deserialize)]
pub struct EndLeadershipFields {
    /// The condition's address.
    pub slug: String,
    /// Which leadership.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl PageForm for EndLeadershipFields {
    type Call = api::EndLeadership;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_leader_reason("reason", &self.reason))
    }
}

/// `/settings/communities`: yes
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptInvitationFields {
    /// Which invitation.
    pub id: String,
    /// What one says of oneself.
    pub words: Option<String>,
}

impl PageForm for AcceptInvitationFields {
    type Call = api::AcceptInvitation;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_leader_words(
            "words",
            self.words.as_deref().unwrap_or_default(),
        ))
    }
}

/// `/settings/communities`: no
#[derive(Clone, Debug, Deserialize)]
pub struct DeclineInvitationFields {
    /// Which invitation.
    pub id: String,
}

impl PageForm for DeclineInvitationFields {
    type Call = api::DeclineInvitation;
}

/// `/settings/communities`: other words
#[derive(Clone, Debug, Deserialize)]
pub struct DescribeLeaderFields {
    /// Which leadership.
    pub id: String,
    /// What one says of oneself.
    pub words: Option<String>,
}

impl PageForm for DescribeLeaderFields {
    type Call = api::DescribeLeader;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_leader_words(
            "words",
            self.words.as_deref().unwrap_or_default(),
        ))
    }
}

/// `/settings/communities`: not any more
#[derive(Clone, Debug, Deserialize)]
pub struct StepDownFields {
    /// Which leadership.
    pub id: String,
}

impl PageForm for StepDownFields {
    type Call = api::StepDown;
}

/// `/topics/{id}/{words}`: before all others
#[derive(Clone, Debug, Deserialize)]
pub struct PinTopicFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
}

impl PageForm for PinTopicFields {
    type Call = api::PinTopic;
}

/// `/topics/{id}/{words}`: among them
#[derive(Clone, Debug, Deserialize)]
pub struct UnpinTopicFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
}

impl PageForm for UnpinTopicFields {
    type Call = api::UnpinTopic;
}
