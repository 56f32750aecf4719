//! What the page of a request gets from the server, and what becomes of its form.

use domain::registry::OutsideRegistry;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::AskRegistryFields;
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use crate::{context, registry::paths, ui::form::Done};

/// Whom researchers ask, unless it is the staff of this site.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/ask-page")]
pub async fn read_ask_page() -> Result<Answer<Option<OutsideRegistry>>, ServerFnError> {
    let outside = context::services().site.identity().registry.clone();
    Ok(Answer::Found(std::future::ready(outside).await))
}

/// Sends a request to the staff of the registry.
#[server(prefix = "/api", endpoint = "registry/ask", input = Json)]
pub async fn ask_registry(posted: Posted<AskRegistryFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            if let Some(outside) = &call.services.site.identity().registry {
                return Err(outside.is_asked_there());
            }
            let draft = fields.draft()?;
            let requests = &call.services.registry_requests;
            requests
                .send_request(call.actor(), call.client(), draft, &call.submission())
                .await?;
            Ok(Done::at(format!("{}?done=sent", paths::ASK)))
        })
        .await
}
