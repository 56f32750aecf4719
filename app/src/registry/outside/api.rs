//! What the pages of the registry get from the server that everybody can read.

use domain::{registry::OutsideRegistry, site::SiteText};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::answer::Answer;
#[cfg(feature = "ssr")]
use crate::context;
#[cfg(feature = "ssr")]
use domain::site::TextKind;

/// What the registry is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AboutView {
    /// The site's text about it.
    pub text: SiteText,
    /// Where people are sent, unless they enrol here.
    pub outside: Option<OutsideRegistry>,
}

/// What the registry is, and where one enrols.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/about")]
pub async fn read_about() -> Result<Answer<AboutView>, ServerFnError> {
    let site = context::services().site;
    let outside = site.identity().registry.clone();
    let text = std::future::ready(site.text(TextKind::Registry)).await;
    Ok(Answer::of(text.map(|text| AboutView { text, outside })))
}

/// Whom researchers ask, unless it is the staff of this site.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/ask-page")]
pub async fn read_ask_page() -> Result<Answer<Option<OutsideRegistry>>, ServerFnError> {
    let outside = context::services().site.identity().registry.clone();
    Ok(Answer::Found(std::future::ready(outside).await))
}
