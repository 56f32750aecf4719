//! The fields of the forms on the page of a request.

use domain::{
    FieldError,
    community::{check_request_name, check_request_words},
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// Makes a new condition.
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptRequestFields {
    /// Which request.
    pub id: String,
    /// The condition's name.
    pub name: String,
    /// What who asked is told.
    pub words: String,
}

impl PageForm for AcceptRequestFields {
    type Call = api::AcceptRequest;

    fn check(&self) -> Vec<FieldError> {
        let mut found = wrong(check_request_name("name", &self.name));
        found.extend(wrong(check_request_words("words", &self.words)));
        found
    }
}

/// Leads to a condition that is there.
#[derive(Clone, Debug, Deserialize)]
pub struct MergeRequestFields {
    /// Which request.
    pub id: String,
    /// A name or a code of the condition.
    pub condition: String,
    /// What who asked is told.
    pub words: String,
}

impl PageForm for MergeRequestFields {
    type Call = api::MergeRequest;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_request_words("words", &self.words))
    }
}

/// Makes none.
#[derive(Clone, Debug, Deserialize)]
pub struct DeclineRequestFields {
    /// Which request.
    pub id: String,
    /// What who asked is told.
    pub words: String,
}

impl PageForm for DeclineRequestFields {
    type Call = api::DeclineRequest;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_request_words("words", &self.words))
    }
}
