use async_trait::async_trait;

use super::{CommunityLeaders, GatheredLeaders, Leading, OwnLeadership};
use crate::{
    Result,
    account::Actor,
    catalogue::{ConditionId, Resolved},
};

/// Who leads communities, and what leaders do there.
///
/// A condition is named by its slug, a leadership and a topic by their ids. A leadership counts while
/// its person is in good standing, has a second factor, and shows name and membership to everyone;
/// else nobody is shown it, and it permits nothing.
#[async_trait]
pub trait Leaders: Send + Sync {
    /// Who leads a community, and its welcome message for who has joined.
    async fn leaders(&self, actor: Actor, condition: ConditionId) -> Result<CommunityLeaders>;

    /// The leaders of all communities, who began last first, after the one with an id.
    async fn leaders_everywhere(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<GatheredLeaders>;

    /// One's own invitations and leaderships, and those that others have ended.
    async fn own_leaderships(&self, actor: Actor) -> Result<Vec<OwnLeadership>>;

    /// What who leads a community works with. [`Error::Forbidden`](crate::Error::Forbidden) for who
    /// does not lead it.
    async fn leading(&self, actor: Actor, slug: &str) -> Result<Resolved<Leading>>;

    /// Invites a member to lead. [`Error::Invalid`](crate::Error::Invalid) about `handle`: in the same
    /// words for who does not exist, who has not joined, and who does not let members see that they
    /// have. Where they are invited or lead already that is no error.
    async fn appoint(&self, actor: Actor, slug: &str, handle: &str) -> Result<()>;

    /// Accepts an invitation of one's own: from then on everyone sees name, picture and membership.
    /// [`Error::NotFound`](crate::Error::NotFound) where there is none;
    /// [`Error::Invalid`](crate::Error::Invalid) about `words`. Once more is no error.
    async fn accept_invitation(&self, actor: Actor, id: &str, words: &str) -> Result<()>;

    /// Declines an invitation of one's own. Where there is none that is no error.
    async fn decline_invitation(&self, actor: Actor, id: &str) -> Result<()>;

    /// Changes what one says of oneself as a leader. [`Error::Invalid`](crate::Error::Invalid) about
    /// `words`, [`Error::NotFound`](crate::Error::NotFound) where one does not lead.
    async fn describe_leader(&self, actor: Actor, id: &str, words: &str) -> Result<()>;

    /// Ends a leadership of one's own. Where there is none that is no error.
    async fn step_down(&self, actor: Actor, id: &str) -> Result<()>;

    /// Ends another's leadership or invitation, for a reason that they see.
    /// [`Error::NotFound`](crate::Error::NotFound) where there is none,
    /// [`Error::Invalid`](crate::Error::Invalid) about `reason`; once more is no error.
    async fn end_leadership(&self, actor: Actor, id: &str, reason: &str) -> Result<()>;

    /// Writes a community's welcome message; an empty one is none.
    /// [`Error::Invalid`](crate::Error::Invalid) about `text`.
    async fn set_welcome(&self, actor: Actor, slug: &str, text: &str) -> Result<()>;

    /// Sends people of a community to a registry elsewhere; an empty name and link to none.
    /// [`Error::Invalid`](crate::Error::Invalid) as
    /// [`OutsideRegistry::check`](crate::registry::OutsideRegistry::check) says. What is so already is no error.
    async fn set_outside_registry(
        &self,
        actor: Actor,
        slug: &str,
        name: &str,
        link: &str,
    ) -> Result<()>;

    /// Puts a topic before all others of its community.
    /// [`Error::Invalid`](crate::Error::Invalid) where as many are as can be. Once more is no error.
    async fn pin_topic(&self, actor: Actor, id: &str) -> Result<()>;

    /// Puts it back among them. Where it is there already that is no error.
    async fn unpin_topic(&self, actor: Actor, id: &str) -> Result<()>;
}
