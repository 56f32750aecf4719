//! The fields of the forms on the pages of an account and of a member. What is wrong with a reason the
//! service says.

use domain::account::{Role, SuspensionLength};
use serde::Deserialize;

use super::{api, member_api};
use crate::ui::form::PageForm;

/// Gives a role.
#[derive(Clone, Debug, Deserialize)]
pub struct GrantFields {
    /// Whose account.
    pub handle: String,
    /// Which role.
    pub role: Role,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for GrantFields {
    type Call = api::Grant;
}

/// Takes a role away.
#[derive(Clone, Debug, Deserialize)]
pub struct RevokeFields {
    /// Whose account.
    pub handle: String,
    /// Which role.
    pub role: Role,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for RevokeFields {
    type Call = api::Revoke;
}

/// Warns a person.
#[derive(Clone, Debug, Deserialize)]
pub struct WarnFields {
    /// Whose account.
    pub handle: String,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for WarnFields {
    type Call = api::Warn;
    const KEYED: bool = true;
}

/// Stops a person from writing.
#[derive(Clone, Debug, Deserialize)]
pub struct SuspendFields {
    /// Whose account.
    pub handle: String,
    /// For how long.
    pub length: SuspensionLength,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for SuspendFields {
    type Call = api::Suspend;
}

/// Ends a suspension.
#[derive(Clone, Debug, Deserialize)]
pub struct RestoreFields {
    /// Whose account.
    pub handle: String,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for RestoreFields {
    type Call = api::Restore;
}

/// Signs a person out everywhere.
#[derive(Clone, Debug, Deserialize)]
pub struct EndSessionsFields {
    /// Whose account.
    pub handle: String,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for EndSessionsFields {
    type Call = api::EndSessions;
}

/// Notes that who was slowed in lists of members has been looked at.
#[derive(Clone, Debug, Deserialize)]
pub struct NoteWalkFields {
    /// Whose account.
    pub handle: String,
    /// On which day.
    pub day: i64,
}

impl PageForm for NoteWalkFields {
    type Call = api::NoteWalk;
}

/// Warns a member, as a moderator does.
#[derive(Clone, Debug, Deserialize)]
pub struct WarnMemberFields {
    /// Whom.
    pub handle: String,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for WarnMemberFields {
    type Call = member_api::WarnMember;
    const KEYED: bool = true;
}

/// Stops a member from writing for a time, as a moderator does.
#[derive(Clone, Debug, Deserialize)]
pub struct SuspendMemberFields {
    /// Whom.
    pub handle: String,
    /// For how long.
    pub length: SuspensionLength,
    /// Why, as the person sees it.
    pub reason: String,
}

impl PageForm for SuspendMemberFields {
    type Call = member_api::SuspendMember;
    const KEYED: bool = true;
}
