//! A request as it was made.

use domain::community::{CommunityRequest, RequestState, site_of};
use leptos::prelude::*;

/// What has become of a request, in words.
pub(super) fn state_words(state: RequestState) -> &'static str {
    match state {
        RequestState::Waiting => "Waiting for review",
        RequestState::Accepted => "Accepted",
        RequestState::Merged => "This community exists already",
        RequestState::Declined => "Declined",
    }
}

/// Why, where from, and whether who asked would lead.
#[component]
pub(super) fn Made(request: CommunityRequest) -> impl IntoView {
    let CommunityRequest {
        why, links, leads, ..
    } = request;
    let why = why
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view();
    let links = (!links.is_empty()).then(|| {
        let items = links
            .into_iter()
            .map(|link| {
                let site = site_of(&link).to_owned();
                view! {
                    <li>
                        <a href=link rel="nofollow ugc noopener external">
                            {site}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul>{items}</ul> }
    });
    let leads = leads.then(|| view! { <p>"Would like to lead this community."</p> });
    view! {
        <div>
            {why}
            {links}
            {leads}
        </div>
    }
}
