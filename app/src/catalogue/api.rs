//! What the pages of the catalogue ask the server.

use domain::{
    catalogue::{Condition, ConditionList, Family, FamilyGroup, SearchAnswer},
    wiki::WikiPage,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::answer::Answer;

/// Everything on a condition page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionData {
    /// Names, codes and relatives.
    pub condition: Condition,
    /// Sections, tips and references.
    pub wiki: WikiPage,
}

/// A condition by its slug.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/condition")]
pub async fn get_condition(slug: String) -> Result<Answer<ConditionData>, ServerFnError> {
    use domain::{Error, catalogue::Resolved};
    let services = crate::context::services();
    let actor = crate::context::actor();
    let found = services.catalogue.condition(actor, &slug).await;
    let found = match found {
        Ok(Resolved::Here(condition)) => match condition.id {
            Some(id) => services
                .wiki
                .page(actor, id)
                .await
                .map(|wiki| Resolved::Here(ConditionData { condition, wiki })),
            None => Err(Error::NotFound),
        },
        Ok(Resolved::Moved { slug }) => Ok(Resolved::Moved { slug }),
        Err(error) => Err(error),
    };
    Ok(Answer::resolved(found, |slug| {
        format!("/communities/{slug}")
    }))
}

/// A page of the alphabetical list.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/list")]
pub async fn list(
    letter: Option<String>,
    after: Option<String>,
) -> Result<Answer<ConditionList>, ServerFnError> {
    use domain::{Error, catalogue::Letter};
    let services = crate::context::services();
    let actor = crate::context::actor();
    let letter = match letter.as_deref().map(Letter::parse) {
        Some(None) => return Ok(Answer::Refused(Error::NotFound)),
        Some(letter) => letter,
        None => None,
    };
    let list = services
        .catalogue
        .list(actor, letter, after.as_deref())
        .await;
    Ok(Answer::of(list))
}

/// The top of the tree of families.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/families")]
pub async fn families() -> Result<Answer<Vec<FamilyGroup>>, ServerFnError> {
    let services = crate::context::services();
    let actor = crate::context::actor();
    Ok(Answer::of(services.catalogue.families(actor).await))
}

/// A family and a page of its conditions.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/family")]
pub async fn get_family(
    slug: String,
    after: Option<String>,
) -> Result<Answer<Family>, ServerFnError> {
    let services = crate::context::services();
    let actor = crate::context::actor();
    let family = services
        .catalogue
        .family(actor, &slug, after.as_deref())
        .await;
    Ok(Answer::resolved(family, |slug| {
        format!("/conditions/families/{slug}")
    }))
}

/// A page of search results.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/search")]
pub async fn search(
    query: String,
    from: Option<usize>,
) -> Result<Answer<SearchAnswer>, ServerFnError> {
    let services = crate::context::services();
    let actor = crate::context::actor();
    let answer = services
        .catalogue
        .search(actor, &query, from.unwrap_or_default())
        .await;
    Ok(Answer::of(answer))
}

/// Where a code leads: to its condition, or to the search where several carry it.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/code")]
pub async fn with_code(system: String, value: String) -> Result<Answer<()>, ServerFnError> {
    use domain::{
        Error,
        catalogue::{Code, CodeSystem},
    };
    let services = crate::context::services();
    let actor = crate::context::actor();
    let code = CodeSystem::from_prefix(&system).and_then(|system| Code::new(system, &value));
    let Some(code) = code else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let found = services.catalogue.with_code(actor, &code).await;
    Ok(match found.as_deref() {
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
    })
}
