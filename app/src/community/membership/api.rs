//! The communities that a person is in, and what becomes of the forms with which they join and leave.

use domain::community::{Membership, OwnLeadership};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::forms::Place;
use super::forms::{AddCommunityFields, ChangeMembershipFields, JoinCommunityFields, LeaveFields};
#[cfg(feature = "ssr")]
use crate::{
    account,
    community::paths,
    context,
    ui::form::{Call, Done},
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{Error, Result as DomainResult, policy::Audience};

/// The communities that one is in, and what one is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnCommunitiesView {
    /// The main one first.
    pub memberships: Vec<Membership>,
    /// Invitations to lead first.
    pub leaderships: Vec<OwnLeadership>,
}

/// The communities that one is in.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/own")]
pub async fn read_own_communities() -> Result<Answer<OwnCommunitiesView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.profiles.own(actor).await;
    let leaderships = services.leaders.own_leaderships(actor).await;
    let own = own.and_then(|own| {
        Ok(OwnCommunitiesView {
            memberships: own.memberships,
            leaderships: leaderships?,
        })
    });
    Ok(account::for_members(own, paths::OWN))
}

/// Joins a community.
#[server(prefix = "/api", endpoint = "community/join", input = Json)]
pub async fn join_community(posted: Posted<JoinCommunityFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let JoinCommunityFields { slug, place, topic } = fields;
            let memberships = &call.services.memberships;
            memberships.join(call.actor(), &slug).await?;
            back(&call, &slug, place, topic.as_deref()).await
        })
        .await
}

/// Leaves a community.
#[server(prefix = "/api", endpoint = "community/leave", input = Json)]
pub async fn leave(posted: Posted<LeaveFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |LeaveFields { slug, place }, call| {
            let memberships = &call.services.memberships;
            memberships.leave(call.actor(), &slug).await?;
            back(&call, &slug, place, None).await
        })
        .await
}

/// To the page on which somebody has joined or left.
#[cfg(feature = "ssr")]
async fn back(call: &Call, slug: &str, place: Place, topic: Option<&str>) -> DomainResult<Done> {
    Ok(Done::at(match (place, topic) {
        (Place::Topic, Some(id)) => {
            let discussions = &call.services.discussions;
            paths::of_line(&discussions.topic(call.actor(), id, None).await?.line)
        }
        (Place::Discussions, _) => paths::discussions(slug, None),
        (Place::Start, _) => paths::start(slug),
        (Place::Questions, _) => paths::questions(slug, None),
        (Place::Ask, _) => paths::ask(slug),
        (Place::Resources, _) => paths::resources(slug, None, None),
        (Place::Suggest, _) => paths::suggest(slug),
        (Place::Settings, _) => format!("{}?done=saved", paths::OWN),
        (Place::Condition | Place::Topic, _) => paths::community(slug),
    }))
}

/// Joins a community that was typed, and chooses who sees that.
#[server(prefix = "/api", endpoint = "community/add", input = Json)]
pub async fn add_community(posted: Posted<AddCommunityFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let actor = call.actor();
            // First: without a session, what was entered is kept whatever it means.
            let own = call.services.profiles.own(actor).await?;
            let catalogue = &call.services.catalogue;
            let meant = catalogue
                .named(actor, "condition", &fields.condition)
                .await?;
            if own.memberships.iter().any(|other| other.condition == meant) {
                return Err(Error::invalid(
                    "condition",
                    "You are in this community already. Change it above.",
                ));
            }
            change(&call, &meant.slug, fields.audience, fields.home).await
        })
        .await
}

/// Changes who sees that somebody is in a community, and whether it is their main one.
#[server(prefix = "/api", endpoint = "community/change", input = Json)]
pub async fn change_membership(
    posted: Posted<ChangeMembershipFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            change(&call, &fields.slug, fields.audience, fields.home).await
        })
        .await
}

#[cfg(feature = "ssr")]
async fn change(call: &Call, slug: &str, audience: Audience, home: bool) -> DomainResult<Done> {
    let memberships = &call.services.memberships;
    memberships
        .set_membership(call.actor(), slug, audience, home)
        .await?;
    back(call, slug, Place::Settings, None).await
}
