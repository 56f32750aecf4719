//! `/resources`: e-books and podcasts of all communities.

use domain::community::{GatheredResources, ResourceKind};
use leptos::prelude::*;

use super::{
    api,
    list::{Kinds, Listed, Resources},
};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, PageHead, page_data, use_query_value, way},
    ui::Pager,
};

/// A page of the e-books and podcasts of all communities.
#[component]
pub fn GatheredPage() -> impl IntoView {
    let (kind, after) = (use_query_value("kind"), use_query_value("after"));
    let data = page_data(
        move || (kind(), after()),
        |(kind, after)| api::read_gathered(kind, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <Gathered list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn Gathered(list: GatheredResources, continued: bool) -> impl IntoView {
    let GatheredResources {
        kind,
        resources,
        next,
    } = list;
    let title = kind.map_or("E-books and podcasts", ResourceKind::plural);
    let path = paths::gathered(kind, None);
    let head = PageHead {
        title: title.to_owned(),
        description:
            "E-books and podcasts about rare diseases, recommended by members of their communities."
                .to_owned(),
        canonical: (!continued).then(|| path.clone()),
        ..PageHead::default()
    };
    let next = next.map(|id| paths::gathered(kind, Some(&id)));
    let empty = resources
        .is_empty()
        .then(|| view! { <p>"There is nothing here yet. Members suggest e-books and podcasts in their communities."</p> });
    let resources = resources
        .into_iter()
        .map(|one| {
            let path = paths::resources(&one.condition.slug, None, None);
            Listed {
                line: one.resource,
                community: Some((one.condition.name, path)),
                manage: None,
            }
        })
        .collect();
    let links = vec![way("Find your community", catalogue::paths::CONDITIONS)];
    view! {
        <Column title head links>
            <p>
                "From the resources of all communities. Suggested by members, and checked by a leader or moderator before they are listed."
            </p>
            <div>
                <Kinds
                    kinds=ResourceKind::GATHERED.to_vec()
                    present=kind
                    path=|_, kind| paths::gathered(kind, None)
                /> {empty} <Resources resources report=true/> <Pager first=continued.then_some(path) next/>
            </div>
        </Column>
    }
}
