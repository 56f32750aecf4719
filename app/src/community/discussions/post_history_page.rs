//! `/topics/{id}/{words}/posts/{number}/history`: the texts that a post has had, and what was changed from
//! one to the next.

use domain::{
    SafeHtml,
    community::{PostChange, PostHistory, PostVersion},
};
use leptos::prelude::*;

use super::{
    api,
    post_body::{Noted, PostBody},
};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::{Moment, Prose, Unified},
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
    let PostVersion {
        html,
        saved,
        content_note,
        change,
        ..
    } = version;
    let mark = present.then(|| view! { <b class="mark">"Current version"</b> });
    let shown = match change {
        None => view! { <PostBody html content_note/> }.into_any(),
        Some(change) => view! { <Changed change/> <WholeText html content_note/> }.into_any(),
    };
    view! {
        <li>
            <p class="soft"><Moment time=saved/> " " {mark}</p>
            {shown}
        </li>
    }
}

/// What an edit changed.
#[component]
fn Changed(change: PostChange) -> impl IntoView {
    let PostChange {
        text,
        note,
        content_note,
    } = change;
    let note = (!note.is_empty()).then(|| {
        view! {
            <p class="soft">"Changes to the content note:"</p>
            <Unified changes=note/>
        }
    });
    let text = (!text.is_empty()).then(|| {
        view! {
            <p class="soft">"Changes to the text:"</p>
            <Noted content_note label="Show the changes">
                <Unified changes=text/>
            </Noted>
        }
    });
    view! { {note} {text} }
}

/// The text of a version, for who wants more than the changes.
#[component]
fn WholeText(html: SafeHtml, content_note: Option<String>) -> impl IntoView {
    if content_note.is_some() {
        return view! { <PostBody html content_note/> }.into_any();
    }
    view! {
        <details class="folded">
            <summary>"Show the whole text"</summary>
            <Prose html class="prose"/>
        </details>
    }
    .into_any()
}
