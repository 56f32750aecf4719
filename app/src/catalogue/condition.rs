//! `/communities/{slug}` as the browser has it. What stands on it the server writes (`condition_page`):
//! nothing there changes in the browser, so its views need not travel there.

use domain::wiki::Html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::{Crumbs, PageHead, set_head};

/// The page of a condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConditionData {
    /// The condition's name.
    pub name: String,
    /// The pages above it, each with its path.
    pub steps: Vec<(String, String)>,
    /// Everything on it.
    pub html: Html,
    /// What search engines read. Only made on the server.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub head: PageHead,
}

pub(crate) fn condition(data: ConditionData) -> AnyView {
    #[cfg(feature = "ssr")]
    set_head(data.head);
    #[cfg(not(feature = "ssr"))]
    set_head(PageHead {
        title: data.name.clone(),
        ..PageHead::default()
    });
    view! {
        <Crumbs steps=data.steps here=data.name/>
        <main
            id="main"
            class="wrap condition"
            tabindex="-1"
            inner_html=data.html.as_str().to_owned()
        ></main>
    }
    .into_any()
}
