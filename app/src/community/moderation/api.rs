//! What the pages of decisions get from the server, and what becomes of an appeal.

use domain::community::{Decision, DecisionList};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::AppealFields;
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};

/// A page of what was decided about oneself.
#[server(input = GetUrl, prefix = "/api", endpoint = "moderation/decisions")]
pub async fn read_decisions(after: Option<String>) -> Result<Answer<DecisionList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let moderation = &services.moderation;
    let decisions = moderation.own_decisions(actor, after.as_deref()).await;
    Ok(account::for_members(decisions, paths::DECISIONS))
}

/// A decision about oneself.
#[server(input = GetUrl, prefix = "/api", endpoint = "moderation/decision")]
pub async fn read_decision(id: String) -> Result<Answer<Decision>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let decision = services.moderation.own_decision(actor, &id).await;
    Ok(account::for_members(decision, &paths::decision(&id)))
}

/// Appeals against a decision.
#[server(prefix = "/api", endpoint = "moderation/appeal", input = Json)]
pub async fn appeal(posted: Posted<AppealFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |AppealFields { id, words }, call| {
            let moderation = &call.services.moderation;
            moderation.appeal(call.actor(), &id, &words).await?;
            Ok(Done::at(format!("{}?done=sent", paths::decision(&id))))
        })
        .await
}
