//! `/admin/reports`

use domain::{
    community::{CaseLine, CaseList, ReportState, noun_of},
    text::sentence_case,
};
use leptos::prelude::*;

use super::api;
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Date, Pager},
};

/// The cases that are open, or that are closed.
#[component]
pub fn CasesPage() -> impl IntoView {
    let (show, after) = (use_query_value("show"), use_query_value("after"));
    let closed = move || show().as_deref() == Some("closed");
    let data = page_data(
        move || (closed(), after()),
        |(closed, after)| api::read_cases(closed, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let closed = untrack(closed);
                let continued = untrack(after).is_some();
                view! { <List list closed continued/> }.into_any()
            }
        />
    }
}

#[component]
fn List(list: CaseList, closed: bool, continued: bool) -> impl IntoView {
    let first = continued.then(|| paths::admin_reports(closed, None));
    let next = list.next.as_deref();
    let next = next.map(|next| paths::admin_reports(closed, Some(next)));
    let (title, empty, other) = if closed {
        let other = way("Open reports", paths::admin_reports(false, None));
        ("Closed reports", "No reports have been closed.", other)
    } else {
        let other = way("Closed reports", paths::admin_reports(true, None));
        ("Reports", "No reports are waiting.", other)
    };
    let links = vec![
        other,
        way("What is waiting", paths::ADMIN_WAITING),
        way("Settings", account::paths::SETTINGS),
    ];
    let empty = list.cases.is_empty().then_some(empty);
    view! {
        <Column title links>
            <div>
                {empty.map(|empty| view! { <p>{empty}</p> })}
                <Cases cases=list.cases/>
                <Pager first next/>
            </div>
        </Column>
    }
}

/// Cases in a list.
#[component]
pub fn Cases(cases: Vec<CaseLine>) -> impl IntoView {
    let rows = cases
        .into_iter()
        .map(|case| {
            let CaseLine {
                id,
                kind,
                title,
                urgent,
                reports,
                opened,
                state,
            } = case;
            let what = sentence_case(noun_of(&kind));
            let title = if title.is_empty() {
                what
            } else {
                format!("{what}: {title}")
            };
            let urgent =
                urgent.then(|| view! { <b class="mark">"Someone may be in danger"</b> " " });
            let state = (state != ReportState::Open).then(|| format!("{}. ", state.label()));
            let people = match reports {
                1 => "Reported by 1 member".to_owned(),
                many => format!("Reported by {many} members"),
            };
            view! {
                <li>
                    <a class="title" href=paths::admin_report(&id)>
                        {title}
                    </a>
                    <div class="soft">
                        {urgent} {state} {people} ", first on " <Date time=opened/> "."
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="topics">{rows}</ol> }
}
