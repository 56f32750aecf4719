//! The fields of the forms with which resources are suggested and decided about, and what is wrong with
//! them.

use domain::{
    FieldError,
    community::{
        ResourceKind, ResourceLanguage, check_date, check_description, check_link,
        check_resource_reason, check_resource_title,
    },
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// `/communities/{slug}/resources/new`
#[derive(Clone, Debug, Deserialize)]
pub struct SuggestResourceFields {
    /// The condition's address.
    pub slug: String,
    /// One line.
    pub title: String,
    /// Where it is.
    pub link: String,
    /// What it is.
    pub kind: ResourceKind,
    /// In which language it is.
    pub language: ResourceLanguage,
    /// When it was published.
    pub date: Option<String>,
    /// A few sentences.
    pub description: Option<String>,
}

impl PageForm for SuggestResourceFields {
    type Call = api::SuggestResource;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        resource(
            (&self.title, &self.link),
            self.date.as_deref(),
            self.description.as_deref(),
        )
    }
}

/// `/communities/{slug}/resources/{id}`: into the list.
#[derive(Clone, Debug, Deserialize)]
pub struct ApproveResourceFields {
    /// The condition's address.
    pub slug: String,
    /// The resource.
    pub id: String,
    /// One line.
    pub title: String,
    /// Where it is.
    pub link: String,
    /// What it is.
    pub kind: ResourceKind,
    /// In which language it is.
    pub language: ResourceLanguage,
    /// When it was published.
    pub date: Option<String>,
    /// A few sentences.
    pub description: Option<String>,
}

impl PageForm for ApproveResourceFields {
    type Call = api::ApproveResource;

    fn check(&self) -> Vec<FieldError> {
        resource(
            (&self.title, &self.link),
            self.date.as_deref(),
            self.description.as_deref(),
        )
    }
}

fn resource(
    (title, link): (&str, &str),
    date: Option<&str>,
    description: Option<&str>,
) -> Vec<FieldError> {
    let mut found = wrong(check_resource_title("title", title));
    found.extend(wrong(check_link("link", link)));
    found.extend(wrong(check_date("date", date.unwrap_or_default())));
    let description = description.unwrap_or_default();
    found.extend(wrong(check_description("description", description)));
    found
}

/// `/communities/{slug}/resources/{id}`: not into the list.
#[derive(Clone, Debug, Deserialize)]
pub struct DeclineResourceFields {
    /// The condition's address.
    pub slug: String,
    /// The resource.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl PageForm for DeclineResourceFields {
    type Call = api::DeclineResource;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_resource_reason("reason", &self.reason))
    }
}

/// `/communities/{slug}/resources/{id}`: off the list.
#[derive(Clone, Debug, Deserialize)]
pub struct RemoveResourceFields {
    /// The condition's address.
    pub slug: String,
    /// The resource.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl PageForm for RemoveResourceFields {
    type Call = api::RemoveResource;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_resource_reason("reason", &self.reason))
    }
}

/// `/communities/{slug}/resources/{id}`: back to its author.
#[derive(Clone, Debug, Deserialize)]
pub struct WithdrawResourceFields {
    /// The condition's address.
    pub slug: String,
    /// The resource.
    pub id: String,
}

impl PageForm for WithdrawResourceFields {
    type Call = api::WithdrawResource;
}
