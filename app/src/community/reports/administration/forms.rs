//! The fields of the forms on the page of a case.

use domain::{
    FieldError,
    community::{ReportState, check_report_answer, check_report_note},
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// Notes something for other moderators.
#[derive(Clone, Debug, Deserialize)]
pub struct NoteFields {
    /// Which case.
    pub id: String,
    /// What.
    pub text: String,
}

impl PageForm for NoteFields {
    type Call = api::NoteCase;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_report_note("text", &self.text))
    }
}

/// Closes a case.
#[derive(Clone, Debug, Deserialize)]
pub struct CloseCaseFields {
    /// Which case.
    pub id: String,
    /// Whether moderators agree.
    pub state: Option<ReportState>,
    /// What those who reported it are told.
    pub text: String,
}

impl PageForm for CloseCaseFields {
    type Call = api::CloseCase;

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        if self.state.is_none() {
            found.push(FieldError {
                field: "state".to_owned(),
                message: "Choose whether you agree.".to_owned(),
            });
        }
        found.extend(wrong(check_report_answer("text", &self.text)));
        found
    }
}
