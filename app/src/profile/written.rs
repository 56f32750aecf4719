//! Pages of profiles that are still written on the server as one text.

use std::collections::HashMap;

use crate::{
    answer::Answer,
    context::{Services, Visit},
    form::FormPage,
    page::CachePolicy,
};

pub(crate) use super::ask::condition_field;
pub(crate) use super::submit::submit;

/// A page about what people show of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfilePage {
    /// `/members/{handle}`
    Member(String),
    /// `/communities/{slug}/members?after=`
    Members {
        /// The condition's address.
        slug: String,
        /// Handle after which the page begins.
        after: Option<String>,
    },
    /// `/settings/profile?done=`
    Own {
        /// Whether it has just been saved.
        done: bool,
    },
    /// `/settings/picture?done=`
    Picture {
        /// Whether it has just been saved.
        done: bool,
    },
    /// `/settings/conditions?done=`
    Conditions {
        /// Whether it has just been saved.
        done: bool,
    },
    /// `/settings/what-others-see?by=`
    Seen {
        /// Who looks.
        by: Onlooker,
    },
}

/// As whom a person can look at their own profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Onlooker {
    /// Somebody who is not signed in.
    #[default]
    Visitor,
    /// Somebody who is.
    Member,
    /// Somebody of one of the person's communities.
    Community,
    /// A search engine.
    SearchEngine,
}

impl Onlooker {
    pub(super) const ALL: [Self; 4] = [
        Self::Visitor,
        Self::Member,
        Self::Community,
        Self::SearchEngine,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Member => "member",
            Self::Community => "community",
            Self::SearchEngine => "search-engine",
        }
    }

    fn from_name(name: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|onlooker| Some(onlooker.as_str()) == name)
            .unwrap_or_default()
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Visitor => "A visitor",
            Self::Member => "A member",
            Self::Community => "A member of your communities",
            Self::SearchEngine => "A search engine",
        }
    }
}

impl ProfilePage {
    /// The page at an address, if there is one.
    pub(crate) fn of(segments: &[&str], query: &HashMap<String, String>) -> Option<Self> {
        let done = query.contains_key("done");
        Some(match segments {
            ["members", handle] => Self::Member((*handle).to_owned()),
            ["communities", slug, "members"] => Self::Members {
                slug: (*slug).to_owned(),
                after: query.get("after").cloned(),
            },
            ["settings", "profile"] => Self::Own { done },
            ["settings", "picture"] => Self::Picture { done },
            ["settings", "conditions"] => Self::Conditions { done },
            ["settings", "what-others-see"] => Self::Seen {
                by: Onlooker::from_name(query.get("by").map(String::as_str)),
            },
            _ => return None,
        })
    }

    /// The shape of the address, for logs.
    pub(crate) fn route(&self) -> &'static str {
        match self {
            Self::Member(_) => "/members/{handle}",
            Self::Members { .. } => "/communities/{slug}/members",
            Self::Own { .. } => "/settings/profile",
            Self::Picture { .. } => "/settings/picture",
            Self::Conditions { .. } => "/settings/conditions",
            Self::Seen { .. } => "/settings/what-others-see",
        }
    }

    /// Who may keep the page.
    pub(crate) fn policy(&self) -> CachePolicy {
        match self {
            Self::Member(_) | Self::Members { .. } => CachePolicy::Shared,
            _ => CachePolicy::NoStore,
        }
    }

    /// Whether something can be sent to it.
    pub(crate) fn takes_forms(&self) -> bool {
        matches!(
            self,
            Self::Own { .. } | Self::Picture { .. } | Self::Conditions { .. }
        )
    }
}

/// The page at an address, or where else to go.
pub(crate) async fn form(
    services: &Services,
    visit: &Visit,
    page: &ProfilePage,
) -> Answer<FormPage> {
    match page {
        ProfilePage::Member(handle) => {
            let profile = services.profiles.profile(visit.actor, handle).await;
            Answer::of(profile).map(|profile| super::show::member(&profile))
        }
        ProfilePage::Members { slug, after } => {
            super::show::members(services, visit, slug, after.as_deref()).await
        }
        _ => super::ask::form(services, visit, page).await,
    }
}
