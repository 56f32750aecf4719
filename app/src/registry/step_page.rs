//! `/registry/enrol/{random}/{step}`: one thing a page.

use domain::registry::EnrolmentPage;
use leptos::prelude::*;

use super::{
    ahead::Known,
    api::{self, PageView, StepView},
    document::SignDocument,
    paths,
    permission::AskPermission,
    question::AskQuestion,
};
use crate::{
    answer::Answer,
    page::{Page, page_data, use_part, use_query_value, way},
    ui::{Link, form::after_forms},
};

/// One page of an enrolment.
#[component]
pub fn EnrolmentStepPage() -> impl IntoView {
    let (address, step) = (use_part("random"), use_part("step"));
    let changed = use_query_value("done");
    let known = Known::provide();
    let data = page_data(
        move || (address(), step()),
        move |(address, step)| async move {
            if let Some(page) = known.page(&address, &step) {
                return Ok(Answer::Found(page));
            }
            after_forms(api::read_step(address, step)).await
        },
    );
    view! {
        <Page
            data
            view=move |shown| {
                known.shows(&shown);
                step_view(shown, changed().is_some())
            }
        />
    }
}

fn step_view(shown: StepView, changed: bool) -> AnyView {
    let StepView {
        address,
        enrolment,
        today,
        page,
        ..
    } = shown;
    match page {
        PageView::Question(question) => {
            view! { <AskQuestion address enrolment question/> }.into_any()
        }
        PageView::Document { document, email } => {
            let document = *document;
            view! { <SignDocument address document email changed/> }.into_any()
        }
        PageView::Permission(permission) => {
            view! { <AskPermission address enrolment permission today/> }.into_any()
        }
    }
}

/// Which of the questions it is, and the ways to the one before and to all.
pub(super) fn place(
    address: &str,
    asked: &[EnrolmentPage],
    page: EnrolmentPage,
) -> (String, Vec<Link>) {
    let at = asked.iter().position(|other| *other == page);
    let at = at.unwrap_or_default();
    let mut links = Vec::new();
    if let Some(before) = at.checked_sub(1).and_then(|before| asked.get(before)) {
        let path = paths::step(address, *before);
        links.push(way("Back to the question before", path));
    }
    links.push(way("All your answers", paths::enrolment(address)));
    (format!("question {} of {}", at + 1, asked.len()), links)
}
