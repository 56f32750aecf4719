//! What the page of an alias shows, and what becomes of its form.

use domain::community::Alias;
use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::LookUpAliasFields;
use crate::{
    answer::{Answer, Loaded},
    community::paths,
    context,
    ui::form::{Done, Outcome, Posted},
};

/// An alias.
pub async fn read_alias(id: String, number: String) -> Loaded<Alias> {
    let (services, actor) = (context::services(), context::actor());
    // What is no number names no alias.
    let number = number.parse().unwrap_or_default();
    Ok(Answer::of(services.aliases.alias(actor, &id, number).await))
}

/// Looks up whose it is.
#[server(prefix = "/api", endpoint = "aliases/look-up", input = Json)]
pub async fn look_up_alias(posted: Posted<LookUpAliasFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |LookUpAliasFields { id, number, reason }, call| {
            let aliases = &call.services.aliases;
            let looked_up = aliases.look_up_alias(call.actor(), &id, number, &reason);
            looked_up.await?;
            Ok(Done::at(paths::admin_alias(&id, number)))
        })
        .await
}
