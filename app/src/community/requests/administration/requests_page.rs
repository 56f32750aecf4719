//! `/admin/requests`

use domain::community::{CommunityRequest, RequestList};
use leptos::prelude::*;

use super::{super::request::state_words, api};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Date, Pager},
};

/// The requests that wait, or that are decided.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let (show, after) = (use_query_value("show"), use_query_value("after"));
    let decided = move || show().as_deref() == Some("decided");
    let data = page_data(
        move || (decided(), after()),
        |(decided, after)| api::read_requests(decided, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let decided = untrack(decided);
                let continued = untrack(after).is_some();
                view! { <List list decided continued/> }.into_any()
            }
        />
    }
}

#[component]
fn List(list: RequestList, decided: bool, continued: bool) -> impl IntoView {
    let first = continued.then(|| paths::admin_requests(decided, None));
    let next = list.next.as_deref();
    let next = next.map(|next| paths::admin_requests(decided, Some(next)));
    let (title, empty, other) = if decided {
        let other = way("Requests that wait", paths::admin_requests(false, None));
        ("Decided requests", "No request has been decided.", other)
    } else {
        let other = way("Decided requests", paths::admin_requests(true, None));
        (
            "Requests for communities",
            "No requests are waiting.",
            other,
        )
    };
    let links = vec![
        other,
        way("What is waiting", paths::ADMIN_WAITING),
        way("Settings", account::paths::SETTINGS),
    ];
    let empty = list.requests.is_empty().then_some(empty);
    view! {
        <Column title links>
            <div>
                {empty.map(|empty| view! { <p>{empty}</p> })}
                <Requests requests=list.requests/>
                <Pager first next/>
            </div>
        </Column>
    }
}

/// Requests in a list.
#[component]
pub(super) fn Requests(requests: Vec<CommunityRequest>) -> impl IntoView {
    let rows = requests
        .into_iter()
        .map(|request| {
            view! {
                <li>
                    <a class="title" href=paths::admin_request(&request.id)>
                        {request.name}
                    </a>
                    <div class="soft">
                        {state_words(request.state)} ". Sent on " <Date time=request.made/> "."
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="topics">{rows}</ol> }
}
