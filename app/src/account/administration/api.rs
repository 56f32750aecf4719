//! What the pages for administrators show, and what becomes of their forms. Nothing here needs an
//! address of its own: the pages are made on the server, and no script sends their forms.

use domain::{
    Result as DomainResult,
    account::{
        AccountList, AccountRecord, MemberAction, MemberListWalk, MemberListWalks,
        ModerationAction, People, Role, Standing, WALK_COUNTED,
    },
    time::{Day, Timestamp},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use super::forms::{
    EndSessionsFields, GrantFields, NoteWalkFields, RestoreFields, RevokeFields, SuspendFields,
    WarnFields,
};
use crate::{
    account::{ModerationView, paths},
    answer::{Answer, Loaded},
    context,
    ui::form::{Call, Done, Outcome, Posted},
};

/// An account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordView {
    /// The public name.
    pub handle: String,
    /// The name that others see.
    pub name: String,
    /// Where email goes.
    pub email: String,
    /// Since when.
    pub joined: Day,
    /// Whether the person may not write.
    pub suspended: bool,
    /// When they may again, where that has an end.
    pub suspended_until: Option<Timestamp>,
    /// What they may do besides.
    pub roles: Vec<Role>,
    /// Whether signing in takes a code.
    pub has_second_factor: bool,
}

impl From<AccountRecord> for RecordView {
    fn from(record: AccountRecord) -> Self {
        Self {
            handle: record.handle,
            name: record.name,
            email: record.email.as_str().to_owned(),
            joined: record.joined.into(),
            suspended: record.standing == Standing::Suspended,
            suspended_until: record.suspended_until,
            roles: record.roles.iter().collect(),
            has_second_factor: record.has_second_factor,
        }
    }
}

impl RecordView {
    /// The roles in words; empty where there are none.
    pub fn roles_spelled(&self) -> String {
        let names: Vec<&str> = self.roles.iter().map(|role| role.label()).collect();
        names.join(", ")
    }
}

/// A page of the list of accounts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeopleView {
    /// The accounts.
    pub accounts: Vec<RecordView>,
    /// Handle after which the next page begins.
    pub next: Option<String>,
}

impl From<AccountList> for PeopleView {
    fn from(list: AccountList) -> Self {
        Self {
            accounts: list.accounts.into_iter().map(Into::into).collect(),
            next: list.next,
        }
    }
}

/// An account, with what was done with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonView {
    /// The account.
    pub record: RecordView,
    /// What was done with it, the latest first.
    pub moderation: Vec<ModerationView>,
}

/// Accounts with these words in name or address, or with this handle.
pub async fn read_people(
    words: String,
    people: People,
    after: Option<String>,
) -> Loaded<PeopleView> {
    let (services, actor) = (context::services(), context::actor());
    let list = services
        .accounts
        .list(actor, &words, people, after.as_deref());
    Ok(Answer::of(list.await).map(Into::into))
}

/// The account with this handle.
pub async fn read_person(handle: String) -> Loaded<PersonView> {
    let (services, actor) = (context::services(), context::actor());
    let accounts = services.accounts;
    let record = match accounts.find(actor, &handle).await {
        Ok(record) => record,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let moderation = accounts.moderation(actor, &record.handle).await;
    Ok(Answer::of(moderation).map(|moderation| PersonView {
        record: record.into(),
        moderation: moderation
            .into_iter()
            .map(ModerationView::for_administrators)
            .collect(),
    }))
}

/// That somebody was slowed in lists of members.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WalkView {
    /// The public name.
    pub handle: String,
    /// The name that others see.
    pub name: String,
    /// Number of the day.
    pub number: i64,
    /// The day.
    pub day: Day,
    /// How many pages they did not get, in words.
    pub refused: String,
    /// Whether an administrator has looked at it.
    pub noted: bool,
}

