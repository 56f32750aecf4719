//! Lists of links.

use domain::catalogue::{ConditionLink, FamilyLink};
use leptos::prelude::*;

/// Conditions by name.
pub fn condition_index(conditions: Vec<ConditionLink>) -> AnyView {
    let links = conditions
        .into_iter()
        .map(|link| (format!("/communities/{}", link.slug), link.name))
        .collect();
    index(links)
}

/// Families by name.
pub fn family_index(families: Vec<FamilyLink>) -> AnyView {
    let links = families
        .into_iter()
        .map(|link| (format!("/conditions/families/{}", link.slug), link.name))
        .collect();
    index(links)
}

fn index(links: Vec<(String, String)>) -> AnyView {
    view! { <ul class="index">{items(links)}</ul> }.into_any()
}

/// The items of a list of links: path and name.
pub fn items(links: Vec<(String, String)>) -> AnyView {
    links
        .into_iter()
        .map(|(path, name)| view! { <li><a href=path>{name}</a></li> })
        .collect_view()
        .into_any()
}

/// A plain list of links under a small heading; nothing where there are none.
pub fn terms(heading: &'static str, links: Vec<(String, String)>) -> Option<AnyView> {
    (!links.is_empty()).then(|| {
        view! {
            <h3>{heading}</h3>
            <ul>{items(links)}</ul>
        }
        .into_any()
    })
}

/// The ways to the first and to the next page of a list.
pub fn pager(first: Option<String>, next: Option<String>) -> Option<AnyView> {
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {first.map(|path| view! { <a href=path>"First page"</a> })}
                {next.map(|path| view! { <a class="button" rel="next" href=path>"Next page"</a> })}
            </nav>
        }
        .into_any()
    })
}
