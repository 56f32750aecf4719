//! What the pages of profiles get from the server, and what becomes of their forms.

#[cfg(feature = "ssr")]
use domain::policy::{Action, permit};
use domain::{
    policy::Audience,
    profile::{MemberList, Profile, ProfileDraft},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::{
    Onlooker,
    forms::{PictureAudienceFields, PictureFields, ProfileFields, RemovePictureFields},
};
#[cfg(feature = "ssr")]
use crate::{account, context, profile::paths, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};

/// What the page of a profile shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MemberView {
    /// The profile, as far as it is for the reader.
    pub profile: Profile,
    /// Whether the reader can warn or suspend the member.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moderates: bool,
}

/// What the page of your own picture shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PictureView {
    /// Your public name in addresses.
    pub handle: String,
    /// Version of the picture, where there is one.
    pub version: Option<String>,
    /// Who sees it.
    pub audience: Audience,
}

/// A profile, as far as it is for the reader.
#[server(input = GetUrl, prefix = "/api", endpoint = "profile/member")]
pub async fn read_member(handle: String) -> Result<Answer<MemberView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let profile = services.profiles.profile(actor, &handle).await;
    Ok(Answer::of(profile).map(|profile| MemberView {
        moderates: !profile.own && permit(actor, Action::ModerateMembers).is_ok(),
        profile,
    }))
}

/// A page of a community's members.
#[server(input = GetUrl, prefix = "/api", endpoint = "profile/members")]
pub async fn read_members(
    slug: String,
    after: Option<String>,
) -> Result<Answer<MemberList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let list = services.profiles.members(actor, &slug, after.as_deref());
    Ok(Answer::resolved(list.await, |slug| {
        paths::members(slug, None)
    }))
}

/// Your own profile, to change it.
#[server(input = GetUrl, prefix = "/api", endpoint = "profile/own")]
pub async fn read_own() -> Result<Answer<ProfileDraft>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.profiles.own(actor).await;
    Ok(
        account::for_members(own, paths::OWN).map(|own| ProfileDraft {
            name: own.name,
            name_audience: own.name_audience,
            about: own.about,
            about_audience: own.about_audience,
            listed_audience: own.listed_audience,
            for_search_engines: own.for_search_engines,
        }),
    )
}

/// Your own picture.
#[server(input = GetUrl, prefix = "/api", endpoint = "profile/own-picture")]
pub async fn read_own_picture() -> Result<Answer<PictureView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.profiles.own(actor).await;
    Ok(
        account::for_members(own, paths::PICTURE).map(|own| PictureView {
            handle: own.handle,
            version: own.picture,
            audience: own.picture_audience,
        }),
    )
}

/// Your own profile through the eyes of others.
#[server(input = GetUrl, prefix = "/api", endpoint = "profile/preview")]
pub async fn read_preview(by: Onlooker) -> Result<Answer<Profile>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let profile = services.profiles.preview(actor, by.into()).await;
    Ok(account::for_members(profile, paths::WHAT_OTHERS_SEE))
}

/// Carried out: back to the page at a path, which says so.
#[cfg(feature = "ssr")]
fn saved(path: &str) -> String {
    format!("{path}?done=saved")
}

/// Changes name, text and who sees them.
#[server(prefix = "/api", endpoint = "profile/change", input = Json)]
pub async fn change_profile(posted: Posted<ProfileFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let draft = ProfileDraft {
                name: fields.name,
                name_audience: fields.name_audience,
                about: fields.about,
                about_audience: fields.about_audience,
                listed_audience: fields.listed_audience,
                for_search_engines: fields.search_engines,
            };
            let profiles = &call.services.profiles;
            profiles.change(call.actor(), draft).await?;
            // The header shows the name.
            Ok(Done::anew(saved(paths::OWN)))
        })
        .await
}

/// Changes who sees the picture.
#[server(prefix = "/api", endpoint = "profile/picture-audience", input = Json)]
pub async fn show_picture(posted: Posted<PictureAudienceFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let profiles = &call.services.profiles;
            profiles.show_picture(call.actor(), fields.audience).await?;
            Ok(Done::at(saved(paths::PICTURE)))
        })
        .await
}

/// Sets the picture.
#[server(prefix = "/api", endpoint = "profile/picture", input = Json)]
pub async fn set_picture(posted: Posted<PictureFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let file = call.file("picture")?;
            let profiles = &call.services.profiles;
            profiles
                .set_picture(call.actor(), file, fields.audience)
                .await?;
            Ok(Done::at(saved(paths::PICTURE)))
        })
        .await
}

/// Removes the picture.
#[server(prefix = "/api", endpoint = "profile/remove-picture", input = Json)]
pub async fn remove_picture(posted: Posted<RemovePictureFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |RemovePictureFields {}, call| {
            call.services.profiles.remove_picture(call.actor()).await?;
            Ok(Done::at(saved(paths::PICTURE)))
        })
        .await
}
