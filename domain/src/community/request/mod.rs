//! Requests for the community of a condition that the catalogue does not have.

mod draft;
mod service;

use serde::{Deserialize, Serialize};

use super::{moderation::AppealLine, report::CaseLine};
use crate::{catalogue::ConditionLink, time::Timestamp, wiki::Author};

pub use draft::{
    CommunityRequestDraft, REQUEST_LINKS_MOST, REQUEST_NAME_LONGEST, REQUEST_WHY_LONGEST,
    REQUEST_WORDS_LONGEST, check_request_links, check_request_name, check_request_why,
    check_request_words,
};
pub use service::CommunityRequests;

/// What has become of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RequestState {
    /// Nobody has decided yet.
    Waiting,
    /// There is a condition by it, which only this site has.
    Accepted,
    /// There was one before, by another name.
    Merged,
    /// There is none.
    Declined,
}

impl RequestState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Accepted, Self::Merged, Self::Declined];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Merged => "merged",
            Self::Declined => "declined",
        }
    }

    /// From the stable name; anything unknown is over.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Declined)
    }
}

/// A request, for who made it and for who decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityRequest {
    /// Ten random characters.
    pub id: String,
    /// The condition's name.
    pub name: String,
    /// Why there should be a community: plain text.
    pub why: String,
    /// Where the condition is described.
    pub links: Vec<String>,
    /// Whether who asked would lead the community.
    pub leads: bool,
    /// What has become of it.
    pub state: RequestState,
    /// What who decided says to who asked, else nothing.
    pub words: String,
    /// The condition that there is now, or was before.
    pub condition: Option<ConditionLink>,
    /// When it was made.
    pub made: Timestamp,
    /// When it was decided.
    pub decided: Option<Timestamp>,
}

/// A request with what who decides has to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestToDecide {
    /// The request.
    pub request: CommunityRequest,
    /// Who asked, as far as who decides may know.
    pub by: Author,
    /// Whether who decides may do so: nobody about their own but administrators.
    pub may_decide: bool,
    /// Whether its condition is still one that only this site has, so that it can be merged.
    pub may_merge: bool,
}

/// A page of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    /// Those that wait, the oldest first, or those that are decided, the last first.
    pub requests: Vec<CommunityRequest>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// What is decided about a request. The words are for who asked; see [`check_request_words`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestDecision {
    /// There is a condition by this name from now on.
    Accept {
        /// See [`check_request_name`]: it may differ from what was asked for.
        name: String,
        /// What who asked is told.
        words: String,
    },
    /// There is one: this is its slug. One that was made for the request is merged into it.
    Merge {
        /// The condition.
        slug: String,
        /// What who asked is told.
        words: String,
    },
    /// There is none.
    Decline {
        /// What who asked is told.
        words: String,
    },
}

/// A suggestion of a resource that waits somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingResource {
    /// Names it.
    pub id: String,
    /// Whose community.
    pub condition: ConditionLink,
    /// Its title.
    pub title: String,
    /// When it was suggested.
    pub since: Timestamp,
}

/// A community in which first posts wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingFirstPosts {
    /// Whose community.
    pub condition: ConditionLink,
    /// How many posts.
    pub posts: i64,
    /// Since when the oldest waits.
    pub since: Timestamp,
}

/// What waits for moderators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Requests for communities, the oldest first.
    pub requests: Vec<CommunityRequest>,
    /// Suggestions of resources, the oldest first.
    pub resources: Vec<WaitingResource>,
    /// Communities in which first posts wait, the one with the oldest first.
    pub first_posts: Vec<WaitingFirstPosts>,
    /// Appeals, the oldest first.
    pub appeals: Vec<AppealLine>,
    /// What is reported, the most urgent first.
    pub reports: Vec<CaseLine>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_states_are_stable() {
        for state in RequestState::ALL {
            assert_eq!(RequestState::from_name(state.as_str()), state);
        }
        assert_eq!(RequestState::from_name("x"), RequestState::Declined);
    }
}
