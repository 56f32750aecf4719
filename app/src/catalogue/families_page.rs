//! `/conditions/families`: the top of the tree.

use domain::catalogue::FamilyGroup;
use leptos::prelude::*;

use super::{api, paths, relatives::family_links};
use crate::{
    page::{Page, PageHead, page_data, set_head},
    ui::{Crumbs, Links},
};

/// The families at the top of the tree, each with those directly below it.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_families());
    view! { <Page data view=|groups| view! { <Families groups/> }.into_any()/> }
}

#[component]
fn Families(groups: Vec<FamilyGroup>) -> impl IntoView {
    set_head(PageHead {
        title: "Families of conditions".to_owned(),
        description: "Rare conditions by family: from a group of diseases to the ones in it."
            .to_owned(),
        canonical: Some(paths::FAMILIES.to_owned()),
        index: true,
        ..PageHead::default()
    });
    let steps = vec![("Conditions".to_owned(), paths::CONDITIONS.to_owned())];
    view! {
        <Crumbs steps here="Families".to_owned()/>
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">"Families of conditions"</h1>
            <p class="lede">
                "Diseases that have something in common. A condition can belong to more than one family."
            </p>
            {groups
                .into_iter()
                .map(|group| {
                    view! {
                        <h2>
                            <a href=paths::family(&group.family.slug)>{group.family.name}</a>
                        </h2>
                        <Links class="index" links=family_links(group.families)/>
                    }
                })
                .collect_view()}
        </main>
    }
}
