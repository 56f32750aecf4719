//! Resources of a community: what its members recommend to each other elsewhere.

mod draft;
mod language;
mod link;
mod service;

use serde::{Deserialize, Serialize};

use crate::{
    catalogue::ConditionLink,
    time::{PartialDate, Timestamp},
};

pub use draft::{
    DESCRIPTION_LONGEST, RESOURCE_REASON_LONGEST, RESOURCE_TITLE_LONGEST, RESOURCE_TITLE_SHORTEST,
    ResourceDraft, check_date, check_description, check_resource_reason, check_resource_title,
};
pub use language::ResourceLanguage;
pub use link::{LINK_LONGEST, check_link, link_key, site_of};
pub use service::Resources;

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceKind {
    /// A society, a charity, a centre.
    Organisation,
    /// What explains how to do something.
    Guide,
    /// Something to read.
    Article,
    /// Something to watch.
    Video,
    /// People who meet, elsewhere on the web or at a place.
    Group,
    /// A book that can be read on a screen.
    EBook,
    /// Something to listen to.
    Podcast,
}

impl ResourceKind {
    /// All, in the order of forms and filters.
    pub const ALL: [Self; 7] = [
        Self::Organisation,
        Self::Guide,
        Self::Article,
        Self::Video,
        Self::Group,
        Self::EBook,
        Self::Podcast,
    ];

    /// Those that one page gathers from all communities.
    pub const GATHERED: [Self; 2] = [Self::EBook, Self::Podcast];

    /// The stable name in the database, in forms and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Guide => "guide",
            Self::Article => "article",
            Self::Video => "video",
            Self::Group => "group",
            Self::EBook => "e-book",
            Self::Podcast => "podcast",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What one of them is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation",
            Self::Guide => "Guide",
            Self::Article => "Article",
            Self::Video => "Video",
            Self::Group => "Group",
            Self::EBook => "E-book",
            Self::Podcast => "Podcast",
        }
    }

    /// What several of them are called.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Organisation => "Organisations",
            Self::Guide => "Guides",
            Self::Article => "Articles",
            Self::Video => "Videos",
            Self::Group => "Groups",
            Self::EBook => "E-books",
            Self::Podcast => "Podcasts",
        }
    }
}

/// What has become of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResourceState {
    /// Nobody has decided yet: the author and whoever decides see it.
    Waiting,
    /// Everybody sees it.
    Approved,
    /// It never was in the list.
    Declined,
    /// It was in the list once.
    Removed,
}

impl ResourceState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Approved, Self::Declined, Self::Removed];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Removed => "removed",
        }
    }

    /// From the stable name; anything unknown is shown to nobody but its author.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Removed)
    }
}

/// A resource in a list. Who suggested it is nobody's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceLine {
    /// Ten random characters that name it for ever.
    pub id: String,
    /// One line.
    pub title: String,
    /// Plain text, one paragraph. May be empty.
    pub description: String,
    /// Where it is.
    pub link: String,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// What it is.
    pub kind: ResourceKind,
    /// In which language it is.
    pub language: ResourceLanguage,
    /// Since when it is what it is: in the list, declined, removed; or waiting.
    pub since: Timestamp,
}

/// A resource that who asks may do something with, or has suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Whose community.
    pub condition: ConditionLink,
    /// What is known of it.
    pub line: ResourceLine,
    /// What has become of it.
    pub state: ResourceState,
    /// Why it was declined or removed, else nothing.
    pub reason: String,
    /// Whether who asks has suggested it.
    pub own: bool,
    /// Whether who asks may approve or decline it.
    pub may_decide: bool,
    /// Whether who asks may take it off the list.
    pub may_remove: bool,
}

/// A page of the resources of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceList {
    /// Whose community.
    pub condition: ConditionLink,
    /// The one kind that was asked for.
    pub kind: Option<ResourceKind>,
    /// The one that was approved last first.
    pub resources: Vec<ResourceLine>,
    /// Id after which the next page begins.
    pub next: Option<String>,
    /// Since when there is the community.
    pub since: Timestamp,
    /// Whether who asks has joined the community.
    pub joined: bool,
    /// Whether who asks may suggest resources here.
    pub may_suggest: bool,
    /// Whether who asks decides about suggestions, and removes what is in the list.
    pub may_decide: bool,
    /// Suggestions, the oldest first: all for who decides, for others their own. On the first page
    /// alone.
    pub waiting: Vec<Resource>,
    /// What who asks has suggested and others have declined or removed, the last first. On the first
    /// page alone.
    pub refused: Vec<Resource>,
}

/// A resource with the community that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheredResource {
    /// Whose community.
    pub condition: ConditionLink,
    /// The resource.
    pub resource: ResourceLine,
}

/// A page of the e-books and podcasts of all communities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheredResources {
    /// The one kind that was asked for.
    pub kind: Option<ResourceKind>,
    /// The one that was approved last first.
    pub resources: Vec<GatheredResource>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// What is decided about a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceDecision {
    /// It goes into the list as it is here, which may differ from what was suggested.
    Approve(ResourceDraft),
    /// It does not.
    Decline {
        /// Why; see [`check_resource_reason`].
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        for kind in ResourceKind::ALL {
            assert_eq!(ResourceKind::from_name(kind.as_str()), Some(kind));
            let name = serde_json::to_string(&kind).unwrap();
            assert_eq!(name, format!("\"{}\"", kind.as_str()));
        }
        assert_eq!(ResourceKind::from_name("EBook"), None);
        for state in ResourceState::ALL {
            assert_eq!(ResourceState::from_name(state.as_str()), state);
        }
        assert_eq!(ResourceState::from_name("x"), ResourceState::Removed);
    }
}
