//! `/registry/enrol/{random}/{step}`: one question a page.

use domain::registry::{EnrolmentPage, OwnEnrolment};
use leptos::prelude::*;

use super::{ahead::Known, api, paths, permission::AskPermission, question::AskQuestion};
use crate::{
    answer::Answer,
    page::{Page, page_data, use_part, way},
    ui::{Link, form::after_forms},
};

/// A question of step 1 or of step 3.
#[component]
pub fn EnrolmentStepPage() -> impl IntoView {
    let (address, step) = (use_part("random"), use_part("step"));
    let known = Known::provide();
    let data = page_data(
        move || (address(), step()),
        move |(address, step)| async move {
            if let Some(own) = known.page(&address, &step) {
                return Ok(Answer::Found((own, step)));
            }
            after_forms(api::read_step(address, step)).await
        },
    );
    view! {
        <Page
            data
            view=move |(own, step)| {
                known.shows(&own);
                question(own, &step)
            }
        />
    }
}

fn question(own: OwnEnrolment, step: &str) -> AnyView {
    let OwnEnrolment {
        address,
        enrolment,
        today,
        ..
    } = own;
    match EnrolmentPage::from_name(step) {
        Some(EnrolmentPage::Screening(question)) => {
            view! { <AskQuestion address enrolment question/> }.into_any()
        }
        Some(EnrolmentPage::Permissions(permission)) => {
            view! { <AskPermission address enrolment permission today/> }.into_any()
        }
        // The server leads to the overview.
        _ => ().into_any(),
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
