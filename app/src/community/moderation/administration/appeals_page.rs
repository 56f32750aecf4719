//! `/admin/appeals`

use domain::community::{AppealLine, AppealList};
use leptos::prelude::*;

use super::{
    super::words::{action_words, appeal_words},
    api,
};
use crate::{
    community::{
        administration::{Queue, QueueWords},
        paths,
    },
    page::{Page, page_data, use_query_value},
    ui::Date,
};

/// The appeals that wait, or that are decided.
#[component]
pub fn AppealsPage() -> impl IntoView {
    let (show, after) = (use_query_value("show"), use_query_value("after"));
    let decided = move || show().as_deref() == Some("decided");
    let data = page_data(
        move || (decided(), after()),
        |(decided, after)| api::read_appeals(decided, after),
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
fn List(list: AppealList, decided: bool, continued: bool) -> impl IntoView {
    let words = QueueWords {
        waiting: ("Appeals", "No appeals are waiting."),
        done: ("Decided appeals", "No appeal has been decided."),
        back: "Appeals that wait",
    };
    let AppealList { appeals, next } = list;
    let is_empty = appeals.is_empty();
    view! {
        <Queue words path=paths::admin_appeals done=decided continued next is_empty>
            <Appeals appeals/>
        </Queue>
    }
}

/// Appeals in a list.
#[component]
pub(in crate::community) fn Appeals(appeals: Vec<AppealLine>) -> impl IntoView {
    let rows = appeals
        .into_iter()
        .map(|appeal| {
            view! {
                <li>
                    <a class="title" href=paths::admin_appeal(&appeal.id)>
                        {action_words(&appeal.kind)}
                    </a>
                    <div class="soft">
                        {appeal_words(appeal.state)} ". Sent on " <Date time=appeal.made/> "."
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="topics">{rows}</ol> }
}
