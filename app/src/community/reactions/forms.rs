//! The fields with which reactions are given and taken back.

use domain::{FieldError, community::ReactionKind};
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/topics/{id}/{words}/posts/{number}/react`
#[derive(Clone, Debug, Deserialize)]
pub struct ReactFields {
    /// The topic.
    pub id: String,
    /// The post.
    pub number: i64,
    /// What is given.
    pub give: Option<ReactionKind>,
    /// What is taken back.
    pub take_back: Option<ReactionKind>,
}

impl PageForm for ReactFields {
    type Call = api::React;

    fn check(&self) -> Vec<FieldError> {
        if self.give.is_some() == self.take_back.is_some() {
            return vec![FieldError {
                field: "give".to_owned(),
                message: "Choose one of the reactions.".to_owned(),
            }];
        }
        Vec::new()
    }
}
