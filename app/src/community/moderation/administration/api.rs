//! What the pages of moderators show, and what becomes of their forms. Nothing here needs an address of
//! its own: the pages are made on the server, and no script sends their forms.

use domain::{
    Result as DomainResult,
    community::{AppealDecision, AppealList, AppealToDecide, ContentModeration, PostModeration},
};
use leptos::prelude::*;
use server_fn::codec::Json;

use super::forms::{
    HidePostFields, KeepDecisionFields, LiftDecisionFields, LockTopicFields, MoveTopicFields,
    ShowPostFields, UnlockTopicFields, WarnAuthorFields,
};
use crate::{
    answer::{Answer, Loaded},
    community::paths,
    context,
    ui::form::{Call, Done, Outcome, Posted},
};

/// A post and its topic.
pub async fn read_post((id, number): (String, i64)) -> Loaded<PostModeration> {
    let (services, actor) = (context::services(), context::actor());
    let post = services.moderation.moderating(actor, &id, number).await;
    Ok(Answer::of(post))
}

/// A page of the appeals that wait, or that are decided.
pub async fn read_appeals(decided: bool, after: Option<String>) -> Loaded<AppealList> {
    let (services, actor) = (context::services(), context::actor());
    let appeals = services
        .moderation
        .appeals(actor, decided, after.as_deref());
    Ok(Answer::of(appeals.await))
}

/// An appeal.
pub async fn read_appeal(id: String) -> Loaded<AppealToDecide> {
    let (services, actor) = (context::services(), context::actor());
    let appeal = services.moderation.appeal_to_decide(actor, &id).await;
    Ok(Answer::of(appeal))
}

async fn moderate(
    call: &Call,
    (id, number): (&str, i64),
    what: ContentModeration,
    reason: &str,
) -> DomainResult<Done> {
    let moderation = &call.services.moderation;
    moderation
        .moderate(call.actor(), id, number, what, reason)
        .await?;
    Ok(Done::at(format!(
        "{}?done=moderated",
        paths::moderate_post(id, number)
    )))
}

/// Hides a post.
#[server(prefix = "/api", endpoint = "moderation/hide-post", input = Json)]
pub async fn hide_post(posted: Posted<HidePostFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |HidePostFields { id, number, reason }, call| {
            moderate(&call, (&id, number), ContentModeration::Hide, &reason).await
        })
        .await
}

/// Shows it again.
#[server(prefix = "/api", endpoint = "moderation/show-post", input = Json)]
pub async fn show_post(posted: Posted<ShowPostFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |ShowPostFields { id, number, reason }, call| {
            moderate(&call, (&id, number), ContentModeration::Show, &reason).await
        })
        .await
}

/// Locks a topic.
#[server(prefix = "/api", endpoint = "moderation/lock-topic", input = Json)]
pub async fn lock_topic(posted: Posted<LockTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |LockTopicFields { id, number, reason }, call| {
            moderate(&call, (&id, number), ContentModeration::Lock, &reason).await
        })
        .await
}

/// Unlocks it.
#[server(prefix = "/api", endpoint = "moderation/unlock-topic", input = Json)]
pub async fn unlock_topic(posted: Posted<UnlockTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |UnlockTopicFields { id, number, reason }, call| {
            moderate(&call, (&id, number), ContentModeration::Unlock, &reason).await
        })
        .await
}

/// Moves it to another community.
#[server(prefix = "/api", endpoint = "moderation/move-topic", input = Json)]
pub async fn move_topic(posted: Posted<MoveTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let MoveTopicFields {
                id,
                number,
                condition,
                reason,
            } = fields;
            let catalogue = &call.services.catalogue;
            let named = catalogue.named(call.actor(), "condition", &condition);
            let slug = named.await?.slug;
            let what = ContentModeration::Move { slug };
            moderate(&call, (&id, number), what, &reason).await
        })
        .await
}

/// Warns who wrote a post.
#[server(prefix = "/api", endpoint = "moderation/warn-author", input = Json)]
pub async fn warn_author(posted: Posted<WarnAuthorFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |WarnAuthorFields { id, number, reason }, call| {
            let (moderation, submission) = (&call.services.moderation, call.submission());
            moderation
                .warn_author(call.actor(), &id, number, &reason, &submission)
                .await?;
            let path = paths::moderate_post(&id, number);
            Ok(Done::at(format!("{path}?done=moderated")))
        })
        .await
}

async fn decide(
    call: &Call,
    id: &str,
    decision: AppealDecision,
    words: &str,
) -> DomainResult<Done> {
    let moderation = &call.services.moderation;
    moderation
        .decide_appeal(call.actor(), id, decision, words)
        .await?;
    Ok(Done::at(format!(
        "{}?done=decided",
        paths::admin_appeal(id)
    )))
}

/// Keeps a decision.
#[server(prefix = "/api", endpoint = "moderation/keep-decision", input = Json)]
pub async fn keep_decision(posted: Posted<KeepDecisionFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |KeepDecisionFields { id, words }, call| {
            decide(&call, &id, AppealDecision::Keep, &words).await
        })
        .await
}

/// Undoes it.
#[server(prefix = "/api", endpoint = "moderation/lift-decision", input = Json)]
pub async fn lift_decision(posted: Posted<LiftDecisionFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |LiftDecisionFields { id, words }, call| {
            decide(&call, &id, AppealDecision::Lift, &words).await
        })
        .await
}
