//! What the page of a link gets from the server, and what becomes of the forms.

use domain::registry::HandOverLink;
use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::{HandOverFields, RepresentFields, TakeOverFields};
#[cfg(feature = "ssr")]
use crate::{account, context, registry::paths, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{Error, account::Token};

/// What a link is to whoever has opened it; `None` where it is not good.
#[server(prefix = "/api", endpoint = "registry/hand-over-link")]
pub async fn read_hand_over_link(
    token: String,
) -> Result<Answer<Option<HandOverLink>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(token) = Token::parse(&token) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let link = match services.registry.hand_over_link(actor, &token).await {
        Ok(link) => Ok(Some(link)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    };
    Ok(account::for_members(
        link,
        &paths::take_over(token.expose()),
    ))
}

/// Makes the link by which the participant takes over. It is shown, this once.
#[server(prefix = "/api", endpoint = "registry/hand-over", input = Json)]
pub async fn hand_over(posted: Posted<HandOverFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let email = fields.email()?;
            let registry = &call.services.registry;
            let token = registry.hand_over(call.actor(), &fields.participant, email);
            let token = token.await?;
            let origin = &call.services.site.identity().public_url;
            Done::show(&format!("{origin}{}", paths::take_over(token.expose())))
        })
        .await
}

/// Takes over.
#[server(prefix = "/api", endpoint = "registry/take-over", input = Json)]
pub async fn take_over(posted: Posted<TakeOverFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let token = Token::parse(&fields.token).ok_or(Error::NotFound)?;
            let registry = &call.services.registry;
            let address = registry.take_over(call.actor(), &token, fields.born()?);
            match address.await {
                Ok(address) => Ok(Done::at(format!(
                    "{}?done=taken-over",
                    paths::enrolment(&address)
                ))),
                // The page says that the link is not good any more.
                Err(Error::NotFound) => Ok(Done::at(paths::take_over(token.expose()))),
                Err(error) => Err(error),
            }
        })
        .await
}

/// A guardian goes on as a legal representative.
#[server(prefix = "/api", endpoint = "registry/represent", input = Json)]
pub async fn represent(posted: Posted<RepresentFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let relationship = fields.relationship()?;
            let registry = &call.services.registry;
            let address = fields.participant;
            registry
                .represent(call.actor(), &address, relationship)
                .await?;
            Ok(Done::at(format!(
                "{}?done=represented",
                paths::enrolment(&address)
            )))
        })
        .await
}
