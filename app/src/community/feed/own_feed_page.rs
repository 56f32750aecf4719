//! `/feed`: what is new in your communities.

use domain::community::{FeedKind, FeedLine, OwnFeed};
use leptos::prelude::*;

use super::{
    api,
    lines::{Kinds, LIST, loader, portion, with_community},
};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Grow, LiveNews, Moment, Show},
};

/// A page of what is new in your communities.
#[component]
pub fn OwnFeedPage() -> impl IntoView {
    let (kind, since) = (use_query_value("kind"), use_query_value("since"));
    let after = use_query_value("after");
    let data = page_data(
        move || (kind(), since(), after()),
        |(kind, since, after)| api::read_own_feed(kind, since, after),
    );
    view! {
        <Page
            data
            view=move |news| {
                let (kind, only_new) = (untrack(kind), untrack(since).is_some());
                let continued = untrack(after).is_some();
                view! { <News news kind only_new continued/> }.into_any()
            }
        />
    }
}

#[component]
fn News(news: OwnFeed, kind: Option<String>, only_new: bool, continued: bool) -> impl IntoView {
    let OwnFeed {
        feed,
        joined,
        last_visit,
    } = news;
    let shown = kind.as_deref().and_then(FeedKind::from_name);
    let links = vec![
        way("Your communities", paths::OWN),
        way("Discussions of all communities", paths::DISCUSSIONS),
    ];
    let live = (!continued && shown.is_none() && !only_new).then(|| {
        let (watch, after) = (paths::live_feed(), feed.newest.clone());
        view! { <LiveNews watch after show=Show::Here(LIST.to_owned()) one="new" many="new"/> }
    });
    let since = (!continued && last_visit.is_some()).then(|| {
        let new = feed.lines.iter().filter(|line| line.new).count();
        view! { <Since new last_visit only_new shown more=feed.next.is_some()/> }
    });
    let empty = empty(&feed.lines, feed.next.is_some(), joined, only_new);
    let path = paths::own_feed(shown, only_new, None);
    let load = loader(
        move |after| {
            let since = only_new.then(|| paths::LAST_VISIT.to_owned());
            api::read_own_feed(kind.clone(), since, Some(after))
        },
        |news: OwnFeed| news.feed,
    );
    view! {
        <Column title="Your feed" links>
            <p class="soft">"What is new in the communities that you have joined."</p>
            <Kinds
                present=shown.map(|kind| kind.as_str().to_owned())
                path=Box::new(move |kind| paths::own_feed(kind, only_new, None))
            />
            {since}
            {live}
            <div>
                {empty}
                <Grow
                    id=LIST
                    first=portion(feed)
                    load
                    item=with_community
                    path=Box::new(move |after| paths::own_feed(shown, only_new, Some(after)))
                    beginning=continued.then_some(path)
                />
            </div>
        </Column>
    }
}

/// How much of it is new, and the way to see that alone, or all.
#[component]
fn Since(
    new: usize,
    last_visit: Option<domain::time::Timestamp>,
    only_new: bool,
    shown: Option<FeedKind>,
    more: bool,
) -> impl IntoView {
    let words = match new {
        0 => "Nothing new since your last visit, ".to_owned(),
        // All on this page are: there may be more.
        new if more => format!("{new} or more new since your last visit, "),
        new => format!("{new} new since your last visit, "),
    };
    let link = match (only_new, new) {
        (true, _) => Some(("Show everything", paths::own_feed(shown, false, None))),
        (false, 0) => None,
        (false, _) => Some(("Show only these", paths::own_feed(shown, true, None))),
    };
    let time = last_visit.map(|time| view! { <Moment time/> });
    view! {
        <p>
            {words} {time} ". "
            {link.map(|(words, path)| view! { <a href=path>{words}</a> })}
        </p>
    }
}

fn empty(lines: &[FeedLine], more: bool, joined: bool, only_new: bool) -> Option<AnyView> {
    if !lines.is_empty() {
        return None;
    }
    Some(if !joined {
        view! {
            <p>
                "You have not joined a community yet. "
                <a href=catalogue::paths::CONDITIONS>"Find your community"</a>
            </p>
        }
        .into_any()
    } else if more {
        view! { <p>"Nothing in this part of the list. There may be older news."</p> }.into_any()
    } else if only_new {
        view! { <p>"You have seen everything."</p> }.into_any()
    } else {
        view! { <p>"Nothing has happened in your communities yet."</p> }.into_any()
    })
}
