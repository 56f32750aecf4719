//! The form with which researchers ask.

use domain::{FieldError, registry::RequestDraft};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// `/registry/researchers/ask`
#[derive(Clone, Debug, Deserialize)]
pub struct AskRegistryFields {
    /// Who asks.
    pub name: String,
    /// For whom.
    pub organisation: String,
    /// Where the answer goes.
    pub email: String,
    /// What they want to know.
    pub text: String,
}

impl AskRegistryFields {
    /// What it says, or what is wrong with it.
    pub(super) fn draft(&self) -> domain::Result<RequestDraft> {
        RequestDraft::check(&self.name, &self.organisation, &self.email, &self.text)
    }
}

impl PageForm for AskRegistryFields {
    type Call = api::AskRegistry;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.draft())
    }
}
