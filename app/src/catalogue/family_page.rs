//! `/conditions/families/{slug}`: one family.

use domain::catalogue::{Family, FamilyBranch};
use leptos::prelude::*;

use super::{
    also_called::AlsoCalled,
    api::{self, Credit},
    codes::Codes,
    credit::{CatalogueSource, DefinitionSource},
    paths,
    relatives::{condition_links, family_links},
};
use crate::{
    page::{Page, PageHead, page_data, set_head, use_part, use_query_value},
    ui::{Crumbs, Link, Links, Pager},
};

/// A family and a page of its conditions.
#[component]
pub fn FamilyPage() -> impl IntoView {
    let (slug, after) = (use_part("slug"), use_query_value("after"));
    let data = page_data(
        move || (slug(), after()),
        |(slug, after)| api::read_family(slug, after),
    );
    view! {
        <Page
            data
            view=move |family| {
                let after = untrack(after);
                view! { <WholeFamily family after/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeFamily(family: Family, after: Option<String>) -> impl IntoView {
    set_head(PageHead {
        title: family.name.clone(),
        description: family
            .definition
            .clone()
            .unwrap_or_else(|| format!("Rare conditions of the family: {}.", family.name)),
        canonical: Some(paths::family_after(&family.slug, after.as_deref())),
        index: after.is_none(),
        ..PageHead::default()
    });
    let Family {
        slug,
        name,
        definition,
        synonyms,
        codes,
        source,
        parents,
        families,
        list,
    } = family;
    let source = Credit::from(source);
    let defined = definition.is_some();
    let mut steps = vec![
        ("Conditions".to_owned(), paths::CONDITIONS.to_owned()),
        ("Families".to_owned(), paths::FAMILIES.to_owned()),
    ];
    if let [parent] = parents.as_slice() {
        steps.push((parent.name.clone(), paths::family(&parent.slug)));
    }
    let several_parents = if parents.len() > 1 { parents } else { vec![] };
    let first = list.continued.then(|| paths::family(&slug));
    let next = list
        .next
        .as_ref()
        .map(|after| paths::family_after(&slug, Some(after)));
    view! {
        <Crumbs steps here=name.clone()/>
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">{name}</h1>
            {definition.map(|definition| view! { <p class="lede">{definition}</p> })}
            {defined.then(|| view! { <DefinitionSource/> })}
            <AlsoCalled synonyms shown=8/>
            <Part heading="Belongs to" links=family_links(several_parents)/>
            <Part heading="Families in it" links=branch_links(families)/>
            <Part heading="Conditions in it" links=condition_links(list.conditions)/>
            <Pager first next/>
            <Codes codes/>
            <CatalogueSource source/>
        </main>
    }
}

/// A heading and its list; nothing where the list is empty.
#[component]
fn Part(heading: &'static str, links: Vec<Link>) -> impl IntoView {
    (!links.is_empty()).then(|| {
        view! {
            <h2>{heading}</h2>
            <Links class="index" links/>
        }
    })
}

/// The families in this one, with the number of conditions in each.
fn branch_links(families: Vec<FamilyBranch>) -> Vec<Link> {
    families
        .into_iter()
        .map(|branch| {
            let FamilyBranch { family, conditions } = branch;
            let words = match conditions {
                0 => family.name,
                1 => format!("{}: 1 condition", family.name),
                several => format!("{}: {several} conditions", family.name),
            };
            Link::new(words, paths::family(&family.slug))
        })
        .collect()
}
