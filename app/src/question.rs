//! Pages that are still written on the server as one text, and their addresses.

use std::collections::HashMap;

use domain::{
    Error,
    account::Actor,
    policy::{Action, permit},
};
use percent_encoding::percent_decode_str;

use crate::{
    account::{AccountPage, AdministrationPage},
    page::CachePolicy,
    profile::ProfilePage,
};

/// What the page at an address asks the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Joining, signing in, settings.
    Account(AccountPage),
    /// Profiles, and what people set about theirs.
    Profile(ProfilePage),
    /// Looking after accounts.
    Administration(AdministrationPage),
}

impl Question {
    /// The shape of the address, which names no condition and no query, for logs.
    pub fn route(&self) -> &'static str {
        match self {
            Self::Account(page) => page.route(),
            Self::Profile(page) => page.route(),
            Self::Administration(page) => page.route(),
        }
    }

    /// Whether something can be sent to the address.
    pub fn takes_forms(&self) -> bool {
        match self {
            Self::Account(_) | Self::Administration(_) => true,
            Self::Profile(page) => page.takes_forms(),
        }
    }

    /// Whether files can be sent to it.
    pub fn takes_files(&self) -> bool {
        matches!(self, Self::Profile(ProfilePage::Picture { .. }))
    }

    /// Whether who asks may know that there is such a page. For others it is like any address
    /// that there is none at.
    pub fn is_for(&self, actor: Actor) -> bool {
        match self {
            Self::Administration(_) => {
                permit(actor, Action::LookAfterAccounts) != Err(Error::NotFound)
            }
            _ => true,
        }
    }

    /// Whether the page stays as the server has written it: no script is sent with it.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Administration(_))
    }

    /// Who may keep what is at the address.
    pub fn policy(&self) -> CachePolicy {
        match self {
            Self::Account(page) => page.policy(),
            Self::Profile(page) => page.policy(),
            Self::Administration(_) => CachePolicy::NoStore,
        }
    }

    /// The question of the page at a path with its query; `None` where there is no page.
    pub fn of(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let segments = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| {
                percent_decode_str(segment)
                    .decode_utf8()
                    .map(String::from)
                    .ok()
            })
            .collect::<Option<Vec<_>>>()?;
        let query: HashMap<_, _> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        if let Some(page) = AccountPage::of(&segments, &query) {
            return Some(Self::Account(page));
        }
        if let Some(page) = ProfilePage::of(&segments, &query) {
            return Some(Self::Profile(page));
        }
        if let Some(page) = AdministrationPage::of(&segments, &query) {
            return Some(Self::Administration(page));
        }
        None
    }
}
