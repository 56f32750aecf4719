//! What the pages of the catalogue get from the server.

use domain::{
    catalogue::{
        Code, CodeSystem, Condition, ConditionLink, ConditionList, Family, FamilyGroup, FamilyLink,
        SearchAnswer, SourceRelease, Synonym,
    },
    community::{CommunityLeaders, NewTopics, ResourceLine},
    policy::Audience,
    registry::OutsideRegistry,
    trials::Trial,
    wiki::WikiPage,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::answer::Answer;
#[cfg(feature = "ssr")]
use crate::{
    catalogue::paths,
    context::{self, Services},
};
#[cfg(feature = "ssr")]
use domain::{
    Error, Result as DomainResult,
    account::Actor,
    catalogue::{ConditionId, Letter, Resolved},
    community::ConditionFollow,
};

/// What the page of a condition shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConditionView {
    /// Its address.
    pub slug: String,
    /// The name people use.
    pub name: String,
    /// The same as it is written inside a sentence.
    pub name_in_sentence: String,
    /// What it is, in one or two sentences.
    pub summary: Option<String>,
    /// Whether the summary is the ontology's definition, because nobody has written one.
    pub defined: bool,
    /// Other names, exact ones first.
    pub synonyms: Vec<Synonym>,
    /// Codes in other systems.
    pub codes: Vec<Code>,
    /// The family of the breadcrumb.
    pub family: Option<FamilyLink>,
    /// Families it directly belongs to.
    pub families: Vec<FamilyLink>,
    /// More general conditions.
    pub parents: Vec<ConditionLink>,
    /// More specific conditions.
    pub children: Vec<ConditionLink>,
    /// Those closest to it in the tree, closest first.
    pub neighbours: Vec<ConditionLink>,
    /// Where names, codes and hierarchy come from.
    pub source: Option<Credit>,
    /// The sections.
    pub wiki: WikiPage,
    /// What it says of the community.
    pub community: CommunityView,
    /// The registry elsewhere to which people are sent, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<OutsideRegistry>,
    /// Date of the last change, ISO 8601; only search engines are told.
    #[serde(skip)]
    pub updated: String,
}

/// What a condition's page says of its community.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CommunityView {
    /// The newest discussions and questions.
    pub topics: NewTopics,
    /// The resources that were approved last.
    pub resources: Vec<ResourceLine>,
    /// The clinical trials that its list begins with.
    pub trials: Vec<Trial>,
    /// For whom the reader's membership of the community is; nothing where they have not joined.
    pub membership: Option<Audience>,
    /// Whether the reader follows the page; nothing where they are not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    /// Who leads the community, and what it says to who has joined.
    pub leaders: CommunityLeaders,
}

/// A source as a page credits it: in the same words as the list of sources.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Credit {
    /// Its name.
    pub name: String,
    /// Its own page.
    pub url: String,
    /// The sentence that its licence asks to show.
    pub attribution: String,
}

impl From<SourceRelease> for Credit {
    fn from(source: SourceRelease) -> Self {
        Self {
            name: source.name,
            url: source.url,
            attribution: source.attribution,
        }
    }
}

impl ConditionView {
    /// What of a condition is shown.
    pub fn new(condition: Condition, wiki: WikiPage, community: CommunityView) -> Self {
        let defined = condition.summary.is_none() && condition.definition.is_some();
        Self {
            slug: condition.slug,
            name: condition.name,
            name_in_sentence: condition.name_in_sentence,
            summary: condition.summary.or(condition.definition),
            defined,
            synonyms: condition.synonyms,
            codes: condition.codes,
            family: condition.family,
            families: condition.families,
            parents: condition.parents,
            children: condition.children,
            neighbours: condition.neighbours,
            source: condition.source.map(Into::into),
            wiki,
            community,
            registry: condition.registry,
            updated: condition.updated,
        }
    }
}

