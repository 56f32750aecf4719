//! The fields of the forms about first posts.

use domain::{FieldError, community::check_first_post_reason};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// `/communities/{slug}/first-posts`: a post is published
#[derive(Clone, Debug, Deserialize)]
pub struct PublishFirstPostFields {
    /// The condition's address.
    pub slug: String,
    /// The post.
    pub id: String,
}

impl PageForm for PublishFirstPostFields {
    type Call = api::PublishFirstPost;
}

/// `/communities/{slug}/first-posts`: a post is not published
#[derive(Clone, Debug, Deserialize)]
pub struct DeclineFirstPostFields {
    /// The condition's address.
    pub slug: String,
    /// The post.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl PageForm for DeclineFirstPostFields {
    type Call = api::DeclineFirstPost;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_first_post_reason("reason", &self.reason))
    }
}

/// `/communities/{slug}/first-posts`: a post of one's own is taken back
#[derive(Clone, Debug, Deserialize)]
pub struct WithdrawFirstPostFields {
    /// The condition's address.
    pub slug: String,
    /// The post.
    pub id: String,
}

impl PageForm for WithdrawFirstPostFields {
    type Call = api::WithdrawFirstPost;
}
