//! What the pages of decisions and of content notes get from the server, and what becomes of an appeal and
//! of a note.

use domain::community::{Decision, DecisionList, Noting};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::{AppealFields, ContentNoteFields};
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

/// A post of another's, to set its content note.
#[server(input = GetUrl, prefix = "/api", endpoint = "moderation/note-page")]
pub async fn read_noting(
    id: String,
    words: String,
    number: i64,
) -> Result<Answer<Noting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let noting = services.moderation.noting(actor, &id, number).await;
    Ok(account::for_members(
        noting,
        &paths::note(&id, &words, number),
    ))
}

/// Sets the content note of a post, or takes it off.
#[server(prefix = "/api", endpoint = "moderation/set-note", input = Json)]
pub async fn set_note(posted: Posted<ContentNoteFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let ContentNoteFields {
                id,
                number,
                content_note,
            } = fields;
            let note = content_note.unwrap_or_default();
            let moderation = &call.services.moderation;
            let topic = moderation.set_note(call.actor(), &id, number, &note);
            Ok(Done::at(paths::post_of(&topic.await?, number)))
        })
        .await
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