#[cfg(feature = "ssr")]
async fn read_community(
    services: &Services,
    actor: Actor,
    condition: ConditionId,
) -> DomainResult<CommunityView> {
    let followed = services.notifications.followed(actor, condition).await?;
    let following = followed.contains(&ConditionFollow::Page);
    Ok(CommunityView {
        topics: services.discussions.newest(actor, condition).await?,
        resources: services.resources.latest(actor, condition).await?,
        trials: services.trials.first_trials(actor, condition).await?,
        membership: services.memberships.membership(actor, condition).await?,
        following: actor.member().map(|_| following),
        leaders: services.leaders.leaders(actor, condition).await?,
    })
}

/// A condition with its sections.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/condition")]
pub async fn read_condition(slug: String) -> Result<Answer<ConditionView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(match services.catalogue.condition(actor, &slug).await {
        Ok(Resolved::Here(mut condition)) => match condition.id {
            Some(id) => {
                // A community's own comes before the site's.
                let of_site = || services.site.identity().registry.clone();
                condition.registry = condition.registry.or_else(of_site);
                let wiki = services.wiki.page(actor, id).await;
                let community = read_community(&services, actor, id).await;
                Answer::of(wiki.and_then(|wiki| {
                    community.map(|community| ConditionView::new(condition, wiki, community))
                }))
            }
            None => Answer::Refused(Error::NotFound),
        },
        Ok(Resolved::Moved { slug }) => Answer::moved(paths::condition(&slug)),
        // A group has its page elsewhere, but people ask for it as for a condition.
        Err(Error::NotFound) => match services.catalogue.family(actor, &slug, None).await {
            Ok(Resolved::Here(Family { slug, .. }) | Resolved::Moved { slug }) => {
                Answer::moved(paths::family(&slug))
            }
            Err(error) => Answer::Refused(error),
        },
        Err(error) => Answer::Refused(error),
    })
}

/// A page of the alphabetical list.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/list")]
pub async fn read_list(
    letter: Option<String>,
    after: Option<String>,
) -> Result<Answer<ConditionList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let letter = match letter.as_deref().map(Letter::parse) {
        Some(None) => return Ok(Answer::Refused(Error::NotFound)),
        Some(letter) => letter,
        None => None,
    };
    let list = services.catalogue.list(actor, letter, after.as_deref());
    Ok(Answer::of(list.await))
}

/// The top of the tree of families.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/families")]
pub async fn read_families() -> Result<Answer<Vec<FamilyGroup>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(Answer::of(services.catalogue.families(actor).await))
}

/// A family and a page of its conditions.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/family")]
pub async fn read_family(
    slug: String,
    after: Option<String>,
) -> Result<Answer<Family>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let family = services.catalogue.family(actor, &slug, after.as_deref());
    let family = family.await;
    // A family that has become a condition, and the other way round.
    if family == Err(Error::NotFound) && after.is_none() {
        let condition = services.catalogue.condition(actor, &slug).await;
        if let Ok(Resolved::Here(Condition { slug, .. }) | Resolved::Moved { slug }) = condition {
            return Ok(Answer::moved(paths::condition(&slug)));
        }
    }
    Ok(Answer::resolved(family, paths::family))
}

/// Conditions that a query finds, or the one whose code was typed.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/search")]
pub async fn find_conditions(
    query: String,
    from: usize,
) -> Result<Answer<SearchAnswer>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let answer = services.catalogue.search(actor, &query, from).await;
    Ok(
        match answer.as_ref().map(|answer| answer.coded.as_deref()) {
            Ok(Some(slug)) => Answer::elsewhere(paths::condition(slug)),
            _ => Answer::of(answer),
        },
    )
}

/// Where a code leads: to its condition, or to the search where several carry it.
#[server(input = GetUrl, prefix = "/api", endpoint = "catalogue/code")]
pub async fn read_code(system: CodeSystem, value: String) -> Result<Answer<()>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(code) = Code::new(system, &value) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let found = services.catalogue.with_code(actor, &code).await;
    Ok(match found.as_deref() {
        Ok([]) => Answer::Refused(Error::NotFound),
        Ok([slug]) => Answer::moved(paths::condition(slug)),
        Ok(_) => Answer::elsewhere(paths::search_code(&code)),
        Err(error) => Answer::Refused(error.clone()),
    })
}
