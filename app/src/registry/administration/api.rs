//! What the pages of the desk show, and what becomes of their forms. Nothing here has an address of its own: no
//! script sends the forms.

use domain::{
    Error,
    account::SecondFactorCode,
    registry::{AccessList, DeskParticipant, RequestList, pseudonym_of},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use super::forms::{
    BreakGlassFields, CloseAccessFields, CloseRequestFields, FindParticipantFields,
};
use crate::{
    answer::{Answer, Loaded},
    context,
    registry::paths,
    ui::form::{Done, Outcome, Posted},
};

/// What the desk shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeskView {
    /// Who has looked at whom in the last days.
    pub accesses: AccessList,
    /// What researchers ask.
    pub requests: RequestList,
}

/// Which part of its lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPart {
    /// Whether the requests are those that are closed.
    pub closed: bool,
    /// Behind which request.
    pub after: Option<String>,
    /// Behind which access.
    pub looked_after: Option<String>,
}

/// What the desk shows.
pub async fn read_desk(part: DeskPart) -> Loaded<DeskView> {
    let (services, actor) = (context::services(), context::actor());
    let requests = services.registry_requests;
    let requests = requests.requests(actor, part.closed, part.after.as_deref());
    let requests = match requests.await {
        Ok(requests) => requests,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let desk = services.registry_desk;
    let accesses = desk.accesses(actor, part.looked_after.as_deref()).await;
    Ok(Answer::of(accesses).map(|accesses| DeskView { accesses, requests }))
}

/// Closes a request of researchers.
#[server(prefix = "/api", endpoint = "registry/close-request", input = Json)]
pub async fn close_request(posted: Posted<CloseRequestFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |CloseRequestFields { id }, call| {
            let requests = &call.services.registry_requests;
            requests.close_request(call.actor(), &id).await?;
            Ok(Done::at(paths::DESK))
        })
        .await
}

/// A participant.
pub async fn read_participant(pseudonym: String) -> Loaded<DeskParticipant> {
    let (services, actor) = (context::services(), context::actor());
    let desk = services.registry_desk;
    Ok(Answer::of(desk.participant(actor, &pseudonym).await))
}

/// Finds a participant by their code.
#[server(prefix = "/api", endpoint = "registry/find-participant", input = Json)]
pub async fn find_participant(
    posted: Posted<FindParticipantFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |FindParticipantFields { code }, call| {
            let desk = &call.services.registry_desk;
            let found = desk.find_participant(call.actor(), &code).await?;
            Ok(Done::at(paths::desk_participant(&found)))
        })
        .await
}

/// Looks at who a participant is.
#[server(prefix = "/api", endpoint = "registry/break-glass", input = Json)]
pub async fn break_glass(posted: Posted<BreakGlassFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let code = SecondFactorCode::parse("code", &fields.code)?;
            let desk = &call.services.registry_desk;
            let participant = pseudonym_of(&fields.participant).ok_or(Error::NotFound)?;
            desk.open_access(call.actor(), &participant, &fields.reason, &code)
                .await?;
            Ok(Done::at(paths::desk_participant(&participant)))
        })
        .await
}

/// Ends that at once.
#[server(prefix = "/api", endpoint = "registry/close-access", input = Json)]
pub async fn close_access(posted: Posted<CloseAccessFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |CloseAccessFields { participant }, call| {
            let desk = &call.services.registry_desk;
            let participant = pseudonym_of(&participant).ok_or(Error::NotFound)?;
            desk.close_access(call.actor(), &participant).await?;
            let path = paths::desk_participant(&participant);
            Ok(Done::at(format!("{path}?done=closed")))
        })
        .await
}
