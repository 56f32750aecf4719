//! `/communities/{slug}/resources`: what members of a community recommend.

use domain::community::{ResourceKind, ResourceList};
use leptos::prelude::*;

use super::{
    api,
    list::{Kinds, Listed, Resources, Suggestions},
};
use crate::{
    catalogue,
    community::{
        CommunityTab, CommunityTabs,
        membership::{Join, Place},
        paths,
    },
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::Pager,
};

/// A page of the resources of a community.
#[component]
pub fn ResourcesPage() -> impl IntoView {
    let slug = use_part("slug");
    let (kind, after) = (use_query_value("kind"), use_query_value("after"));
    let data = page_data(
        move || (slug(), kind(), after()),
        |(slug, kind, after)| api::read_resources(slug, kind, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <WholeList list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeList(list: ResourceList, continued: bool) -> impl IntoView {
    let ResourceList {
        condition,
        kind,
        resources,
        next,
        joined,
        may_decide,
        waiting,
        refused,
        ..
    } = list;
    let slug = condition.slug;
    let path = paths::resources(&slug, kind, None);
    let what = kind.map_or("Resources", ResourceKind::plural);
    let title = format!("{what}: {}", condition.name);
    let head = PageHead {
        title: title.clone(),
        description: format!(
            "What members of the community of {} recommend: organisations, guides, articles, videos, groups, e-books and podcasts.",
            condition.name
        ),
        canonical: (!continued).then(|| path.clone()),
        feed: Some(paths::resources_feed(&slug)),
        ..PageHead::default()
    };
    let links = vec![
        way(
            format!("Back to {}", condition.name),
            catalogue::paths::condition(&slug),
        ),
        way("E-books and podcasts of all communities", paths::RESOURCES),
        way("As a feed (Atom)", paths::resources_feed(&slug)).outside_router(),
    ];
    let next = next.map(|id| paths::resources(&slug, kind, Some(&id)));
    let empty = resources.is_empty().then(|| match kind {
        None => view! { <p>"There are no resources yet. Suggest the first one."</p> }.into_any(),
        Some(_) => view! { <p>"There are no resources of this kind yet."</p> }.into_any(),
    });
    let resources = resources
        .into_iter()
        .map(|line| {
            let manage = may_decide.then(|| paths::resource(&slug, &line.id));
            Listed {
                line,
                community: None,
                manage,
            }
        })
        .collect();
    let waiting = (!waiting.is_empty())
        .then(|| view! { <Suggestions heading="Waiting for review" suggestions=waiting/> });
    let refused = (!refused.is_empty())
        .then(|| view! { <Suggestions heading="Your suggestions that are not in the list" suggestions=refused/> });
    let suggest = paths::suggest(&slug);
    let of_slug = slug.clone();
    let of_tabs = slug.clone();
    view! {
        <Column title head links>
            <CommunityTabs slug=of_tabs here=CommunityTab::Resources/>
            <p>
                "Suggested by members, and checked by a leader or moderator before they are listed. We are not responsible for what other sites say."
            </p>
            {(!joined).then(|| view! { <Join slug place=Place::Resources/> })}
            {waiting}
            <div>
                <p>
                    <a class="button" href=suggest>
                        "Suggest a resource"
                    </a>
                </p>
                <Kinds
                    kinds=ResourceKind::ALL.to_vec()
                    present=kind
                    path=|slug, kind| paths::resources(slug, kind, None)
                    slug=of_slug
                /> {empty} <Resources resources report=true/> <Pager first=continued.then_some(path) next/>
            </div>
            {refused}
        </Column>
    }
}
