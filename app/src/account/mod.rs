//! Joining, signing in and one's own account: which pages there are, what they ask, and what
//! becomes of the answers. All of them are forms, so the browser needs nothing of this.

mod administration;
mod ask;
mod settings;
mod submit;

use std::collections::HashMap;

use domain::account::Token;

use crate::ui::Keeping;

pub use administration::AdministrationPage;
pub(crate) use administration::{administer, page as administration};
pub(crate) use ask::{elsewhere, form};
pub(crate) use submit::submit;

/// A page about a person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountPage {
    /// `/join?done=`
    Join {
        /// Whether the mail is on its way.
        done: bool,
    },
    /// `/confirm/{token}`
    Confirm(Token),
    /// `/sign-in?next=&done=`
    SignIn {
        /// Where to go on.
        next: Option<String>,
        /// What has just been done.
        done: Option<String>,
    },
    /// `/sign-out`
    SignOut,
    /// `/forgotten-password?done=`
    Forgotten {
        /// Whether the mail is on its way.
        done: bool,
    },
    /// `/new-password/{token}`
    NewPassword(Token),
    /// `/new-address/{token}`
    NewAddress(Token),
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
            ["join"] => Self::Join {
                done: done().is_some(),
            },
            ["confirm", token] => Self::Confirm(Token::parse(token)?),
            ["sign-in"] => Self::SignIn {
                next: query.get("next").cloned(),
                done: done(),
            },
            ["sign-out"] => Self::SignOut,
            ["forgotten-password"] => Self::Forgotten {
                done: done().is_some(),
            },
            ["new-password", token] => Self::NewPassword(Token::parse(token)?),
            ["new-address", token] => Self::NewAddress(Token::parse(token)?),
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
            Self::Join { .. } => "/join",
            Self::Confirm(_) => "/confirm/{token}",
            Self::SignIn { .. } => "/sign-in",
            Self::SignOut => "/sign-out",
            Self::Forgotten { .. } => "/forgotten-password",
            Self::NewPassword(_) => "/new-password/{token}",
            Self::NewAddress(_) => "/new-address/{token}",
            Self::Settings { .. } => "/settings",
            Self::Password => "/settings/password",
            Self::Address { .. } => "/settings/address",
            Self::Devices { .. } => "/settings/devices",
            Self::Delete => "/settings/delete",
        }
    }

    /// The path of this very page.
    fn path(&self) -> String {
        match self {
            Self::Confirm(token) | Self::NewPassword(token) | Self::NewAddress(token) => {
                self.route().replace("{token}", token.expose())
            }
            _ => self.route().to_owned(),
        }
    }

    /// Who may keep the page.
    pub(crate) fn keeping(&self) -> Keeping {
        match self {
            Self::Join { .. } | Self::SignIn { .. } | Self::SignOut | Self::Forgotten { .. } => {
                Keeping::Browser
            }
            _ => Keeping::Nobody,
        }
    }
}

/// The page to sign in on, from where it goes on at `next`.
pub fn sign_in_path(next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/sign-in?next={next}")
}

/// Where to go on after signing in: a page of this site, or the first one.
fn next_path(next: Option<&str>) -> String {
    match next {
        Some(next)
            if next.starts_with('/')
                && next.is_ascii()
                && !next.starts_with("//")
                && !next.contains(['\\', '\r', '\n'])
                && crate::routes::Question::of(next).is_some() =>
        {
            next.to_owned()
        }
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_pages_of_this_site_alone() {
        for good in ["/", "/settings/devices", "/search?q=a"] {
            assert_eq!(next_path(Some(good)), good);
        }
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/nope",
            "settings",
            "",
            "/search?q=a\r\nx",
        ] {
            assert_eq!(next_path(Some(bad)), "/", "{bad}");
        }
        assert_eq!(sign_in_path("/a?b=c"), "/sign-in?next=%2Fa%3Fb%3Dc");
    }
}
