//! Giving reactions, and taking them back.

use domain::community::Reacting;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::ReactFields;
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};

/// A post, to react to it.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/reaction-page")]
pub async fn read_reacting(
    id: String,
    words: String,
    number: i64,
) -> Result<Answer<Reacting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let reacting = services.reactions.reacting(actor, &id, number).await;
    Ok(account::for_members(
        reacting,
        &paths::react(&id, &words, number),
    ))
}

/// Gives a reaction, or takes it back.
#[server(prefix = "/api", endpoint = "community/react", input = Json)]
pub async fn react(posted: Posted<ReactFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let ReactFields {
                id,
                number,
                give,
                take_back,
            } = fields;
            let (reactions, actor) = (&call.services.reactions, call.actor());
            let mut at = None;
            if let Some(kind) = give {
                at = Some(reactions.react(actor, &id, number, kind).await?);
            }
            if let Some(kind) = take_back {
                let back = reactions.take_reaction_back(actor, &id, number, kind);
                at = Some(back.await?);
            }
            Ok(Done::at(match at {
                Some(topic) => paths::post_of(&topic, number),
                None => paths::topic_by_id(&id),
            }))
        })
        .await
}
