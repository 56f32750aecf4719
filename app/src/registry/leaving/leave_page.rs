//! `/registry/enrol/{random}/leave`: where somebody takes their agreement back.

use domain::registry::Withdrawal;
use leptos::prelude::*;

use super::{api, forms::WithdrawFields};
use crate::{
    page::{Column, Page, page_data, use_part, way},
    registry::paths,
    ui::form::{Buttons, Form, Hidden, Submit, after_forms},
};

/// Each grade, with what then happens and a button of its own.
#[component]
pub fn LeaveRegistryPage() -> impl IntoView {
    let address = use_part("random");
    let data = page_data(address, |address| after_forms(api::read_leaving(address)));
    let view = move |grades| view! { <Leave address=untrack(address) grades/> }.into_any();
    view! { <Page data view/> }
}

#[component]
fn Leave(address: String, grades: Vec<Withdrawal>) -> impl IntoView {
    let links = vec![way("Stay in the registry", paths::enrolment(&address))];
    let grades = grades
        .into_iter()
        .map(|grade| {
            let danger = grade == Withdrawal::Deletion;
            let participant = address.clone();
            view! {
                <Form<WithdrawFields>
                    of=grade.as_str()
                    heading=grade.label()
                    text=grade.words()
                    danger
                >
                    <Hidden name="participant" value=participant/>
                    <Hidden name="grade" value=grade.as_str()/>
                    <Buttons>
                        <Submit label=grade.label() danger/>
                    </Buttons>
                </Form<WithdrawFields>>
            }
        })
        .collect_view();
    view! {
        <Column title="Leave the registry" links>
            <p>"You do not need to give a reason. Choose what should stop. It takes effect straight away."</p>
            {grades}
        </Column>
    }
}
