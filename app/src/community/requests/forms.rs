//! The fields of the form with which a community is asked for, and what is wrong with them.

use domain::{FieldError, community::CommunityRequestDraft};
use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/start/request`
#[derive(Clone, Debug, Deserialize)]
pub struct RequestCommunityFields {
    /// The condition's name.
    pub name: String,
    /// Why there should be a community.
    pub why: String,
    /// Where the condition is described, one link a line.
    pub links: Option<String>,
    /// Whether they would lead it.
    pub leads: bool,
}

impl RequestCommunityFields {
    pub(super) fn draft(self) -> CommunityRequestDraft {
        CommunityRequestDraft {
            name: self.name,
            why: self.why,
            links: self.links.unwrap_or_default(),
            leads: self.leads,
        }
    }
}

impl PageForm for RequestCommunityFields {
    type Call = api::RequestCommunity;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        self.clone().draft().wrong()
    }
}
