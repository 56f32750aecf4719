//! A page's title and what search engines read of it.

#[cfg(feature = "ssr")]
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use leptos_router::ChooseView;

#[cfg(feature = "ssr")]
use crate::ui::form::{Answered, Unshared};

/// Name of the `meta` element in whose place the server puts a page's head.
#[cfg(feature = "ssr")]
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
    /// The address of its Atom feed, where there is one.
    pub feed: Option<String>,
    /// Structured data, one JSON-LD object an entry. Only made on the server.
    #[cfg(feature = "ssr")]
    pub structured: Vec<serde_json::Value>,
}

/// Who may keep a page (RFC 9111).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CachePolicy {
    /// Every visitor gets the same page, and the server keeps it.
    #[default]
    Shared,
    /// The browser alone, and it asks again: there is a form with a key in it.
    Private,
    /// Nobody: a person's own data.
    NoStore,
}

/// A page of the table of routes, with who may keep it.
pub fn cached<P: ChooseView>(policy: CachePolicy, page: P) -> Cached<P> {
    Cached { policy, page }
}

/// See [`cached`].
#[derive(Clone, Copy, Debug)]
pub struct Cached<P> {
    policy: CachePolicy,
    page: P,
}

impl<P: ChooseView> ChooseView for Cached<P> {
    async fn choose(self) -> AnyView {
        #[cfg(feature = "ssr")]
        if let Some(slot) = use_context::<HeadSlot>() {
            slot.put_policy(self.policy);
        }
        #[cfg(feature = "ssr")]
        if self.policy != CachePolicy::Shared {
            provide_context(Unshared);
        }
        #[cfg(not(feature = "ssr"))]
        let _ = self.policy;
        self.page.choose().await
    }

    async fn preload(&self) {
        self.page.preload().await;
    }
}

/// Where a page that is being rendered leaves its head, the shape of its address and who may keep
/// it, for the server.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, Default)]
pub struct HeadSlot(Arc<Mutex<Left>>);

#[cfg(feature = "ssr")]
#[derive(Debug, Default)]
struct Left {
    head: Option<PageHead>,
    route: Option<String>,
    policy: CachePolicy,
    read: Vec<&'static str>,
}

#[cfg(feature = "ssr")]
impl HeadSlot {
    /// Leaves the head; the last one counts.
    pub fn put(&self, head: PageHead) {
        self.left().head = Some(head);
    }

    /// Leaves the shape of the address, "/communities/{slug}".
    pub fn put_route(&self, route: &str) {
        self.left().route = Some(route.to_owned());
    }

    /// Leaves who may keep what is there.
    pub fn put_policy(&self, policy: CachePolicy) {
        self.left().policy = policy;
    }

    /// Who may keep the answer.
    pub fn policy(&self) -> CachePolicy {
        self.left().policy
    }

    /// The shape of the address, where it is a page's.
    pub fn route(&self) -> Option<String> {
        self.left().route.clone()
    }

    /// Leaves that the page depends on what its address has under this name of the query.
    pub fn put_read(&self, name: &'static str) {
        self.left().read.push(name);
    }

    /// Whether the page depends on none but these names of the query.
    pub fn reads_only(&self, names: &[&str]) -> bool {
        self.left().read.iter().all(|name| names.contains(name))
    }

    /// Takes the head out.
    pub fn take(&self) -> Option<PageHead> {
        self.left().head.take()
    }

    fn left(&self) -> std::sync::MutexGuard<'_, Left> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says what the page is. In the browser: sets the title, and after a navigation announces it and
/// moves the focus to the heading, which the router does not do.
#[cfg(feature = "ssr")]
pub fn set_head(mut head: PageHead) {
    // A screen reader says that first (GOV.UK Design System, "Error summary").
    if use_context::<Answered>().is_some_and(|answered| answered.0.is_refused()) {
        head.title = format!("Error: {}", head.title);
    }
    if let Some(slot) = use_context::<HeadSlot>() {
        slot.put(head);
    }
}

#[cfg(feature = "hydrate")]
pub fn set_head(head: PageHead) {
    crate::ui::arrived(PageHead::full_title(&head.title, &site_name()));
}

/// Built for neither, there is nobody to tell.
#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn set_head(_head: PageHead) {}

/// The name that the operator gave the site.
#[cfg(feature = "ssr")]
pub fn site_name() -> String {
    crate::context::services().site.identity().name.clone()
}

/// Whether all people and conversations of the site are invented.
#[cfg(feature = "ssr")]
pub fn is_demonstration() -> bool {
    crate::context::services().site.identity().demonstration
}

/// The display name of who is signed in.
#[cfg(feature = "ssr")]
pub fn member_name() -> Option<String> {
    use_context::<crate::context::RequestContext>().and_then(|request_context| request_context.name)
}

/// How many notifications of who is signed in were unread when the document was made.
#[cfg(feature = "ssr")]
pub fn unread_at_first() -> u64 {
    use_context::<crate::context::RequestContext>()
        .map(|request_context| request_context.unread)
        .unwrap_or_default()
}

#[cfg(feature = "hydrate")]
pub fn site_name() -> String {
    crate::ui::meta("application-name").unwrap_or_default()
}

#[cfg(feature = "hydrate")]
pub fn is_demonstration() -> bool {
    crate::ui::meta("demonstration").as_deref() == Some("yes")
}

#[cfg(feature = "hydrate")]
pub fn member_name() -> Option<String> {
    crate::ui::meta("member")
}

#[cfg(feature = "hydrate")]
pub fn unread_at_first() -> u64 {
    crate::ui::meta("unread")
        .and_then(|unread| unread.parse().ok())
        .unwrap_or_default()
}

/// Built for neither, there is no document.
#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn site_name() -> String {
    String::new()
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn is_demonstration() -> bool {
    false
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn member_name() -> Option<String> {
    None
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn unread_at_first() -> u64 {
    0
}

/// Left by the server with a page of another address than the one that was asked for.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct ShownAt(pub String);

impl PageHead {
    /// What the tab and the announcement say.
    pub fn full_title(title: &str, site_name: &str) -> String {
        if title.is_empty() {
            format!("{site_name}: what is known about rare diseases")
        } else {
            format!("{title} · {site_name}")
        }
    }
}
