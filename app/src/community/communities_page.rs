//! `/communities`: where something has happened.

use domain::community::{ActiveCommunities, ActiveCommunity, MOST_COUNTED};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use super::paths;
#[cfg(feature = "ssr")]
use crate::context;
use crate::{
    answer::Answer,
    catalogue,
    page::{Column, Page, PageHead, page_data, use_query_value, way},
    ui::{Date, Pager},
};

/// A page of the communities in which something has happened.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/communities")]
pub async fn read_communities(
    after: Option<String>,
) -> Result<Answer<ActiveCommunities>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let communities = services.communities.active(actor, after.as_deref());
    Ok(Answer::of(communities.await))
}

/// A page of the communities in which something has happened.
#[component]
pub fn CommunitiesPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, read_communities);
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
fn All(list: ActiveCommunities, continued: bool) -> impl IntoView {
    let ActiveCommunities { communities, next } = list;
    let head = PageHead {
        title: "Communities".to_owned(),
        description: "Communities of rare conditions with discussions, resources or leaders."
            .to_owned(),
        canonical: (!continued).then(|| paths::COMMUNITIES.to_owned()),
        ..PageHead::default()
    };
    let next = next.map(|slug| paths::communities(Some(&slug)));
    let first = continued.then(|| paths::COMMUNITIES.to_owned());
    let empty = communities.is_empty().then(|| {
        view! {
            <p>"Nothing has been written yet. Find your condition, and be the first in its community."</p>
        }
    });
    let items = communities
        .into_iter()
        .map(|community| view! { <One community/> })
        .collect_view();
    let links = vec![
        way("All conditions from A to Z", catalogue::paths::CONDITIONS),
        way("Community leaders", paths::LEADERS),
        way("Discussions of all communities", paths::DISCUSSIONS),
    ];
    view! {
        <Column title="Communities" head links>
            <p>
                "Every condition has a community that you can join. Here are those with something to read, the most recent first."
            </p>
            <div>
                <p>
                    <a class="button" href=paths::START_COMMUNITY>
                        "Start a community"
                    </a>
                </p>
                {empty} <ol class="topics">{items}</ol> <Pager first next/>
            </div>
        </Column>
    }
}

#[component]
fn One(community: ActiveCommunity) -> impl IntoView {
    let ActiveCommunity {
        condition,
        topics,
        resources,
        leaders,
        active,
    } = community;
    let counts: Vec<String> = [
        (topics, "discussion", "discussions"),
        (resources, "resource", "resources"),
        (leaders, "leader", "leaders"),
    ]
    .into_iter()
    .filter_map(|(count, one, several)| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count if count > MOST_COUNTED => Some(format!("more than {MOST_COUNTED} {several}")),
        count => Some(format!("{count} {several}")),
    })
    .collect();
    view! {
        <li>
            <a class="title" href=catalogue::paths::condition(&condition.slug)>
                {condition.name}
            </a>
            <div class="soft">
                {format!("{}. Last activity on ", counts.join(", "))} <Date time=active/> "."
            </div>
        </li>
    }
}
