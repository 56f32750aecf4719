//! What the server puts into the context of every request.

use std::sync::Arc;

use domain::{account::Actor, catalogue::Catalogue, site::Site, wiki::Wiki};
use leptos::prelude::*;

/// The services, behind their traits.
#[derive(Clone)]
pub struct Services {
    /// Conditions, families, search.
    pub catalogue: Arc<dyn Catalogue>,
    /// Sections.
    pub wiki: Arc<dyn Wiki>,
    /// The site's own texts.
    pub site: Arc<dyn Site>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Services").finish_non_exhaustive()
    }
}

/// The services of this request. To be called before the first `.await`.
pub fn services() -> Services {
    expect_context::<Services>()
}

/// Who asks.
pub fn actor() -> Actor {
    use_context::<Actor>().unwrap_or(Actor::Visitor)
}
