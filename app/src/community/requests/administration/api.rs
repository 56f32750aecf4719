//! What the pages of requests show to who decides, and what becomes of their forms. Nothing here needs an
//! address of its own: the pages are made on the server, and no script sends their forms.

use domain::{
    Result as DomainResult,
    community::{RequestDecision, RequestList, RequestToDecide, Waiting},
};
use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::{AcceptRequestFields, DeclineRequestFields, MergeRequestFields};
use crate::{
    answer::{Answer, Loaded},
    community::paths,
    context,
    ui::form::{Call, Done, Outcome, Posted},
};

/// A page of the requests that wait, or that are decided.
pub async fn read_requests(decided: bool, after: Option<String>) -> Loaded<RequestList> {
    let (services, actor) = (context::services(), context::actor());
    let requests = services.requests.requests(actor, decided, after.as_deref());
    Ok(Answer::of(requests.await))
}

/// A request.
pub async fn read_request(id: String) -> Loaded<RequestToDecide> {
    let (services, actor) = (context::services(), context::actor());
    let request = services.requests.request_to_decide(actor, &id).await;
    Ok(Answer::of(request))
}

/// What waits.
pub async fn read_waiting() -> Loaded<Waiting> {
    let (services, actor) = (context::services(), context::actor());
    Ok(Answer::of(
        services.requests.waiting_everywhere(actor).await,
    ))
}

async fn decide(call: &Call, id: &str, decision: RequestDecision) -> DomainResult<Done> {
    let requests = &call.services.requests;
    requests.decide_request(call.actor(), id, decision).await?;
    Ok(Done::at(format!(
        "{}?done=decided",
        paths::admin_request(id)
    )))
}

/// Makes a new condition.
#[server(prefix = "/api", endpoint = "requests/accept", input = Json)]
pub async fn accept_request(posted: Posted<AcceptRequestFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |AcceptRequestFields { id, name, words }, call| {
            decide(&call, &id, RequestDecision::Accept { name, words }).await
        })
        .await
}

/// Leads to a condition that is there.
#[server(prefix = "/api", endpoint = "requests/merge", input = Json)]
pub async fn merge_request(posted: Posted<MergeRequestFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let MergeRequestFields {
                id,
                condition,
                words,
            } = fields;
            let catalogue = &call.services.catalogue;
            let named = catalogue.named(call.actor(), "condition", &condition);
            let slug = named.await?.slug;
            decide(&call, &id, RequestDecision::Merge { slug, words }).await
        })
        .await
}

/// Makes none.
#[server(prefix = "/api", endpoint = "requests/decline", input = Json)]
pub async fn decline_request(
    posted: Posted<DeclineRequestFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DeclineRequestFields { id, words }, call| {
            decide(&call, &id, RequestDecision::Decline { words }).await
        })
        .await
}
