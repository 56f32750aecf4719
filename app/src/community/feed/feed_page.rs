//! `/communities/{slug}/feed`: what is new in a community.

use domain::community::{CommunityFeed, FeedKind};
use leptos::prelude::*;

use super::{
    api,
    lines::{Kinds, LIST, loader, portion, without_community},
};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::{Grow, LiveNews, Show},
};

/// A page of what is new in a community.
#[component]
pub fn FeedPage() -> impl IntoView {
    let slug = use_part("slug");
    let (kind, after) = (use_query_value("kind"), use_query_value("after"));
    let data = page_data(
        move || (slug(), kind(), after()),
        |(slug, kind, after)| api::read_feed(slug, kind, after),
    );
    view! {
        <Page
            data
            view=move |news| {
                let (kind, continued) = (untrack(kind), untrack(after).is_some());
                view! { <News news kind continued/> }.into_any()
            }
        />
    }
}

#[component]
fn News(news: CommunityFeed, kind: Option<String>, continued: bool) -> impl IntoView {
    let CommunityFeed {
        condition, feed, ..
    } = news;
    let slug = condition.slug;
    let shown = kind.as_deref().and_then(FeedKind::from_name);
    let path = paths::feed(&slug, shown, None);
    let title = format!("What is new: {}", condition.name);
    let head = PageHead {
        title: title.clone(),
        description: format!(
            "New discussions, replies, page changes and resources in the community of {}.",
            condition.name
        ),
        canonical: (!continued).then(|| path.clone()),
        feed: Some(paths::atom_feed(&slug)),
        ..PageHead::default()
    };
    let links = vec![
        way(
            format!("Back to {}", condition.name),
            catalogue::paths::condition(&slug),
        ),
        way("Discussions", paths::discussions(&slug, None)),
        way("As a feed (Atom)", paths::atom_feed(&slug)).outside_router(),
    ];
    let live = (!continued && shown.is_none()).then(|| {
        let watch = paths::live_community(&slug);
        let after = feed.newest.clone();
        view! { <LiveNews watch after show=Show::Here(LIST.to_owned()) one="new" many="new"/> }
    });
    let empty = match (feed.lines.is_empty(), feed.next.is_some()) {
        (true, false) => Some("Nothing has happened here yet."),
        (true, true) => Some("Nothing in this part of the list. There may be older news."),
        (false, _) => None,
    };
    let (slug_of_kinds, slug_of_pages, slug_of_load) = (slug.clone(), slug.clone(), slug);
    let load = loader(
        move |after| api::read_feed(slug_of_load.clone(), kind.clone(), Some(after)),
        |news: CommunityFeed| news.feed,
    );
    view! {
        <Column title head links>
            <Kinds
                present=shown.map(|kind| kind.as_str().to_owned())
                path=Box::new(move |kind| paths::feed(&slug_of_kinds, kind, None))
            />
            {live}
            <div>
                {empty.map(|words| view! { <p>{words}</p> })}
                <Grow
                    id=LIST
                    first=portion(feed)
                    load
                    item=without_community
                    path=Box::new(move |after| paths::feed(&slug_of_pages, shown, Some(after)))
                    beginning=continued.then_some(path)
                />
            </div>
        </Column>
    }
}
