//! What the pages of held texts show, and what becomes of their forms. Nothing here needs an address
//! of its own: the pages are made on the server, and no script sends their forms.

use domain::{
    Result as DomainResult,
    wiki::{HeldDecision, HeldList, HeldText},
};
use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::{AttachFields, DiscardFields, ShowFields};
use crate::{
    answer::{Answer, Loaded},
    context,
    ui::form::{Call, Done, Outcome, Posted},
    wiki::paths,
};

/// A page of the texts that wait.
pub async fn read_list(after: Option<String>) -> Loaded<HeldList> {
    let (services, actor) = (context::services(), context::actor());
    let list = services.held_texts.waiting(actor, after.as_deref());
    Ok(Answer::of(list.await))
}

/// A text that waits.
pub async fn read_text(id: String) -> Loaded<HeldText> {
    let (services, actor) = (context::services(), context::actor());
    Ok(Answer::of(services.held_texts.held(actor, &id).await))
}

async fn decide(call: &Call, id: &str, decision: HeldDecision) -> DomainResult<Done> {
    let done = if decision == HeldDecision::Discard {
        "discarded"
    } else {
        "shown"
    };
    let held_texts = &call.services.held_texts;
    let (condition, placed) = held_texts.decide_held(call.actor(), id, decision).await?;
    Ok(Done::at(format!(
        "{}?done={done}&placed={placed}&condition={}",
        paths::HELD_TEXTS,
        condition.slug
    )))
}

/// Shows it where it was filed.
#[server(prefix = "/api", endpoint = "held-texts/show", input = Json)]
pub async fn show(posted: Posted<ShowFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| decide(&call, &fields.id, HeldDecision::Show).await)
        .await
}

/// Shows it with another condition.
#[server(prefix = "/api", endpoint = "held-texts/attach", input = Json)]
pub async fn attach(posted: Posted<AttachFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let catalogue = &call.services.catalogue;
            let meant = catalogue
                .named(call.actor(), "condition", &fields.condition)
                .await?;
            decide(&call, &fields.id, HeldDecision::Attach(meant.slug)).await
        })
        .await
}

/// Never shows it.
#[server(prefix = "/api", endpoint = "held-texts/discard", input = Json)]
pub async fn discard(posted: Posted<DiscardFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| decide(&call, &fields.id, HeldDecision::Discard).await)
        .await
}