impl From<MemberListWalk> for WalkView {
    fn from(walk: MemberListWalk) -> Self {
        Self {
            handle: walk.handle,
            name: walk.name,
            number: walk.day,
            day: Timestamp(walk.day * 86_400_000_000).into(),
            refused: if walk.refused < WALK_COUNTED {
                walk.refused.to_string()
            } else {
                "1,000 or more".to_owned()
            },
            noted: walk.noted,
        }
    }
}

/// A page of who was slowed in lists of members.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WalksView {
    /// The last day first.
    pub walks: Vec<WalkView>,
    /// What names the last one, where there are more.
    pub next: Option<String>,
}

impl From<MemberListWalks> for WalksView {
    fn from(list: MemberListWalks) -> Self {
        Self {
            walks: list.walks.into_iter().map(Into::into).collect(),
            next: list.next,
        }
    }
}

/// Who was slowed in lists of members.
pub async fn read_walks(after: Option<String>) -> Loaded<WalksView> {
    let (services, actor) = (context::services(), context::actor());
    let walks = services.accounts.member_list_walks(actor, after.as_deref());
    Ok(Answer::of(walks.await).map(Into::into))
}

/// Notes that one of them has been looked at.
#[server(prefix = "/api", endpoint = "admin/note-walk", input = Json)]
pub async fn note_walk(posted: Posted<NoteWalkFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |NoteWalkFields { handle, day }, call| {
            let accounts = &call.services.accounts;
            accounts
                .note_member_list_walk(call.actor(), &handle, day)
                .await?;
            Ok(Done::at(paths::admin_member_lists(None)))
        })
        .await
}

async fn take(
    call: &Call,
    handle: &str,
    action: ModerationAction,
    reason: &str,
) -> DomainResult<Done> {
    let accounts = &call.services.accounts;
    let record = accounts
        .moderate(call.actor(), handle, action, reason)
        .await?;
    let path = paths::admin_person(&record.handle);
    Ok(Done::at(format!("{path}?done=moderation")))
}

/// Gives a role.
#[server(prefix = "/api", endpoint = "admin/grant", input = Json)]
pub async fn grant(posted: Posted<GrantFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let action = ModerationAction::Grant(fields.role);
            take(&call, &fields.handle, action, &fields.reason).await
        })
        .await
}

/// Takes a role away.
#[server(prefix = "/api", endpoint = "admin/revoke", input = Json)]
pub async fn revoke(posted: Posted<RevokeFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let action = ModerationAction::Revoke(fields.role);
            take(&call, &fields.handle, action, &fields.reason).await
        })
        .await
}

/// Warns a person.
#[server(prefix = "/api", endpoint = "admin/warn", input = Json)]
pub async fn warn(posted: Posted<WarnFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |WarnFields { handle, reason }, call| {
            let (accounts, submission) = (&call.services.accounts, call.submission());
            accounts
                .moderate_member(
                    call.actor(),
                    &handle,
                    MemberAction::Warn,
                    &reason,
                    &submission,
                )
                .await?;
            let path = paths::admin_person(&handle);
            Ok(Done::at(format!("{path}?done=moderation")))
        })
        .await
}

/// Stops a person from writing.
#[server(prefix = "/api", endpoint = "admin/suspend", input = Json)]
pub async fn suspend(posted: Posted<SuspendFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            take(
                &call,
                &fields.handle,
                ModerationAction::Suspend {
                    days: fields.length.days(),
                },
                &fields.reason,
            )
            .await
        })
        .await
}

/// Ends a suspension.
#[server(prefix = "/api", endpoint = "admin/restore", input = Json)]
pub async fn restore(posted: Posted<RestoreFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            take(
                &call,
                &fields.handle,
                ModerationAction::Restore,
                &fields.reason,
            )
            .await
        })
        .await
}

/// Signs a person out everywhere.
#[server(prefix = "/api", endpoint = "admin/end-sessions", input = Json)]
pub async fn end_sessions(posted: Posted<EndSessionsFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            take(
                &call,
                &fields.handle,
                ModerationAction::EndSessions,
                &fields.reason,
            )
            .await
        })
        .await
}
