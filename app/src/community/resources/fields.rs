//! The controls with which a resource is described.

use domain::community::{ResourceKind, ResourceLanguage, ResourceLine};
use leptos::prelude::*;

use crate::ui::form::{Choice, Input, LongText};

/// Everything that is said of a resource.
#[component]
pub(super) fn ResourceInputs(
    /// What is said of it now.
    #[prop(optional)]
    present: Option<ResourceLine>,
) -> impl IntoView {
    let kinds = ResourceKind::ALL
        .map(|kind| (kind.as_str().to_owned(), kind.label().to_owned()))
        .to_vec();
    let languages = ResourceLanguage::all()
        .map(|language| (language.code().to_owned(), language.label().to_owned()))
        .collect();
    let kind = present
        .as_ref()
        .map_or(ResourceKind::Organisation, |line| line.kind);
    let language = present
        .as_ref()
        .map_or(ResourceLanguage::ENGLISH, |line| line.language);
    let date = present
        .as_ref()
        .and_then(|line| line.date)
        .map(String::from)
        .unwrap_or_default();
    let (title, link, description) = present
        .map(|line| (line.title, line.link, line.description))
        .unwrap_or_default();
    view! {
        <Input name="title" label="Title" value=title required=true/>
        <Input
            name="link"
            label="Link"
            hint="The address of the page. It begins with https:// or http://."
            value=link
            autocomplete="off"
            required=true
        />
        <Choice
            name="kind"
            label="What is it?"
            options=kinds
            value=kind.as_str()
            required=true
        />
        <Choice
            name="language"
            label="Language"
            options=languages
            value=language.code()
            required=true
        />
        <Input
            name="date"
            label="Published"
            hint="A year, a month or a day: 2024, 2024-05 or 2024-05-17."
            value=date
            autocomplete="off"
        />
        <LongText
            name="description"
            label="Description"
            hint="One or two sentences: what it is, and who it helps."
            value=description
            rows=4
        />
    }
}
