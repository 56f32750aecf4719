//! `/admin/waiting`

use domain::community::{Waiting, WaitingFirstPosts, WaitingResource};
use leptos::prelude::*;

use super::{api, requests_page::Requests};
use crate::{
    account,
    community::{moderation::administration::Appeals, paths, reports::administration::Cases},
    page::{Column, Page, page_data, way},
    ui::Date,
    wiki,
};

/// What waits for moderators, in all communities.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_waiting());
    view! { <Page data view=|waiting| view! { <All waiting/> }.into_any()/> }
}

#[component]
fn All(waiting: Waiting) -> impl IntoView {
    let Waiting {
        requests,
        resources,
        first_posts,
        appeals,
        reports,
    } = waiting;
    let links = vec![
        way("All reports", paths::admin_reports(false, None)),
        way("All appeals", paths::admin_appeals(false, None)),
        way("All requests", paths::admin_requests(false, None)),
        way("Texts held back", wiki::paths::HELD_TEXTS),
        way("Settings", account::paths::SETTINGS),
    ];
    let no_requests = requests
        .is_empty()
        .then(|| view! { <p>"No requests are waiting."</p> });
    let no_reports = reports
        .is_empty()
        .then(|| view! { <p>"No reports are waiting."</p> });
    let no_resources = resources
        .is_empty()
        .then(|| view! { <p>"No resources are waiting."</p> });
    let no_first_posts = first_posts
        .is_empty()
        .then(|| view! { <p>"No first posts are waiting."</p> });
    let first_posts = first_posts
        .into_iter()
        .map(|waiting| view! { <FirstPosts waiting/> })
        .collect_view();
    let no_appeals = appeals
        .is_empty()
        .then(|| view! { <p>"No appeals are waiting."</p> });
    let resources = resources
        .into_iter()
        .map(|resource| view! { <Suggestion resource/> })
        .collect_view();
    view! {
        <Column title="What is waiting" links>
            <section aria-labelledby="reports-title">
                <h2 id="reports-title">"Reports"</h2>
                {no_reports}
                <Cases cases=reports/>
            </section>
            <section aria-labelledby="appeals-title">
                <h2 id="appeals-title">"Appeals"</h2>
                {no_appeals}
                <Appeals appeals/>
            </section>
            <section aria-labelledby="requests-title">
                <h2 id="requests-title">"Requests for communities"</h2>
                {no_requests}
                <Requests requests/>
            </section>
            <section aria-labelledby="first-posts-title">
                <h2 id="first-posts-title">"First posts"</h2>
                {no_first_posts}
                <ol class="topics">{first_posts}</ol>
            </section>
            <section aria-labelledby="resources-title">
                <h2 id="resources-title">"Suggested resources"</h2>
                {no_resources}
                <ol class="topics">{resources}</ol>
            </section>
        </Column>
    }
}

#[component]
fn FirstPosts(waiting: WaitingFirstPosts) -> impl IntoView {
    let WaitingFirstPosts {
        condition,
        posts,
        since,
    } = waiting;
    let many = match posts {
        1 => "1 post is waiting, since ".to_owned(),
        _ => format!("{posts} posts are waiting, the oldest since "),
    };
    view! {
        <li>
            <a class="title" href=paths::first_posts(&condition.slug)>
                {condition.name}
            </a>
            <div class="soft">{many} <Date time=since/> "."</div>
        </li>
    }
}

#[component]
fn Suggestion(resource: WaitingResource) -> impl IntoView {
    let WaitingResource {
        id,
        condition,
        title,
        since,
    } = resource;
    view! {
        <li>
            <a class="title" href=paths::resource(&condition.slug, &id)>
                {title}
            </a>
            <div class="soft">
                {condition.name} ". Suggested on " <Date time=since/> "."
            </div>
        </li>
    }
}
