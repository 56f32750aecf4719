//! `/topics/{id}/{words}/posts/{number}/history`: the texts that a post has had.

use domain::community::{PostHistory, PostVersion};
use leptos::prelude::*;

use super::{api, post_body::PostBody};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::Moment,
};

/// The texts that a post has had.
#[component]
pub fn PostHistoryPage() -> impl IntoView {
    let (id, number) = (use_part("id"), use_part("number"));
    let data = page_data(
        move || (id(), number().parse().unwrap_or_default()),
        |(id, number)| api::read_post_history(id, number),
    );
    view! { <Page data view=|history| view! { <Versions history/> }.into_any()/> }
}

#[component]
fn Versions(history: PostHistory) -> impl IntoView {
    let PostHistory {
        topic,
        number,
        versions,
    } = history;
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        paths::post_of(&topic, number),
    )];
    let versions = versions
        .into_iter()
        .enumerate()
        .map(|(index, version)| view! { <Version version present=index == 0/> })
        .collect_view();
    view! {
        <Column title=format!("Versions of post {number}") links>
            <ol class="posts">{versions}</ol>
        </Column>
    }
}

#[component]
fn Version(version: PostVersion, present: bool) -> impl IntoView {
    let mark = present.then(|| view! { <b class="mark">"Current version"</b> });
    view! {
        <li>
            <p class="soft"><Moment time=version.saved/> " " {mark}</p>
            <PostBody html=version.html content_note=version.content_note/>
        </li>
    }
}
