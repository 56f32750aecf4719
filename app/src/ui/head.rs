//! A page's title and what search engines read of it.

#[cfg(feature = "ssr")]
use std::sync::{Arc, Mutex, PoisonError};

/// Name of the `meta` element in whose place the server puts a page's head.
pub const HEAD_MARK: &str = "rareshare-head";

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHead {
    /// Title without the site's name; empty on the home page.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// The page's one address, from the slash on; `None` for pages that have none.
    pub canonical: Option<String>,
    /// Whether search engines should list it.
    pub index: bool,
    /// Structured data, one JSON-LD object an entry. Only made on the server.
    #[cfg(feature = "ssr")]
    pub structured: Vec<serde_json::Value>,
}

/// Where a page that is being rendered leaves its head for the server.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, Default)]
pub struct HeadSlot(Arc<Mutex<Option<PageHead>>>);

#[cfg(feature = "ssr")]
impl HeadSlot {
    /// Leaves the head; the last one counts.
    pub fn put(&self, head: PageHead) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    /// Takes the head out.
    pub fn take(&self) -> Option<PageHead> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Says what the page is. In the browser: sets the title, and after a navigation announces it and
/// moves the focus to the heading, which the router does not do.
#[cfg(feature = "ssr")]
pub fn set_head(head: PageHead) {
    if let Some(slot) = leptos::prelude::use_context::<HeadSlot>() {
        slot.put(head);
    }
}

#[cfg(not(feature = "ssr"))]
pub fn set_head(head: PageHead) {
    super::arrival::arrived(&head.title);
}

/// `BreadcrumbList` of schema.org: names and paths from the first step to the page itself.
#[cfg(feature = "ssr")]
pub fn breadcrumbs(origin: &str, steps: &[(String, String)]) -> serde_json::Value {
    let items: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(index, (name, path))| {
            serde_json::json!({
                "@type": "ListItem",
                "position": index + 1,
                "name": name,
                "item": format!("{origin}{path}"),
            })
        })
        .collect();
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    })
}
