//! What administrators and the operator see of other people's accounts, and do with them.

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
