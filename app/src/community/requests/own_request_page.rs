//! `/start/requests/{id}`: what has become of your request.

use domain::community::{CommunityRequest, RequestState};
use leptos::prelude::*;

use super::{
    api,
    request::{Made, state_words},
};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::Date,
};

/// What has become of a request of one's own.
#[component]
pub fn OwnRequestPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("id"), api::read_own_request);
    view! {
        <Page
            data
            view=move |request| {
                let done = untrack(done).is_some();
                view! { <Whole request done/> }.into_any()
            }
        />
    }
}

#[component]
fn Whole(request: CommunityRequest, done: bool) -> impl IntoView {
    let waits = request.state == RequestState::Waiting;
    let notice = (done && waits)
        .then(|| "Thank you. We send you an email when your request is decided.".to_owned());
    let title = format!("Request: {}", request.name);
    let mut links = Vec::new();
    if let Some(condition) = &request.condition {
        links.push(way(
            format!("Community: {}", condition.name),
            catalogue::paths::condition(&condition.slug),
        ));
    }
    if request.state == RequestState::Accepted && request.leads {
        links.push(way("Your invitation to lead it", paths::OWN));
    }
    links.push(way("Your requests", paths::REQUEST_COMMUNITY));
    let state = state_words(request.state);
    let since = request.decided.unwrap_or(request.made);
    let words = request.words.clone();
    let words = (!words.is_empty()).then(|| view! { <p><q>{words}</q></p> });
    view! {
        <Column title notice links>
            <div>
                <p>
                    <b class="mark">{state}</b> " since " <Date time=since/> "."
                </p>
                {words}
            </div>
            <section aria-labelledby="asked-title">
                <h2 id="asked-title">"What you wrote"</h2>
                <Made request/>
            </section>
        </Column>
    }
}
