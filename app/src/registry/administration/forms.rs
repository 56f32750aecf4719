//! The forms of the desk.

use domain::{FieldError, account::SecondFactorCode, registry::check_access_reason};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// Finds a participant by their code.
#[derive(Clone, Debug, Deserialize)]
pub struct FindParticipantFields {
    /// The code, as it was typed.
    pub code: String,
}

impl PageForm for FindParticipantFields {
    type Call = api::FindParticipant;
}

/// Looks at who a participant is.
#[derive(Clone, Debug, Deserialize)]
pub struct BreakGlassFields {
    /// The participant's code.
    pub participant: String,
    /// Why.
    pub reason: String,
    /// From the app, or a recovery code.
    pub code: String,
}

impl PageForm for BreakGlassFields {
    type Call = api::BreakGlass;
    const SECRET: &'static [&'static str] = &["code"];

    fn check(&self) -> Vec<FieldError> {
        let mut found = wrong(check_access_reason("reason", &self.reason));
        found.extend(wrong(SecondFactorCode::parse("code", &self.code)));
        found
    }
}

/// Ends that at once.
#[derive(Clone, Debug, Deserialize)]
pub struct CloseAccessFields {
    /// The participant's code.
    pub participant: String,
}

impl PageForm for CloseAccessFields {
    type Call = api::CloseAccess;
}

/// Closes a request of researchers.
#[derive(Clone, Debug, Deserialize)]
pub struct CloseRequestFields {
    /// Which.
    pub id: String,
}

impl PageForm for CloseRequestFields {
    type Call = api::CloseRequest;
}
