//! The fields of the form with which something is reported, and what is wrong with them.

use domain::{
    FieldError,
    community::{ReportDraft, ReportReason},
};
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/report/{kind}/{value}`
#[derive(Clone, Debug, Deserialize)]
pub struct ReportFields {
    /// What kind of thing: see [`ReportSubject::kind`](domain::community::ReportSubject::kind).
    pub kind: String,
    /// What names it: see [`ReportSubject::value`](domain::community::ReportSubject::value).
    pub value: String,
    /// What is wrong.
    pub category: Option<ReportReason>,
    /// More about it.
    pub text: Option<String>,
}

impl ReportFields {
    /// The report, where a reason is chosen.
    pub(super) fn draft(self) -> Option<ReportDraft> {
        Some(ReportDraft {
            reason: self.category?,
            text: self.text.unwrap_or_default(),
        })
    }
}

/// What is wrong where no reason is chosen.
pub(super) fn no_reason() -> FieldError {
    FieldError {
        field: "category".to_owned(),
        message: "Choose what is wrong.".to_owned(),
    }
}

impl PageForm for ReportFields {
    type Call = api::Report;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        match self.clone().draft() {
            Some(draft) => draft.wrong(),
            None => vec![no_reason()],
        }
    }
}
