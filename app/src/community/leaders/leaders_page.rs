//! `/leaders`: who leads communities.

use domain::community::GatheredLeaders;
use leptos::prelude::*;

use super::{api, list::LeaderList};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, PageHead, page_data, use_query_value, way},
    ui::Pager,
};

/// A page of the leaders of all communities.
#[component]
pub fn LeadersPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, api::read_leaders);
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <All list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn All(list: GatheredLeaders, continued: bool) -> impl IntoView {
    let GatheredLeaders { leaders, next } = list;
    let head = PageHead {
        title: "Community leaders".to_owned(),
        description: "The members who lead communities of rare conditions.".to_owned(),
        canonical: (!continued).then(|| paths::LEADERS.to_owned()),
        ..PageHead::default()
    };
    let next = next.map(|id| paths::leaders(Some(&id)));
    let first = continued.then(|| paths::LEADERS.to_owned());
    let empty = leaders
        .is_empty()
        .then(|| view! { <p>"No community has a leader yet."</p> });
    let leaders = leaders
        .into_iter()
        .map(|one| {
            let path = catalogue::paths::condition(&one.condition.slug);
            (one.leader, Some((one.condition.name, path)))
        })
        .collect();
    let links = vec![
        way("Communities", paths::COMMUNITIES),
        way("Start a community", paths::START_COMMUNITY),
    ];
    view! {
        <Column title="Community leaders" head links>
            <p>
                "Leaders are members who look after one community: they welcome people, check resources, and keep important discussions at the top. They give no medical advice."
            </p>
            <div>{empty} <LeaderList leaders/> <Pager first next/></div>
        </Column>
    }
}
