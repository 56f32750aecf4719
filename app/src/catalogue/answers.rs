//! What the pages of the catalogue get from the services.

use domain::{
    Error,
    account::Actor,
    catalogue::{Code, CodeSystem, Letter, Resolved},
};

use super::condition_page;
use crate::{answer::Answer, context::Services, page::PageData};

type Page = Answer<PageData>;

/// A condition with its sections.
pub(crate) async fn condition(services: &Services, actor: Actor, slug: &str) -> Page {
    let found = match services.catalogue.condition(actor, slug).await {
        Ok(Resolved::Here(condition)) => match condition.id {
            Some(id) => services
                .wiki
                .page(actor, id)
                .await
                .map(|wiki| Resolved::Here(condition_page::write(services, condition, &wiki))),
            None => Err(Error::NotFound),
        },
        Ok(Resolved::Moved { slug }) => Ok(Resolved::Moved { slug }),
        Err(error) => Err(error),
    };
    Answer::resolved(found, |slug| format!("/communities/{slug}"))
        .map(|data| PageData::Condition(Box::new(data)))
}

/// A page of the alphabetical list.
pub(crate) async fn list(
    services: &Services,
    actor: Actor,
    letter: Option<String>,
    after: Option<String>,
) -> Page {
    let letter = match letter.as_deref().map(Letter::parse) {
        Some(None) => return Answer::Refused(Error::NotFound),
        Some(letter) => letter,
        None => None,
    };
    let list = services
        .catalogue
        .list(actor, letter, after.as_deref())
        .await;
    Answer::of(list).map(|list| PageData::List(letter, after, list))
}

/// The top of the tree of families.
pub(crate) async fn families(services: &Services, actor: Actor) -> Page {
    Answer::of(services.catalogue.families(actor).await).map(PageData::Families)
}

/// A family and a page of its conditions.
pub(crate) async fn family(
    services: &Services,
    actor: Actor,
    slug: &str,
    after: Option<String>,
) -> Page {
    let family = services
        .catalogue
        .family(actor, slug, after.as_deref())
        .await;
    Answer::resolved(family, |slug| format!("/conditions/families/{slug}"))
        .map(|family| PageData::Family(after, family))
}

/// A page of search results.
pub(crate) async fn search(services: &Services, actor: Actor, query: &str, from: usize) -> Page {
    Answer::of(services.catalogue.search(actor, query, from).await).map(PageData::Search)
}

/// Where a code leads: to its condition, or to the search where several carry it.
pub(crate) async fn code(
    services: &Services,
    actor: Actor,
    system: CodeSystem,
    value: &str,
) -> Page {
    let Some(code) = Code::new(system, value) else {
        return Answer::Refused(Error::NotFound);
    };
    match services.catalogue.with_code(actor, &code).await.as_deref() {
        Ok([]) => Answer::Refused(Error::NotFound),
        Ok([slug]) => Answer::Moved {
            path: format!("/communities/{slug}"),
            permanent: true,
        },
        Ok(_) => Answer::Moved {
            path: format!("/search?q={}%3A{}", code.system.prefix(), code.value),
            permanent: false,
        },
        Err(error) => Answer::Refused(error.clone()),
    }
}
