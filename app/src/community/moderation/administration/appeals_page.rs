//! `/admin/appeals`

use domain::community::{AppealLine, AppealList};
use leptos::prelude::*;

use super::{
    super::words::{action_words, appeal_words},
    api,
};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Date, Pager},
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
    let first = continued.then(|| paths::admin_appeals(decided, None));
    let next = list.next.as_deref();
    let next = next.map(|next| paths::admin_appeals(decided, Some(next)));
    let (title, empty, other) = if decided {
        let other = way("Appeals that wait", paths::admin_appeals(false, None));
        ("Decided appeals", "No appeal has been decided.", other)
    } else {
        let other = way("Decided appeals", paths::admin_appeals(true, None));
        ("Appeals", "No appeals are waiting.", other)
    };
    let links = vec![
        other,
        way("What is waiting", paths::ADMIN_WAITING),
        way("Settings", account::paths::SETTINGS),
    ];
    let empty = list.appeals.is_empty().then_some(empty);
    view! {
        <Column title links>
            <div>
                {empty.map(|empty| view! { <p>{empty}</p> })}
                <Appeals appeals=list.appeals/>
                <Pager first next/>
            </div>
        </Column>
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
