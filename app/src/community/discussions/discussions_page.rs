//! `/communities/{slug}/discussions`: what is discussed in a community.

use domain::community::{ConditionFollow, TopicList};
use leptos::prelude::*;

use super::{api, topics::Topics};
use crate::{
    catalogue,
    community::{
        CommunityTab, CommunityTabs,
        membership::{Join, Place},
        notifications::FollowCondition,
        paths,
    },
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    search::SearchDiscussions,
    ui::{LiveNews, Pager, Show},
};

/// A page of the discussions of a community.
#[component]
pub fn DiscussionsPage() -> impl IntoView {
    let (slug, after) = (use_part("slug"), use_query_value("after"));
    let data = page_data(
        move || (slug(), after()),
        |(slug, after)| api::read_discussions(slug, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <Discussions list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn Discussions(list: TopicList, continued: bool) -> impl IntoView {
    let TopicList {
        condition,
        pinned,
        topics,
        next,
        joined,
        following,
        ..
    } = list;
    let slug = condition.slug;
    let path = paths::discussions(&slug, None);
    let title = format!("Discussions: {}", condition.name);
    let head = PageHead {
        title: title.clone(),
        description: format!(
            "What people discuss in the community of {}.",
            condition.name
        ),
        canonical: (!continued).then(|| path.clone()),
        feed: Some(paths::discussions_feed(&slug)),
        ..PageHead::default()
    };
    let links = vec![
        way(
            format!("Back to {}", condition.name),
            catalogue::paths::condition(&slug),
        ),
        way("Discussions of all communities", paths::DISCUSSIONS),
        way("As a feed (Atom)", paths::discussions_feed(&slug)).outside_router(),
    ];
    let what = ConditionFollow::Discussions;
    let follow =
        following.map(|following| view! { <FollowCondition slug=slug.clone() what following/> });
    let next = next.map(|id| paths::discussions(&slug, Some(&id)));
    let start = paths::start(&slug);
    let empty = (topics.is_empty() && pinned.is_empty())
        .then(|| view! { <p>"There are no new discussions. Start one now."</p> });
    let search = (!topics.is_empty()).then(|| {
        let slug = slug.clone();
        view! { <SearchDiscussions slug/> }
    });
    let topics = topics.into_iter().map(|topic| (topic, None)).collect();
    let live = (!continued).then(|| {
        let (watch, show) = (
            paths::live_discussions(&slug),
            Show::Here("main".to_owned()),
        );
        view! { <LiveNews watch show one="new post" many="new posts"/> }
    });
    let pinned = (!pinned.is_empty()).then(|| {
        let topics = pinned.into_iter().map(|topic| (topic, None)).collect();
        view! {
            <section aria-labelledby="pinned-title">
                <h2 id="pinned-title">"Pinned"</h2>
                <Topics topics/>
            </section>
        }
    });
    let of_tabs = slug.clone();
    view! {
        <Column title head links>
            <CommunityTabs slug=of_tabs here=CommunityTab::Discussions/>
            {(!joined).then(|| view! { <Join slug place=Place::Discussions/> })}
            {follow}
            <div>
                {empty} <p>
                    <a class="button" href=start>
                        "Start a discussion"
                    </a>
                </p> {search} {live} {pinned} <Topics topics/> <Pager first=continued.then_some(path) next/>
            </div>
        </Column>
    }
}
