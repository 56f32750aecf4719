//! The fields of the forms on the page of a held text.

use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// Shows it where it was filed.
#[derive(Clone, Debug, Deserialize)]
pub struct ShowFields {
    /// Which one.
    pub id: String,
}

impl PageForm for ShowFields {
    type Call = api::Show;
}

/// Shows it with another condition.
#[derive(Clone, Debug, Deserialize)]
pub struct AttachFields {
    /// Which one.
    pub id: String,
    /// A name or a code of the condition.
    pub condition: String,
}

impl PageForm for AttachFields {
    type Call = api::Attach;
}

/// Never shows it.
#[derive(Clone, Debug, Deserialize)]
pub struct DiscardFields {
    /// Which one.
    pub id: String,
}

impl PageForm for DiscardFields {
    type Call = api::Discard;
}
