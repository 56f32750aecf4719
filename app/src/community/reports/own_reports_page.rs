//! `/reports`: what you have reported.

use domain::{
    community::{OwnReport, OwnReports, ReportState, noun_of},
    text::sentence_case,
};
use leptos::prelude::*;

use super::{api, subject::path};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Date, Pager},
};

/// A page of what one has reported, and what became of it.
#[component]
pub fn OwnReportsPage() -> impl IntoView {
    let (done, after) = (use_query_value("done"), use_query_value("after"));
    let data = page_data(after, api::read_own_reports);
    view! {
        <Page
            data
            view=move |list| {
                let (done, continued) = (untrack(done).is_some(), untrack(after).is_some());
                view! { <List list done continued/> }.into_any()
            }
        />
    }
}

#[component]
fn List(list: OwnReports, done: bool, continued: bool) -> impl IntoView {
    let OwnReports { reports, next } = list;
    let notice = done.then(|| "Thank you. Moderators will look at it.".to_owned());
    let empty = reports
        .is_empty()
        .then(|| view! { <p>"You have not reported anything."</p> });
    let first = continued.then(|| paths::own_reports(None));
    let next = next.map(|next| paths::own_reports(Some(&next)));
    let links = vec![
        way("Notifications", paths::NOTIFICATIONS),
        way("Settings", account::paths::SETTINGS),
    ];
    let reports = reports
        .into_iter()
        .map(|report| view! { <One report/> })
        .collect_view();
    view! {
        <Column title="Your reports" notice links>
            <p class="soft">
                "You get a notification when a moderator has decided. Only you and moderators can see your reports."
            </p>
            <div>{empty} <ol class="topics">{reports}</ol> <Pager first next/></div>
        </Column>
    }
}

#[component]
fn One(report: OwnReport) -> impl IntoView {
    let OwnReport {
        kind,
        subject,
        reason,
        text,
        made,
        state,
        answer,
        ..
    } = report;
    let what = sentence_case(noun_of(&kind));
    let what = match subject.as_ref().and_then(path) {
        Some(path) => view! { <a class="title" href=path>{what}</a> }.into_any(),
        None => view! { <b>{what}</b> }.into_any(),
    };
    let text = (!text.is_empty()).then(|| view! { <pre class="diff">{text}</pre> });
    let answer = (state != ReportState::Open).then(|| view! { <p>"Answer: " <q>{answer}</q></p> });
    view! {
        <li>
            {what}
            <p class="soft">
                <b class="mark">{state.label()}</b> " " {reason.label()} ". Reported on "
                <Date time=made/> "."
            </p>
            {text}
            {answer}
        </li>
    }
}
