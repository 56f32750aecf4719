//! `/conditions/families/{slug}`: one family.

use domain::catalogue::Family;
use leptos::prelude::*;

use crate::ui::{self, Crumbs, PageHead, set_head};

pub(crate) fn family(after: Option<String>, family: Family) -> AnyView {
    let own = format!("/conditions/families/{}", family.slug);
    let canonical = match &after {
        Some(after) => format!("{own}?after={after}"),
        None => own.clone(),
    };
    set_head(PageHead {
        title: family.name.clone(),
        description: family
            .definition
            .clone()
            .unwrap_or_else(|| format!("Rare conditions of the family: {}.", family.name)),
        canonical: Some(canonical),
        index: after.is_none(),
        ..PageHead::default()
    });
    let mut steps = vec![
        ("Conditions".to_owned(), "/conditions".to_owned()),
        ("Families".to_owned(), "/conditions/families".to_owned()),
    ];
    if let [parent] = family.parents.as_slice() {
        steps.push((
            parent.name.clone(),
            format!("/conditions/families/{}", parent.slug),
        ));
    }
    let several_parents = (family.parents.len() > 1).then_some(family.parents);
    let first = family.list.continued.then(|| own.clone());
    let next = family
        .list
        .next
        .as_ref()
        .map(|after| format!("{own}?after={after}"));
    view! {
        <Crumbs steps=steps here=family.name.clone()/>
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">{family.name}</h1>
            {family.definition.map(|definition| view! { <p class="lede">{definition}</p> })}
            {several_parents
                .map(|parents| {
                    view! {
                        <h2>"Belongs to"</h2>
                        {ui::family_index(parents)}
                    }
                })}
            {(!family.families.is_empty())
                .then(|| {
                    view! {
                        <h2>"Families in it"</h2>
                        {ui::family_index(family.families)}
                    }
                })}
            {(!family.list.conditions.is_empty())
                .then(|| {
                    view! {
                        <h2>"Conditions in it"</h2>
                        {ui::condition_index(family.list.conditions)}
                    }
                })}
            {ui::pager(first, next)}
        </main>
    }
    .into_any()
}
