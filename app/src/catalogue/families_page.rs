//! `/conditions/families`: the top of the tree.

use domain::catalogue::FamilyGroup;
use leptos::prelude::*;

use crate::ui::{self, Crumbs, PageHead, set_head};

pub(crate) fn families(groups: Vec<FamilyGroup>) -> AnyView {
    set_head(PageHead {
        title: "Families of conditions".to_owned(),
        description: "Rare conditions by family: from a group of diseases to the ones in it."
            .to_owned(),
        canonical: Some("/conditions/families".to_owned()),
        index: true,
        ..PageHead::default()
    });
    let steps = vec![("Conditions".to_owned(), "/conditions".to_owned())];
    view! {
        <Crumbs steps=steps here="Families".to_owned()/>
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">"Families of conditions"</h1>
            <p class="lede">
                "Diseases that have something in common. A condition can belong to more than one family."
            </p>
            {groups
                .into_iter()
                .map(|group| {
                    let path = format!("/conditions/families/{}", group.family.slug);
                    view! {
                        <h2>
                            <a href=path>{group.family.name}</a>
                        </h2>
                        {(!group.families.is_empty()).then(|| ui::family_index(group.families))}
                    }
                })
                .collect_view()}
        </main>
    }
    .into_any()
}
