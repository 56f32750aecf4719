//! What the page gets from the server, and what becomes of its form.

use domain::registry::Withdrawal;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::WithdrawFields;
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use crate::{
    context,
    registry::{api::for_holders, paths},
    ui::form::Done,
};
#[cfg(feature = "ssr")]
use domain::registry::EnrolmentPage;

/// From how much one can withdraw still, the least first.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/leaving")]
pub async fn read_leaving(address: String) -> Result<Answer<Vec<Withdrawal>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.registry.enrolment(actor, &address).await;
    let left = own.map(|own| own.enrolment.can_withdraw());
    Ok(match for_holders(left, &address, EnrolmentPage::Leave) {
        Answer::Found(left) if left.is_empty() => Answer::elsewhere(paths::enrolment(&address)),
        answer => answer,
    })
}

/// Takes the agreement back.
#[server(prefix = "/api", endpoint = "registry/withdraw", input = Json)]
pub async fn withdraw(posted: Posted<WithdrawFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let registry = &call.services.registry;
            let address = fields.participant;
            let step = registry.withdraw(call.actor(), &address, fields.grade);
            step.await?;
            Ok(Done::at(format!(
                "{}?done=left",
                paths::enrolment(&address)
            )))
        })
        .await
}
