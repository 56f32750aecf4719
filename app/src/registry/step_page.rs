//! `/registry/enrol/{random}/{step}`: one thing a page.

use leptos::prelude::*;

use super::{
    api::{self, PageView, StepView},
    document::SignDocument,
    leave::Leave,
    ledger::Ledger,
    permission::AskPermission,
    question::AskQuestion,
};
use crate::page::{Page, page_data, use_part, use_query_value};

/// One page of an enrolment.
#[component]
pub fn EnrolmentStepPage() -> impl IntoView {
    let (address, step) = (use_part("random"), use_part("step"));
    let changed = use_query_value("done");
    let data = page_data(
        move || (address(), step()),
        |(address, step)| api::read_step(address, step),
    );
    view! { <Page data view=move |shown| step_view(shown, changed().is_some())/> }
}

fn step_view(shown: StepView, changed: bool) -> AnyView {
    let StepView {
        address,
        enrolment,
        today,
        page,
    } = shown;
    match page {
        PageView::Question(question) => {
            view! { <AskQuestion address enrolment question/> }.into_any()
        }
        PageView::Document { document, email } => {
            let document = *document;
            view! { <SignDocument address document email changed/> }.into_any()
        }
        PageView::Ledger(lines) => view! { <Ledger address lines/> }.into_any(),
        PageView::Leave => view! { <Leave address enrolment/> }.into_any(),
        PageView::Permission(permission) => {
            view! { <AskPermission address enrolment permission today/> }.into_any()
        }
    }
}
