//! What administrators, the operator and moderators see of other people's accounts, and do with them.

use serde::{Deserialize, Serialize};

use super::{EmailAddress, Role, Roles, Standing};
use crate::time::Timestamp;

/// What an administrator or the operator does with somebody else's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModerationAction {
    /// Gives a role.
    Grant(Role),
    /// Takes a role away.
    Revoke(Role),
    /// Tells the person that something must not happen again.
    Warn,
    /// Stops the person from writing.
    Suspend {
        /// For how many days, rounded up to the hour; without an end where there is nothing.
        days: Option<u16>,
    },
    /// Ends a suspension.
    Restore,
    /// Signs the person out everywhere: somebody else may be signed in as them.
    EndSessions,
    /// Turns the second factor off, for who has lost both phone and recovery codes. The operator's
    /// alone, who has made sure who asks.
    ResetSecondFactor,
}

impl ModerationAction {
    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grant(_) => "grant",
            Self::Revoke(_) => "revoke",
            Self::Warn => "warn",
            Self::Suspend { .. } => "suspend",
            Self::Restore => "restore",
            Self::EndSessions => "end-sessions",
            Self::ResetSecondFactor => "reset-second-factor",
        }
    }

    /// The role that it is about.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Grant(role) | Self::Revoke(role) => Some(role),
            Self::Warn
            | Self::Suspend { .. }
            | Self::Restore
            | Self::EndSessions
            | Self::ResetSecondFactor => None,
        }
    }
}

/// What a moderator does with a member. The rest of [`ModerationAction`] is for administrators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberAction {
    /// Tells the person that something must not happen again.
    Warn,
    /// Stops the person from writing for a time.
    Suspend {
        /// For how many days: at most
        /// [`SUSPENSION_BY_MODERATORS_LONGEST`](super::SUSPENSION_BY_MODERATORS_LONGEST).
        days: u16,
    },
}

impl From<MemberAction> for ModerationAction {
    fn from(action: MemberAction) -> Self {
        match action {
            MemberAction::Warn => Self::Warn,
            MemberAction::Suspend { days } => Self::Suspend { days: Some(days) },
        }
    }
}

/// Why a moderator does nothing with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberObstacle {
    /// It is themselves.
    Own,
    /// They are a moderator or an administrator, which only administrators act on.
    Staff,
}

/// A member as moderators see them: nothing of an address, nor why somebody else decided about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeratedMember {
    /// The public name.
    pub handle: String,
    /// The name, as far as who asks may know it.
    pub name: Option<String>,
    /// Whether the person may not write.
    pub suspended: bool,
    /// When they may again, where that has an end.
    pub suspended_until: Option<Timestamp>,
    /// Why who asks does nothing with them, if they do not.
    pub obstacle: Option<MemberObstacle>,
    /// Warnings and suspensions so far, the latest first; none under an alias.
    pub history: Vec<MemberDecision>,
}

/// A warning, a suspension or its end, as other moderators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDecision {
    /// Name of a [`ModerationAction`].
    pub kind: String,
    /// When.
    pub taken: Timestamp,
    /// When it ends by itself, where it does.
    pub until: Option<Timestamp>,
}

/// An account as those see it who look after accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    /// The public name.
    pub handle: String,
    /// The name that others see.
    pub name: String,
    /// Where mail goes.
    pub email: EmailAddress,
    /// Since when.
    pub joined: Timestamp,
    /// Whether the person may act.
    pub standing: Standing,
    /// When they may act again, where they may not and that has an end.
    pub suspended_until: Option<Timestamp>,
    /// What they may do besides.
    pub roles: Roles,
    /// Whether signing in takes a code. Whoever has a role can do nothing with it before.
    pub has_second_factor: bool,
}

/// A moderation action that was taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModerationRecord {
    /// Name of a [`ModerationAction`], as in [`ModerationAction::as_str`].
    pub kind: String,
    /// The role that it is about.
    pub role: Option<Role>,
    /// Why, as the person sees it.
    pub reason: String,
    /// Display name of who took it; `None` for the operator, and for who has gone since.
    pub by: Option<String>,
    /// When.
    pub taken: Timestamp,
    /// When it ends by itself, where it does.
    pub until: Option<Timestamp>,
}

/// How long is kept who was slowed in lists of members, in days.
pub const WALKS_KEPT: i64 = 90;

/// Most refused pages that are counted for one person and day.
pub const WALK_COUNTED: i64 = 1_000;

/// That somebody has read so many pages of lists of members in a day that they got no more. Whom they
/// read is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberListWalk {
    /// The public name.
    pub handle: String,
    /// The name that others see.
    pub name: String,
    /// On which day, counted from 1 January 1970 in UTC.
    pub day: i64,
    /// How many pages they did not get, up to [`WALK_COUNTED`].
    pub refused: i64,
    /// Whether an administrator has looked at it.
    pub noted: bool,
}

/// A page of those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberListWalks {
    /// The last day first.
    pub walks: Vec<MemberListWalk>,
    /// What names the last one, where there are more.
    pub next: Option<String>,
}

/// Which accounts a list is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum People {
    /// All.
    #[default]
    All,
    /// Those that are suspended.
    Suspended,
    /// Those that have a role.
    WithRoles,
}

impl People {
    /// All choices.
    pub const ALL: [Self; 3] = [Self::All, Self::Suspended, Self::WithRoles];

    /// The stable name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Suspended => "suspended",
            Self::WithRoles => "with-roles",
        }
    }

    /// From the stable name; anything unknown is all.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|people| people.as_str() == name)
            .unwrap_or_default()
    }
}

/// One page of accounts, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountList {
    /// The accounts.
    pub accounts: Vec<AccountRecord>,
    /// Handle after which the next page begins.
    pub next: Option<String>,
}
