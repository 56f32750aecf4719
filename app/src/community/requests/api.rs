//! What the pages of requests get from the server, and what becomes of their form.

use domain::community::CommunityRequest;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::RequestCommunityFields;
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};

/// What one has asked for, on the page where one asks.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/own-requests")]
pub async fn read_own_requests() -> Result<Answer<Vec<CommunityRequest>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.requests.own_requests(actor).await;
    Ok(account::for_members(own, paths::REQUEST_COMMUNITY))
}

/// A request of one's own.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/own-request")]
pub async fn read_own_request(id: String) -> Result<Answer<CommunityRequest>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.requests.own_request(actor, &id).await;
    Ok(account::for_members(own, &paths::own_request(&id)))
}

/// Asks for a community.
#[server(prefix = "/api", endpoint = "community/request-community", input = Json)]
pub async fn request_community(
    posted: Posted<RequestCommunityFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let (requests, submission) = (&call.services.requests, call.submission());
            let made = requests.request(call.actor(), fields.draft(), &submission);
            let path = paths::own_request(&made.await?);
            Ok(Done::at(format!("{path}?done=sent")))
        })
        .await
}
