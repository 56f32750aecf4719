//! The references of a condition.

use domain::wiki::{Citation, ListedReference, Reference};
use leptos::{either::Either, prelude::*};

/// The references in order; the first is number 1.
#[component]
pub(super) fn References(references: Vec<ListedReference>) -> impl IntoView {
    let entries = references
        .into_iter()
        .map(|listed| {
            let id = format!("reference-{}", listed.reference.key);
            let entry = match listed.hidden {
                // It keeps its number: texts may cite it.
                Some(reason) => {
                    let words = format!("Hidden: {reason}");
                    Either::Left(view! { <span class="soft">{words}</span> })
                }
                None => Either::Right(view! { <Work reference=listed.reference/> }),
            };
            view! { <li id=id>{entry} <CitedIn places=listed.cited/></li> }
        })
        .collect_view();
    view! { <ol class="references">{entries}</ol> }
}

#[component]
fn Work(reference: Reference) -> impl IntoView {
    let href = reference.href();
    let title = view! { <cite>{reference.title}</cite> };
    let title = match href {
        Some(href) => Either::Left(view! { <a href=href rel="external">{title}</a> }),
        None => Either::Right(title),
    };
    let year = reference.year.map(|year| year.to_string());
    let isbn = reference.isbn.map(|isbn| format!("ISBN {isbn}"));
    let place = [reference.source, year, isbn]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let place = match place.as_str() {
        "" => ".".to_owned(),
        place => format!(". {place}."),
    };
    view! { {title} {place} }
}

/// The ways back to where a reference is cited.
#[component]
fn CitedIn(places: Vec<Citation>) -> impl IntoView {
    let links = places
        .iter()
        .enumerate()
        .map(|(index, citation)| {
            let href = format!("#{}", citation.anchor);
            let same = |other: &&Citation| other.place == citation.place;
            let place = match places[..index].iter().filter(same).count() {
                0 => citation.place.clone(),
                before => format!("{} ({})", citation.place, before + 1),
            };
            view! { <a href=href rel="external">{place}</a> " " }
        })
        .collect_view();
    (!places.is_empty()).then(|| view! { <div class="cited">"Cited in " {links}</div> })
}
