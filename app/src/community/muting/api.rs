//! What the pages about muting get from the server, and what becomes of their forms.

use domain::community::{MuteList, MuteTerms};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::{EndMuteFields, MuteFields, UnmuteFields};
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};

/// What somebody has to know who mutes the author of a post.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/mute-page")]
pub async fn read_muting(
    id: String,
    words: String,
    number: i64,
) -> Result<Answer<MuteTerms>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let terms = services.muting.muting(actor, &id, number).await;
    let path = paths::mute(&id, &words, number);
    Ok(account::for_members(terms, &path))
}

/// A page of those whom one has muted.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/muted")]
pub async fn read_muted(after: Option<String>) -> Result<Answer<MuteList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let list = services.muting.mutes(actor, after.as_deref()).await;
    Ok(account::for_members(list, paths::MUTED))
}

/// Mutes the author of a post.
#[server(prefix = "/api", endpoint = "community/mute", input = Json)]
pub async fn mute(posted: Posted<MuteFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |MuteFields { id, number }, call| {
            let muting = &call.services.muting;
            let topic = muting.mute(call.actor(), &id, number).await?;
            Ok(Done::at(paths::post_of(&topic, number)))
        })
        .await
}

/// Ends that.
#[server(prefix = "/api", endpoint = "community/unmute", input = Json)]
pub async fn unmute(posted: Posted<UnmuteFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |UnmuteFields { id, number }, call| {
            let muting = &call.services.muting;
            let topic = muting.unmute(call.actor(), &id, number).await?;
            Ok(Done::at(paths::post_of(&topic, number)))
        })
        .await
}

/// Ends a mute of the list.
#[server(prefix = "/api", endpoint = "community/end-mute", input = Json)]
pub async fn end_mute(posted: Posted<EndMuteFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |EndMuteFields { id }, call| {
            call.services.muting.end_mute(call.actor(), &id).await?;
            Ok(Done::at(format!("{}?done=saved", paths::MUTED)))
        })
        .await
}
