//! `/admin/requests`

use domain::community::{CommunityRequest, RequestList};
use leptos::prelude::*;

use super::{super::request::state_words, api};
use crate::{
    community::{
        administration::{Queue, QueueWords},
        paths,
    },
    page::{Page, page_data, use_query_value},
    ui::Date,
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
    let words = QueueWords {
        waiting: ("Requests for communities", "No requests are waiting."),
        done: ("Decided requests", "No request has been decided."),
        back: "Requests that wait",
    };
    let RequestList { requests, next } = list;
    let is_empty = requests.is_empty();
    view! {
        <Queue words path=paths::admin_requests done=decided continued next is_empty>
            <Requests requests/>
        </Queue>
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
