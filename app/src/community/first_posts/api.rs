//! What the page of first posts gets from the server, and what becomes of its forms.

use domain::community::FirstPostList;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::{DeclineFirstPostFields, PublishFirstPostFields, WithdrawFirstPostFields};
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
use domain::{Error, Result as DomainResult, catalogue::Resolved, community::FirstPostDecision};

/// The first posts of a condition's community.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/first-posts")]
pub async fn read_first_posts(slug: String) -> Result<Answer<FirstPostList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(match services.first_posts.first_posts(actor, &slug).await {
        Err(Error::Unauthenticated) => account::to_sign_in(&paths::first_posts(&slug)),
        list => Answer::resolved(list, paths::first_posts),
    })
}

/// Publishes a first post.
#[server(prefix = "/api", endpoint = "community/publish-first-post", input = Json)]
pub async fn publish_first_post(
    posted: Posted<PublishFirstPostFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |PublishFirstPostFields { slug, id }, call| {
            let decided = decide(&call, (&slug, &id), FirstPostDecision::Publish).await?;
            let done = if decided { "published" } else { "decided" };
            Ok(done_at(&slug, done))
        })
        .await
}

/// Declines a first post.
#[server(prefix = "/api", endpoint = "community/decline-first-post", input = Json)]
pub async fn decline_first_post(
    posted: Posted<DeclineFirstPostFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DeclineFirstPostFields { slug, id, reason }, call| {
            let decision = FirstPostDecision::Decline { reason };
            let decided = decide(&call, (&slug, &id), decision).await?;
            let done = if decided { "declined" } else { "decided" };
            Ok(done_at(&slug, done))
        })
        .await
}

/// Takes a first post of one's own back.
#[server(prefix = "/api", endpoint = "community/withdraw-first-post", input = Json)]
pub async fn withdraw_first_post(
    posted: Posted<WithdrawFirstPostFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |WithdrawFirstPostFields { slug, id }, call| {
            let first_posts = &call.services.first_posts;
            first_posts.withdraw_first_post(call.actor(), &id).await?;
            Ok(done_at(&slug, "withdrawn"))
        })
        .await
}

/// Decides, or says that somebody else has: then the list shows who decides what is left to do.
#[cfg(feature = "ssr")]
async fn decide(
    call: &Call,
    (slug, id): (&str, &str),
    decision: FirstPostDecision,
) -> DomainResult<bool> {
    let (first_posts, actor) = (&call.services.first_posts, call.actor());
    match first_posts.decide_first_post(actor, id, decision).await {
        // Where it was is not known of what is gone: so not, either, that who asks leads there.
        Err(refused @ (Error::Conflict | Error::NotFound | Error::Forbidden { .. })) => {
            let Ok(Resolved::Here(list)) = first_posts.first_posts(actor, slug).await else {
                return Err(refused);
            };
            match list.waiting {
                Some(waiting) if waiting.iter().all(|post| post.id != id) => Ok(false),
                _ => Err(refused),
            }
        }
        decided => decided.map(|()| true),
    }
}

/// The page of first posts, which says what was done.
#[cfg(feature = "ssr")]
pub(in crate::community) fn done_at(slug: &str, done: &str) -> Done {
    Done::at(format!("{}?done={done}", paths::first_posts(slug)))
}
