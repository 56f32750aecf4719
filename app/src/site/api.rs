//! What the site's own pages get from the server.

use domain::{
    catalogue::{Overview, SourceRelease},
    site::{HelpAnswer, SiteText, TextKind},
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::answer::Answer;
#[cfg(feature = "ssr")]
use crate::context;

/// The numbers of the first page, and where to begin.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/overview")]
pub async fn read_overview() -> Result<Answer<Overview>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(Answer::of(services.catalogue.overview(actor).await))
}

/// Every source that must be credited.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/sources")]
pub async fn read_sources() -> Result<Answer<Vec<SourceRelease>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(Answer::of(services.catalogue.sources(actor).await))
}

/// One of the site's texts.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/text")]
pub async fn read_text(kind: TextKind) -> Result<Answer<SiteText>, ServerFnError> {
    let text = std::future::ready(context::services().site.text(kind));
    Ok(Answer::of(text.await))
}

/// What of the help has all words of a query, or all of it.
#[server(input = GetUrl, prefix = "/api", endpoint = "site/help")]
pub async fn read_help(query: String) -> Result<Answer<HelpAnswer>, ServerFnError> {
    let help = std::future::ready(context::services().site.help(&query));
    Ok(Answer::of(help.await))
}
