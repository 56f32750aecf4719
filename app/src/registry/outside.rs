//! Where people are sent who enrol in a registry elsewhere.

use domain::registry::OutsideRegistry;
use leptos::prelude::*;

/// The way to a registry on another site.
#[component]
pub(super) fn Visit(
    /// Which.
    registry: OutsideRegistry,
    /// What the link says to who does not go there to enrol.
    #[prop(optional, into)]
    words: Option<String>,
) -> impl IntoView {
    let words = words.unwrap_or_else(|| registry.visit());
    view! {
        <p>
            <a class="button wraps" href=registry.link rel="nofollow noopener external">
                {words}
            </a>
        </p>
    }
}
