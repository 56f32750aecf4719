//! What people are told of, and what becomes of the forms with which they follow discussions.

use domain::community::NotificationList;
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::{FollowFields, MarkReadFields, StopFollowingFields};
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{community::TopicKind, time::Timestamp};

/// A page of what one is told of.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/notifications")]
pub async fn read_notifications(
    after: Option<String>,
) -> Result<Answer<NotificationList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let notifications = &services.notifications;
    let list = notifications.notifications(actor, after.as_deref()).await;
    Ok(account::for_members(list, paths::NOTIFICATIONS))
}

/// Follows a discussion.
#[server(prefix = "/api", endpoint = "community/follow", input = Json)]
pub async fn follow(posted: Posted<FollowFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let FollowFields {
                id,
                words,
                kind,
                after,
            } = fields;
            let notifications = &call.services.notifications;
            notifications.follow(call.actor(), &id).await?;
            let kind = kind.unwrap_or(TopicKind::Discussion);
            Ok(Done::at(paths::of_topic(kind, &id, &words, after)))
        })
        .await
}

/// Stops following a discussion.
#[server(prefix = "/api", endpoint = "community/stop-following", input = Json)]
pub async fn stop_following(posted: Posted<StopFollowingFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let StopFollowingFields {
                id,
                words,
                kind,
                after,
            } = fields;
            let notifications = &call.services.notifications;
            notifications.stop_following(call.actor(), &id).await?;
            let kind = kind.unwrap_or(TopicKind::Discussion);
            Ok(Done::at(paths::of_topic(kind, &id, &words, after)))
        })
        .await
}

/// Marks what one was told of as read.
#[server(prefix = "/api", endpoint = "community/mark-read", input = Json)]
pub async fn mark_read(posted: Posted<MarkReadFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |MarkReadFields { until }, call| {
            let notifications = &call.services.notifications;
            notifications
                .mark_read(call.actor(), Timestamp(until))
                .await?;
            Ok(Done::at(paths::notifications(None)))
        })
        .await
}
