//! Who wrote a text, as far as the reader may know.

use domain::wiki::{Author, Origin};
use leptos::prelude::*;

use crate::profile;

/// The name of an author, with the way to their profile.
#[component]
pub fn AuthorName(
    /// Who.
    author: Author,
    /// What is said in place of a name that is not for the reader.
    #[prop(default = "a member")]
    fallback: &'static str,
) -> impl IntoView {
    match (author.name, author.handle) {
        (Some(name), Some(handle)) => {
            view! { <a href=profile::paths::member(&handle)>{name}</a> }.into_any()
        }
        (Some(name), None) => view! { <span>{name}</span> }.into_any(),
        (None, _) => view! { <span>{fallback}</span> }.into_any(),
    }
}

/// How a text came to be: by a person, by the project, or from a source.
#[component]
pub(super) fn OriginName(origin: Origin) -> impl IntoView {
    match origin {
        Origin::Starter => view! { <span>"the RareShare project"</span> }.into_any(),
        Origin::Imported(source) => {
            view! { <span>{format!("imported from {source}")}</span> }.into_any()
        }
        Origin::Person(author) => view! { <AuthorName author/> }.into_any(),
    }
}
