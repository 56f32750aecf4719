//! What becomes of a request of researchers.

use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::AskRegistryFields;
#[cfg(feature = "ssr")]
use crate::registry::paths;
#[cfg(feature = "ssr")]
use crate::ui::form::Done;
use crate::ui::form::{Outcome, Posted};

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
