//! The form that makes an earlier text the current one again.

use domain::{
    Error, FieldError,
    wiki::{SectionKind, check_agreed, check_line},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{agreement::Agreement, api::reading};
use crate::ui::form::{Buttons, Form, Hidden, Input, PageForm, Submit};

/// `/communities/{slug}/revisions/{number}`
#[derive(Clone, Debug, Deserialize)]
pub struct RestoreFields {
    /// The condition's address.
    pub slug: String,
    /// The revision.
    pub number: i64,
    /// The section that the revision belongs to.
    pub kind: SectionKind,
    /// Why.
    pub summary: String,
    /// Whether everyone who is named in the text agrees.
    pub agreed: bool,
}

impl PageForm for RestoreFields {
    type Call = reading::Restore;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let checks = [
            check_line("summary", &self.summary).map(drop),
            check_agreed(self.kind, self.agreed),
        ];
        checks
            .into_iter()
            .filter_map(|check| match check {
                Err(Error::Invalid { fields }) => Some(fields),
                _ => None,
            })
            .flatten()
            .collect()
    }
}

/// Restores a revision.
#[component]
pub(super) fn RestoreForm(slug: String, number: i64, kind: SectionKind) -> impl IntoView {
    let text = if kind.is_text() {
        "It becomes the current version. The version that is on the page now stays in the history."
    } else {
        "Its entries become what they were then. Entries that were added later stay."
    };
    view! {
        <Form<RestoreFields> heading="Restore this version" text>
            <Hidden name="slug" value=slug/>
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="kind" value=kind.as_str()/>
            <Input name="summary" label="Why?" hint="One line for the history."/>
            <Agreement kind/>
            <Buttons>
                <Submit label="Restore"/>
            </Buttons>
        </Form<RestoreFields>>
    }
}
