//! A condition or family that was found.

use domain::catalogue::{Matched, SearchHit};
use leptos::prelude::*;

use super::paths;

/// One item of a list of results.
#[component]
pub fn ConditionHit(hit: SearchHit) -> impl IntoView {
    let path = paths::hit(&hit);
    let kind = hit.is_family.then_some("Family of conditions");
    let matched = match hit.matched {
        Matched::Synonym(name) => Some(format!("Also called: {name}")),
        Matched::Code(code) => Some(format!("Code: {code}")),
        Matched::Name | Matched::Summary => None,
    };
    view! {
        <li>
            <h2>
                <a href=path>{hit.name}</a>
            </h2>
            {hit.summary.map(|summary| view! { <p>{summary}</p> })}
            {kind.map(|text| view! { <p class="soft">{text}</p> })}
            {matched.map(|text| view! { <p class="soft">{text}</p> })}
        </li>
    }
}
