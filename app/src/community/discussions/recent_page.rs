//! `/discussions`: what is discussed in all communities.

use domain::community::RecentTopics;
use leptos::prelude::*;

use super::{api, topics::Topics};
use crate::{
    community::paths,
    page::{Column, Page, PageHead, page_data, use_query_value, way},
    ui::Pager,
};

/// A page of the discussions of all communities.
#[component]
pub fn RecentPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, api::read_recent);
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <Recent list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn Recent(list: RecentTopics, continued: bool) -> impl IntoView {
    let head = PageHead {
        title: "Discussions".to_owned(),
        description: "What people discuss in the communities of rare diseases.".to_owned(),
        canonical: (!continued).then(|| paths::DISCUSSIONS.to_owned()),
        ..PageHead::default()
    };
    let next = list.next.map(|id| paths::recent(Some(&id)));
    let first = continued.then(|| paths::DISCUSSIONS.to_owned());
    let empty = list
        .topics
        .is_empty()
        .then(|| view! { <p>"There are no discussions yet."</p> });
    let topics = list
        .topics
        .into_iter()
        .map(|recent| {
            let path = paths::discussions(&recent.condition.slug, None);
            (recent.topic, Some((recent.condition.name, path)))
        })
        .collect();
    let links = vec![way(
        "Find your community",
        crate::catalogue::paths::CONDITIONS,
    )];
    view! {
        <Column title="Discussions" head links>
            <div>{empty} <Topics topics/> <Pager first next/></div>
        </Column>
    }
}
