//! What the pages about the site get from the services.

use domain::{account::Actor, site::TextKind};

use crate::{answer::Answer, context::Services, page::PageData};

/// The home page's numbers.
pub(crate) async fn home(services: &Services, actor: Actor) -> Answer<PageData> {
    Answer::of(services.catalogue.overview(actor).await).map(PageData::Home)
}

/// Every source that must be credited.
pub(crate) async fn sources(services: &Services, actor: Actor) -> Answer<PageData> {
    Answer::of(services.catalogue.sources(actor).await).map(PageData::Sources)
}

/// One of the site's texts.
pub(crate) fn text(services: &Services, kind: TextKind) -> Answer<PageData> {
    Answer::of(services.site.text(kind)).map(|text| PageData::Text(kind, text))
}
