//! Where somebody takes their agreement back.

use domain::registry::{Enrolment, Withdrawal};
use leptos::prelude::*;

use super::{forms::WithdrawFields, paths};
use crate::{
    page::{Column, way},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Each grade, with what then happens and a button of its own.
#[component]
pub(super) fn Leave(
    /// The random part of the addresses of the participant's pages.
    address: String,
    /// What is known so far.
    enrolment: Enrolment,
) -> impl IntoView {
    let links = vec![way("Stay in the registry", paths::enrolment(&address))];
    let grades = Withdrawal::ALL
        .into_iter()
        .filter(|grade| enrolment.withdrawn < Some(*grade))
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
