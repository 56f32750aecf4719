//! What people are told of, and what becomes of the forms with which they follow discussions.

use domain::community::{MailChoices, NotificationList};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::forms::{
    FollowConditionFields, FollowFields, MarkReadFields, NotificationMailFields,
    StopFollowingConditionFields, StopFollowingFields, UnsubscribeFields,
};
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    account::Token,
    community::{ConditionFollow, TopicKind},
    time::Timestamp,
};

/// What whoever has ended letters is answered with.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Unsubscribed {}

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

/// Follows the page of a condition, or the discussions of its community.
#[server(prefix = "/api", endpoint = "community/follow-condition", input = Json)]
pub async fn follow_condition(
    posted: Posted<FollowConditionFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |FollowConditionFields { slug, what }, call| {
            let notifications = &call.services.notifications;
            let actor = call.actor();
            notifications.follow_condition(actor, &slug, what).await?;
            Ok(Done::at(place(&slug, what)))
        })
        .await
}

/// Stops following it.
#[server(prefix = "/api", endpoint = "community/stop-following-condition", input = Json)]
pub async fn stop_following_condition(
    posted: Posted<StopFollowingConditionFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |StopFollowingConditionFields { slug, what }, call| {
            let notifications = &call.services.notifications;
            notifications
                .stop_following_condition(call.actor(), &slug, what)
                .await?;
            Ok(Done::at(place(&slug, what)))
        })
        .await
}

/// Where the button is.
#[cfg(feature = "ssr")]
fn place(slug: &str, what: ConditionFollow) -> String {
    match what {
        ConditionFollow::Page => paths::community(slug),
        ConditionFollow::Discussions => paths::discussions(slug, None),
    }
}

/// When one gets email about which notifications.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/notification-mail")]
pub async fn read_mail_choices() -> Result<Answer<MailChoices>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let choices = services.notifications.mail_choices(actor).await;
    Ok(account::for_members(choices, paths::NOTIFICATION_MAIL))
}

/// Chooses that.
#[server(prefix = "/api", endpoint = "community/choose-mail", input = Json)]
pub async fn choose_mail(posted: Posted<NotificationMailFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let choices = MailChoices {
                replies: fields.replies,
                mentions: fields.mentions,
                topics: fields.topics,
                communities: fields.communities,
            };
            let notifications = &call.services.notifications;
            notifications.choose_mail(call.actor(), choices).await?;
            Ok(Done::at(format!("{}?done=saved", paths::NOTIFICATION_MAIL)))
        })
        .await
}

/// Whether the link of a letter is good.
#[server(prefix = "/api", endpoint = "community/unsubscribe-page")]
pub async fn read_unsubscribe(token: String) -> Result<Answer<bool>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(token) = Token::parse(&token) else {
        return Ok(Answer::Found(false));
    };
    Ok(
        match services.notifications.unsubscribing(actor, &token).await {
            Ok(()) => Answer::Found(true),
            Err(Error::NotFound) => Answer::Found(false),
            Err(error) => Answer::Refused(error),
        },
    )
}

/// Ends letters about notifications.
#[server(prefix = "/api", endpoint = "community/unsubscribe", input = Json)]
pub async fn unsubscribe(posted: Posted<UnsubscribeFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |UnsubscribeFields { token }, call| {
            let token = Token::parse(&token).ok_or(Error::NotFound)?;
            let notifications = &call.services.notifications;
            notifications.unsubscribe(call.actor(), &token).await?;
            Done::show(&Unsubscribed {})
        })
        .await
}
