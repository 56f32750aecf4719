//! Controls for what an entry of a list says.

use domain::{
    catalogue::{CodeSystem, Scope},
    wiki::Reference,
};
use leptos::prelude::*;

use crate::ui::form::{Choice, Input, MarkdownEditor};

/// Another name of the condition.
#[component]
pub(super) fn NameInputs() -> impl IntoView {
    let options = [
        (Scope::Exact, "The same"),
        (Scope::Narrow, "A part of it"),
        (Scope::Broad, "More than it"),
        (Scope::Related, "Something related"),
    ]
    .map(|(scope, words)| (scope.as_str().to_owned(), words.to_owned()))
    .to_vec();
    view! {
        <Input name="name" label="Name" required=true/>
        <Choice
            name="scope"
            label="What does the name mean?"
            options
            value=Scope::Exact.as_str()
            required=true
        />
    }
}

/// A code in another system.
#[component]
pub(super) fn CodeInput() -> impl IntoView {
    let systems = CodeSystem::ALL.map(CodeSystem::prefix).join(", ");
    let hint = format!("With its system, for example ORPHA:29073. Systems: {systems}.");
    view! { <Input name="code" label="Code" hint required=true/> }
}

/// Something that helped.
#[component]
pub(super) fn TipInputs(
    /// What to do.
    #[prop(optional, into)]
    name: String,
    /// How and why.
    #[prop(optional, into)]
    description: String,
) -> impl IntoView {
    view! {
        <Input
            name="name"
            label="Name"
            hint="What to do, in a few words."
            value=name
            required=true
        />
        <MarkdownEditor
            name="description"
            label="Description"
            hint="How and why it helps."
            value=description
            rows=8
        />
    }
}

/// Where something is written.
#[component]
pub(super) fn ReferenceInputs(#[prop(optional)] work: Reference) -> impl IntoView {
    let identifiers = work.identifiers();
    let year = work.year.map(|year| year.to_string()).unwrap_or_default();
    view! {
        <Input name="title" label="Title" value=work.title required=true/>
        <Input
            name="source"
            label="Journal, book or publisher"
            value=work.source.unwrap_or_default()
        />
        <Input name="year" label="Year" value=year/>
        <Input
            name="identifiers"
            label="DOI, PMID, ISBN or web address"
            hint="So that others can find it. Put spaces between several."
            value=identifiers
        />
    }
}
