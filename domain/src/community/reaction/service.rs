use async_trait::async_trait;

use super::{Reacting, ReactionKind};
use crate::{Result, account::Actor, community::TopicLink};

/// Giving reactions, and taking them back.
///
/// A post is named by the id of its topic and its number. A topic that is not for who asks, and a post
/// that is deleted, are answered as if they were not there: [`Error::NotFound`](crate::Error::NotFound).
/// Posts come with what they were given; nobody is told who gave it, and no event says so.
#[async_trait]
pub trait Reactions: Send + Sync {
    /// A post of somebody else in a community that one has joined, to react to it.
    async fn reacting(&self, actor: Actor, id: &str, number: i64) -> Result<Reacting>;

    /// Gives a reaction to a post of somebody else. Needs membership of the topic's community, else
    /// [`Error::Forbidden`](crate::Error::Forbidden). Where it was given already that is no error.
    async fn react(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        kind: ReactionKind,
    ) -> Result<TopicLink>;

    /// Takes one's reaction back, also where one has left the community. Where there is none that is
    /// no error.
    async fn take_reaction_back(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        kind: ReactionKind,
    ) -> Result<TopicLink>;
}
