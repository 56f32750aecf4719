//! Pages of an account that are still written on the server as one text.

use std::collections::HashMap;

use crate::page::CachePolicy;

pub use super::administration::AdministrationPage;
pub(crate) use super::administration::{administer, page as administration};
pub(crate) use super::ask::{elsewhere, form};
pub(crate) use super::submit::submit;

/// A page about a person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountPage {
    /// `/settings?done=`
    Settings {
        /// What has just been done.
        done: Option<String>,
    },
    /// `/settings/password`
    Password,
    /// `/settings/address?done=`
    Address {
        /// Whether the mail is on its way.
        done: bool,
    },
    /// `/settings/devices?done=`
    Devices {
        /// Whether something was signed out.
        done: bool,
    },
    /// `/settings/delete`
    Delete,
}

impl AccountPage {
    /// The page at an address, if there is one.
    pub(crate) fn of(segments: &[&str], query: &HashMap<String, String>) -> Option<Self> {
        let done = || query.get("done").cloned();
        Some(match segments {
            ["settings"] => Self::Settings { done: done() },
            ["settings", "password"] => Self::Password,
            ["settings", "address"] => Self::Address {
                done: done().is_some(),
            },
            ["settings", "devices"] => Self::Devices {
                done: done().is_some(),
            },
            ["settings", "delete"] => Self::Delete,
            _ => return None,
        })
    }

    /// The shape of the address, for logs.
    pub(crate) fn route(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "/settings",
            Self::Password => "/settings/password",
            Self::Address { .. } => "/settings/address",
            Self::Devices { .. } => "/settings/devices",
            Self::Delete => "/settings/delete",
        }
    }

    /// The path of this very page.
    pub(super) fn path(&self) -> String {
        self.route().to_owned()
    }

    /// Who may keep the page.
    pub(crate) fn policy(&self) -> CachePolicy {
        let _ = self;
        CachePolicy::NoStore
    }
}

/// The page to sign in on, from where it goes on at `next`.
pub use super::paths::sign_in as sign_in_path;
