//! The fields of the form with which somebody appeals, and what is wrong with them.

use domain::{FieldError, community::check_appeal};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// `/decisions/{id}`
#[derive(Clone, Debug, Deserialize)]
pub struct AppealFields {
    /// Which decision.
    pub id: String,
    /// Why it is wrong.
    pub words: String,
}

impl PageForm for AppealFields {
    type Call = api::Appeal;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_appeal("words", &self.words))
    }
}
