//! What the page shows on which moderators warn and suspend a member, and what becomes of its forms.
//! Nothing here needs an address of its own: the page is made on the server, and no script sends its forms.

use domain::{
    Result as DomainResult,
    account::{MemberAction, ModeratedMember},
    policy::{Action, permit},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use super::forms::{SuspendMemberFields, WarnMemberFields};
use crate::{
    account::paths,
    answer::{Answer, Loaded},
    context,
    ui::form::{Call, Done, Outcome, Posted},
};

/// A member, and whether there is more that who asks can do with their account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ModeratedView {
    /// The member.
    pub member: ModeratedMember,
    /// Whether who asks looks after accounts.
    pub looks_after_accounts: bool,
}

/// The member with this handle.
pub async fn read_moderated(handle: String) -> Loaded<ModeratedView> {
    let (services, actor) = (context::services(), context::actor());
    let member = services.accounts.moderated_member(actor, &handle).await;
    Ok(Answer::of(member).map(|member| ModeratedView {
        member,
        looks_after_accounts: permit(actor, Action::LookAfterAccounts).is_ok(),
    }))
}

async fn act(call: &Call, handle: &str, action: MemberAction, reason: &str) -> DomainResult<Done> {
    let (accounts, submission) = (&call.services.accounts, call.submission());
    accounts
        .moderate_member(call.actor(), handle, action, reason, &submission)
        .await?;
    let path = paths::admin_member(handle);
    Ok(Done::at(format!("{path}?done=moderation")))
}

/// Warns a member.
#[server(prefix = "/api", endpoint = "admin/warn-member", input = Json)]
pub async fn warn_member(posted: Posted<WarnMemberFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |WarnMemberFields { handle, reason }, call| {
            act(&call, &handle, MemberAction::Warn, &reason).await
        })
        .await
}

/// Stops a member from writing for a time.
#[server(prefix = "/api", endpoint = "admin/suspend-member", input = Json)]
pub async fn suspend_member(posted: Posted<SuspendMemberFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            // What has no end is longer than any that moderators may choose.
            let days = fields.length.days().unwrap_or(u16::MAX);
            let action = MemberAction::Suspend { days };
            act(&call, &fields.handle, action, &fields.reason).await
        })
        .await
}
