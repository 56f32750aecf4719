//! Lists of links.

use domain::catalogue::{ConditionLink, FamilyLink};
use leptos::prelude::*;

/// Conditions by name.
pub fn condition_index(conditions: Vec<ConditionLink>) -> impl IntoView {
    let links = conditions
        .into_iter()
        .map(|link| (format!("/communities/{}", link.slug), link.name))
        .collect();
    index(links)
}

/// Families by name.
pub fn family_index(families: Vec<FamilyLink>) -> impl IntoView {
    let links = families
        .into_iter()
        .map(|link| (format!("/conditions/families/{}", link.slug), link.name))
        .collect();
    index(links)
}

fn index(links: Vec<(String, String)>) -> impl IntoView {
    view! { <ul class="index">{items(links)}</ul> }
}

/// The items of a list of links: path and name.
pub fn items(links: Vec<(String, String)>) -> impl IntoView {
    links
        .into_iter()
        .map(|(path, name)| view! { <li><a href=path>{name}</a></li> })
        .collect_view()
}

/// A plain list of links under a small heading; nothing where there are none.
pub fn terms(heading: &'static str, links: Vec<(String, String)>) -> impl IntoView {
    (!links.is_empty()).then(|| {
        view! {
            <h3>{heading}</h3>
            <ul>{items(links)}</ul>
        }
    })
}

/// The ways to the first and to the next page of a list.
pub fn pager(first: Option<String>, next: Option<String>) -> impl IntoView {
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {first.map(|path| view! { <a href=path>"First page"</a> })}
                {next.map(|path| view! { <a class="button" rel="next" href=path>"Next page"</a> })}
            </nav>
        }
    })
}
