//! The place of a condition in the tree.

use domain::catalogue::{ConditionLink, FamilyLink};
use leptos::prelude::*;

use super::paths;
use crate::ui::{Link, Links};

/// What a condition belongs to, what is more specific, and what is related.
#[component]
pub(super) fn Relatives(
    family: Option<FamilyLink>,
    families: Vec<FamilyLink>,
    parents: Vec<ConditionLink>,
    children: Vec<ConditionLink>,
    neighbours: Vec<ConditionLink>,
) -> impl IntoView {
    let any = !(families.is_empty()
        && parents.is_empty()
        && children.is_empty()
        && neighbours.is_empty());
    // Without neighbours the family has nothing else to show.
    let family = family.filter(|_| !neighbours.is_empty());
    let belongs = family_links(families)
        .into_iter()
        .chain(condition_links(parents))
        .collect::<Vec<_>>();
    any.then(|| {
        view! {
            <section class="card" aria-labelledby="family-title">
                <h2 id="family-title">"In the family"</h2>
                <Related heading="Belongs to" links=belongs/>
                <Related heading="More specific" links=condition_links(children)/>
                <Related heading="Related conditions" links=condition_links(neighbours)/>
                {family
                    .map(|family| {
                        view! {
                            <p>
                                <a href=paths::family(&family.slug)>
                                    {format!("All in the family: {}", family.name)}
                                </a>
                            </p>
                        }
                    })}
            </section>
        }
    })
}

/// A list of links under a small heading; nothing where there are none.
#[component]
fn Related(heading: &'static str, links: Vec<Link>) -> impl IntoView {
    (!links.is_empty()).then(|| {
        view! {
            <h3>{heading}</h3>
            <Links links/>
        }
    })
}

/// The pages of conditions.
pub fn condition_links(conditions: Vec<ConditionLink>) -> Vec<Link> {
    conditions
        .into_iter()
        .map(|link| Link::new(link.name, paths::condition(&link.slug)))
        .collect()
}

/// The pages of families.
pub fn family_links(families: Vec<FamilyLink>) -> Vec<Link> {
    families
        .into_iter()
        .map(|link| Link::new(link.name, paths::family(&link.slug)))
        .collect()
}
