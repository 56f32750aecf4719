//! `/admin/reports`

use domain::{
    community::{CaseLine, CaseList, ReportState, noun_of},
    text::sentence_case,
};
use leptos::prelude::*;

use super::api;
use crate::{
    community::{
        administration::{Queue, QueueWords},
        paths,
    },
    page::{Page, page_data, use_query_value},
    ui::Date,
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
    let words = QueueWords {
        waiting: ("Reports", "No reports are waiting."),
        done: ("Closed reports", "No reports have been closed."),
        back: "Open reports",
    };
    let CaseList { cases, next } = list;
    let is_empty = cases.is_empty();
    view! {
        <Queue words path=paths::admin_reports done=closed continued next is_empty>
            <Cases cases/>
        </Queue>
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
