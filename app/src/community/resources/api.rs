//! What the pages of resources get from the server, and what becomes of their forms.

use domain::community::{GatheredResources, Resource, ResourceList, Starting};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::{
    ApproveResourceFields, DeclineResourceFields, RemoveResourceFields, SuggestResourceFields,
    WithdrawResourceFields,
};
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Error, Result as DomainResult,
    community::{ResourceDecision, ResourceDraft, ResourceKind, check_date},
};

/// A page of the resources of a condition's community.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/resources")]
pub async fn read_resources(
    slug: String,
    kind: Option<String>,
    after: Option<String>,
) -> Result<Answer<ResourceList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Ok(kind) = one_kind(kind.as_deref()) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let resources = &services.resources;
    let list = resources
        .resources(actor, &slug, kind, after.as_deref())
        .await;
    Ok(Answer::resolved(list, |slug| {
        paths::resources(slug, kind, None)
    }))
}

/// A page of the e-books and podcasts of all communities.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/gathered-resources")]
pub async fn read_gathered(
    kind: Option<String>,
    after: Option<String>,
) -> Result<Answer<GatheredResources>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Ok(kind) = one_kind(kind.as_deref()) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let gathered = services.resources.gathered(actor, kind, after.as_deref());
    Ok(Answer::of(gathered.await))
}

/// The kind that an address names, if it names one. What it names otherwise there is not.
#[cfg(feature = "ssr")]
fn one_kind(name: Option<&str>) -> DomainResult<Option<ResourceKind>> {
    name.map(|name| ResourceKind::from_name(name).ok_or(Error::NotFound))
        .transpose()
}

/// What somebody has to know who suggests a resource.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/new-resource")]
pub async fn read_suggest(slug: String) -> Result<Answer<Starting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let starting = services.resources.suggesting(actor, &slug).await;
    Ok(match starting {
        Err(Error::Unauthenticated) => account::to_sign_in(&paths::suggest(&slug)),
        starting => Answer::resolved(starting, paths::suggest),
    })
}

/// A resource, for its author and for whoever decides.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/resource")]
pub async fn read_resource(slug: String, id: String) -> Result<Answer<Resource>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(match services.resources.resource(actor, &id).await {
        Ok(resource) if resource.condition.slug != slug => {
            Answer::moved(paths::resource(&resource.condition.slug, &id))
        }
        resource => account::for_members(resource, &paths::resource(&slug, &id)),
    })
}

/// Suggests a resource.
#[server(prefix = "/api", endpoint = "community/suggest-resource", input = Json)]
pub async fn suggest_resource(
    posted: Posted<SuggestResourceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let draft = ResourceDraft {
                title: fields.title,
                link: fields.link,
                description: fields.description.unwrap_or_default(),
                date: check_date("date", fields.date.as_deref().unwrap_or_default())?,
                kind: fields.kind,
                language: fields.language,
            };
            let (resources, submission) = (&call.services.resources, call.submission());
            let suggested = resources.suggest(call.actor(), &fields.slug, draft, &submission);
            let path = paths::resource(&fields.slug, &suggested.await?);
            Ok(Done::at(format!("{path}?done=suggested")))
        })
        .await
}

/// Puts a suggestion into the list.
#[server(prefix = "/api", endpoint = "community/approve-resource", input = Json)]
pub async fn approve_resource(
    posted: Posted<ApproveResourceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let draft = ResourceDraft {
                title: fields.title,
                link: fields.link,
                description: fields.description.unwrap_or_default(),
                date: check_date("date", fields.date.as_deref().unwrap_or_default())?,
                kind: fields.kind,
                language: fields.language,
            };
            let decision = ResourceDecision::Approve(draft);
            let resources = &call.services.resources;
            resources.decide(call.actor(), &fields.id, decision).await?;
            Ok(Done::at(paths::resources(&fields.slug, None, None)))
        })
        .await
}

/// Declines a suggestion.
#[server(prefix = "/api", endpoint = "community/decline-resource", input = Json)]
pub async fn decline_resource(
    posted: Posted<DeclineResourceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DeclineResourceFields { slug, id, reason }, call| {
            let decision = ResourceDecision::Decline { reason };
            let resources = &call.services.resources;
            resources.decide(call.actor(), &id, decision).await?;
            Ok(Done::at(paths::resources(&slug, None, None)))
        })
        .await
}

/// Takes a resource off the list.
#[server(prefix = "/api", endpoint = "community/remove-resource", input = Json)]
pub async fn remove_resource(
    posted: Posted<RemoveResourceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |RemoveResourceFields { slug, id, reason }, call| {
            let resources = &call.services.resources;
            resources.remove(call.actor(), &id, &reason).await?;
            Ok(Done::at(paths::resources(&slug, None, None)))
        })
        .await
}

/// Takes one's own suggestion back.
#[server(prefix = "/api", endpoint = "community/withdraw-resource", input = Json)]
pub async fn withdraw_resource(
    posted: Posted<WithdrawResourceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |WithdrawResourceFields { slug, id }, call| {
            let resources = &call.services.resources;
            resources.withdraw(call.actor(), &id).await?;
            Ok(Done::at(paths::resources(&slug, None, None)))
        })
        .await
}
