//! What the pages about the site ask the server.

use domain::{
    catalogue::{Overview, SourceRelease},
    site::{SiteText, TextKind},
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::answer::Answer;

/// What the home page shows.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/home")]
pub async fn home() -> Result<Answer<Overview>, ServerFnError> {
    let services = crate::context::services();
    let actor = crate::context::actor();
    Ok(Answer::of(services.catalogue.overview(actor).await))
}

/// Every source that must be credited.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/sources")]
pub async fn sources() -> Result<Answer<Vec<SourceRelease>>, ServerFnError> {
    let services = crate::context::services();
    let actor = crate::context::actor();
    Ok(Answer::of(services.catalogue.sources(actor).await))
}

/// One of the site's texts.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/text")]
pub async fn text(kind: TextKind) -> Result<Answer<SiteText>, ServerFnError> {
    Ok(Answer::of(crate::context::services().site.text(kind)))
}
