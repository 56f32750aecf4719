//! Whose the names and the definition of a condition or a family are.

use leptos::prelude::*;

use super::api::Credit;
use crate::site;

/// A definition may be another source's than the names: the credit below says whose.
#[component]
pub(super) fn DefinitionSource() -> impl IntoView {
    view! {
        <p class="provenance">
            "A definition for specialists. " <a href="#catalogue-source">"Where it is from"</a>
            ". " <span class="unreviewed">"Not reviewed."</span>
        </p>
    }
}

/// The credit, in the words that the licence asks for.
#[component]
pub(super) fn CatalogueSource(source: Credit) -> impl IntoView {
    let Credit {
        name,
        url,
        attribution,
    } = source;
    let link = (!url.is_empty()).then(|| {
        view! {
            <a href=url rel="external">{name}</a>
            ". "
        }
    });
    view! {
        <p id="catalogue-source" class="source">
            {attribution} " " {link} <a href=site::paths::SOURCES>"All sources"</a>
        </p>
    }
}
