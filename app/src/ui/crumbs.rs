//! The way back up.

use leptos::prelude::*;

/// The steps above a page, each with its path, and the page's own name.
#[component]
pub fn Crumbs(steps: Vec<(String, String)>, here: String) -> impl IntoView {
    view! {
        <nav class="crumbs wrap" aria-label="You are here">
            <ol>
                {steps
                    .into_iter()
                    .map(|(name, path)| view! { <li><a href=path>{name}</a></li> })
                    .collect_view()}
                <li><span aria-current="page">{here}</span></li>
            </ol>
        </nav>
    }
}
