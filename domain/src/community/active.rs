//! Communities in which something has happened.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{Result, account::Actor, catalogue::ConditionLink, time::Timestamp};

/// So far discussions and resources of a community in the list are counted: it costs the same however many
/// there are.
pub const MOST_COUNTED: i64 = 100;

/// A community that visitors find something in. What they do not see is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActiveCommunity {
    /// Whose community.
    pub condition: ConditionLink,
    /// Topics that everyone reads, one more than [`MOST_COUNTED`] at most.
    pub topics: i64,
    /// Resources in its list, likewise.
    pub resources: i64,
    /// Leaders.
    pub leaders: i64,
    /// When something was added last.
    pub active: Timestamp,
}

/// A page of the communities in which something has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActiveCommunities {
    /// Where something was added last first.
    pub communities: Vec<ActiveCommunity>,
    /// Slug after which the next page begins.
    pub next: Option<String>,
}

/// The list of communities.
#[async_trait]
pub trait Communities: Send + Sync {
    /// Communities with a topic that everyone reads, a resource or a leader, after the one with a slug.
    /// The same for everybody.
    async fn active(&self, actor: Actor, after: Option<&str>) -> Result<ActiveCommunities>;
}
