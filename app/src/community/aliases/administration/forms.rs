//! The form with which an alias is looked up.

use domain::{FieldError, community::check_alias_reason};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// Looks up whose an alias is.
#[derive(Clone, Debug, Deserialize)]
pub struct LookUpAliasFields {
    /// The topic.
    pub id: String,
    /// Number of the alias there.
    pub number: i64,
    /// Why.
    pub reason: String,
}

impl PageForm for LookUpAliasFields {
    type Call = api::LookUpAlias;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_alias_reason("reason", &self.reason))
    }
}
