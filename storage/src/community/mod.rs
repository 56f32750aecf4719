//! Communities on SeaORM: who is in them ([`membership`]) and leads them ([`leaders`]), what members write
//! to each other ([`discussions`]), what of it waits first ([`first_posts`]), what they have begun to write ([`saved_drafts`]), what they ask experts ([`questions`]), of what a person is told
//! ([`notifications`]), what they say to posts in one press ([`reactions`]), whose posts they do not want to
//! read ([`muting`]), what they recommend ([`resources`]), what is new ([`feeds`]), in which something has
//! happened ([`active`]), which are asked for ([`requests`]), what should not be here ([`reports`]), what
//! moderators do ([`moderation`]), and who writes under which alias ([`aliases`]).

mod active;
mod aliases;
mod discussions;
pub mod entity;
pub mod feeds;
mod first_posts;
mod leaders;
mod membership;
mod moderation;
mod muting;
mod notifications;
mod questions;
mod queue;
mod reactions;
mod reports;
mod requests;
mod resources;
mod saved_drafts;

use std::sync::Arc;

use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::Resolved,
    community::{Starting, TopicKind},
    policy::{Action, permit},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use self::{entity::topic, saved_drafts::Spot};
use crate::{Database, catalogue::address, encryption::Cursors, error::to_domain};

pub(crate) use discussions::erase_all;
pub(crate) use discussions::reading::{admits, shown_title};
pub(crate) use leaders::leaders_of;
pub(crate) use membership::{call_home, note_public, rename};
pub(crate) use moderation::forget_appeals;
pub(crate) use resources::forget_suggestions;

/// The traits of [`domain::community`] on a database.
#[derive(Debug)]
pub struct CommunityStore {
    database: Arc<Database>,
    cursors: Cursors,
}

/// Moves topics, drafts, memberships, leaders, resources and who follows it of a condition to the one that
/// replaces it.
pub(crate) async fn follow<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    topic::Entity::update_many()
        .col_expr(topic::Column::ConditionId, Expr::value(replacement))
        .filter(topic::Column::ConditionId.eq(condition))
        .exec(on)
        .await
        .map_err(to_domain)?;
    membership::follow(on, condition, replacement).await?;
    leaders::follow(on, condition, replacement).await?;
    notifications::move_follows(on, condition, replacement).await?;
    first_posts::follow(on, condition, replacement).await?;
    saved_drafts::follow(on, condition, replacement).await?;
    resources::follow(on, condition, replacement).await
}

fn forbidden(reason: &str) -> Error {
    Error::Forbidden {
        reason: reason.to_owned(),
    }
}

/// What whoever writes without having joined is told.
fn not_joined() -> Error {
    forbidden("join this community first.")
}

impl CommunityStore {
    pub(crate) fn new(database: Arc<Database>, cursors: Cursors) -> Self {
        Self { database, cursors }
    }

    /// Removes what is kept for a while alone. To be called about once an hour.
    pub async fn sweep(&self) -> Result<()> {
        self.sweep_notifications().await?;
        self.forget_declined().await?;
        reports::forget_copies(&self.database).await
    }

    /// The person who asks, if they may do this.
    fn person(actor: Actor, action: Action) -> Result<Member> {
        permit(actor, action)?;
        actor.member().ok_or(Error::Unauthenticated)
    }

    /// What somebody has to know who wants to write something in a community.
    /// `kind` is the kind of the topic that they would begin.
    async fn before_writing(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<TopicKind>,
    ) -> Result<Resolved<Starting>> {
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let joined = self.is_joined(actor, condition.id).await?;
        let waits = joined && self.has_to_wait(actor, condition.id).await?;
        let draft = match kind {
            Some(kind) if joined => {
                let spot = Spot::Begins(condition.id, kind);
                self.draft_at(actor, spot).await?
            }
            _ => None,
        };
        Ok(Resolved::Here(Starting {
            condition: condition.link,
            joined,
            waits,
            draft,
        }))
    }
}
