//! What the pages of leaders get from the server, and what becomes of their forms.

use domain::community::{GatheredLeaders, Leading};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

use super::forms::{
    AcceptInvitationFields, AppointLeaderFields, DeclineInvitationFields, DescribeLeaderFields,
    EndLeadershipFields, OutsideRegistryFields, PinTopicFields, StepDownFields, UnpinTopicFields,
    WelcomeFields,
};
#[cfg(feature = "ssr")]
use crate::{account, community::paths, context, ui::form::Done};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::Error;

/// A page of the leaders of all communities.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/leaders")]
pub async fn read_leaders(after: Option<String>) -> Result<Answer<GatheredLeaders>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let leaders = services.leaders.leaders_everywhere(actor, after.as_deref());
    Ok(Answer::of(leaders.await))
}

/// What who leads a community works with.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/lead-page")]
pub async fn read_lead(slug: String) -> Result<Answer<Leading>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let leading = services.leaders.leading(actor, &slug).await;
    Ok(match leading {
        Err(Error::Unauthenticated) => account::to_sign_in(&paths::lead(&slug)),
        leading => Answer::resolved(leading, paths::lead),
    })
}

/// Invites somebody to lead.
#[server(prefix = "/api", endpoint = "community/appoint-leader", input = Json)]
pub async fn appoint_leader(posted: Posted<AppointLeaderFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |AppointLeaderFields { slug, handle }, call| {
            let leaders = &call.services.leaders;
            leaders.appoint(call.actor(), &slug, &handle).await?;
            Ok(Done::at(format!("{}?done=invited", paths::lead(&slug))))
        })
        .await
}

/// Writes the welcome message.
#[server(prefix = "/api", endpoint = "community/welcome", input = Json)]
pub async fn set_welcome(posted: Posted<WelcomeFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |WelcomeFields { slug, text }, call| {
            let leaders = &call.services.leaders;
            let text = text.unwrap_or_default();
            leaders.set_welcome(call.actor(), &slug, &text).await?;
            Ok(Done::at(format!("{}?done=saved", paths::lead(&slug))))
        })
        .await
}

/// Says to which registry elsewhere people are sent.
#[server(prefix = "/api", endpoint = "community/outside-registry", input = Json)]
pub async fn set_outside_registry(
    posted: Posted<OutsideRegistryFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let leaders = &call.services.leaders;
            let slug = fields.slug;
            let name = fields.registry_name.unwrap_or_default();
            let link = fields.registry_url.unwrap_or_default();
            leaders
                .set_outside_registry(call.actor(), &slug, &name, &link)
                .await?;
            Ok(Done::at(format!("{}?done=saved", paths::lead(&slug))))
        })
        .await
}

/// Ends another's leadership.
#[server(prefix = "/api", endpoint = "community/end-leadership", input = Json)]
pub async fn end_leadership(posted: Posted<EndLeadershipFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |EndLeadershipFields { slug, id, reason }, call| {
            let leaders = &call.services.leaders;
            leaders.end_leadership(call.actor(), &id, &reason).await?;
            Ok(Done::at(format!("{}?done=ended", paths::lead(&slug))))
        })
        .await
}

/// Accepts an invitation.
#[server(prefix = "/api", endpoint = "community/accept-invitation", input = Json)]
pub async fn accept_invitation(
    posted: Posted<AcceptInvitationFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |AcceptInvitationFields { id, words }, call| {
            let leaders = &call.services.leaders;
            let words = words.unwrap_or_default();
            leaders.accept_invitation(call.actor(), &id, &words).await?;
            Ok(Done::at(format!("{}?done=saved", paths::OWN)))
        })
        .await
}

/// Declines one.
#[server(prefix = "/api", endpoint = "community/decline-invitation", input = Json)]
pub async fn decline_invitation(
    posted: Posted<DeclineInvitationFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DeclineInvitationFields { id }, call| {
            let leaders = &call.services.leaders;
            leaders.decline_invitation(call.actor(), &id).await?;
            Ok(Done::at(format!("{}?done=saved", paths::OWN)))
        })
        .await
}

/// Changes what a leader says of themselves.
#[server(prefix = "/api", endpoint = "community/describe-leader", input = Json)]
pub async fn describe_leader(
    posted: Posted<DescribeLeaderFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DescribeLeaderFields { id, words }, call| {
            let leaders = &call.services.leaders;
            let words = words.unwrap_or_default();
            leaders.describe_leader(call.actor(), &id, &words).await?;
            Ok(Done::at(format!("{}?done=saved", paths::OWN)))
        })
        .await
}

/// Ends a leadership of one's own.
#[server(prefix = "/api", endpoint = "community/step-down", input = Json)]
pub async fn step_down(posted: Posted<StepDownFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |StepDownFields { id }, call| {
            let leaders = &call.services.leaders;
            leaders.step_down(call.actor(), &id).await?;
            Ok(Done::at(format!("{}?done=saved", paths::OWN)))
        })
        .await
}

/// Puts a topic before all others.
#[server(prefix = "/api", endpoint = "community/pin", input = Json)]
pub async fn pin_topic(posted: Posted<PinTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |PinTopicFields { id, words }, call| {
            let leaders = &call.services.leaders;
            leaders.pin_topic(call.actor(), &id).await?;
            Ok(Done::at(paths::topic(&id, &words, None)))
        })
        .await
}

/// Puts it back among them.
#[server(prefix = "/api", endpoint = "community/unpin", input = Json)]
pub async fn unpin_topic(posted: Posted<UnpinTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |UnpinTopicFields { id, words }, call| {
            let leaders = &call.services.leaders;
            leaders.unpin_topic(call.actor(), &id).await?;
            Ok(Done::at(paths::topic(&id, &words, None)))
        })
        .await
}
