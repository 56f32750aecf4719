//! What new people write and a leader reads before others: kept ([`holding`]), listed ([`reading`]),
//! published or declined ([`deciding`]).

mod deciding;
mod holding;
mod reading;

use async_trait::async_trait;
use domain::{
    Result,
    account::{Actor, Submission},
    catalogue::Resolved,
    community::{
        FirstPostDecision, FirstPostDraft, FirstPostList, FirstPosts, check_first_post_reason,
    },
    event::EventKind,
    policy::{Action, first_posts_wait},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, prelude::Expr};
use uuid::Uuid;

use super::{CommunityStore, entity::first_post, forbidden, leaders, saved_drafts::Sending};
use crate::{Database, error::to_domain, token::storable, write::Write};

/// Declined ones are kept for so long, in microseconds.
const DECLINED_KEPT: i64 = 90 * 86_400_000_000;

/// Whether what who asks writes in a community waits until a leader has read it.
async fn waits<C: ConnectionTrait>(
    on: &C,
    database: &Database,
    actor: Actor,
    condition: Uuid,
) -> Result<bool> {
    let Some(member) = actor
        .member()
        .filter(|_| first_posts_wait(actor, true, false))
    else {
        return Ok(false);
    };
    let counts = leaders::COUNTS;
    let sql = format!(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM leadership l WHERE l.condition_id = $2 \
         AND l.account_id <> $1 AND {counts}) AND NOT EXISTS (SELECT 1 FROM leadership l \
         WHERE l.condition_id = $2 AND l.account_id = $1 AND {counts}) THEN 1 ELSE 0 END AS led, \
         CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.account_id = $1 \
         AND p.deleted_at IS NULL AND p.hidden_at IS NULL) \
         OR EXISTS (SELECT 1 FROM alias o JOIN post p ON p.topic_id = o.topic_id \
         AND p.alias = o.number WHERE o.account_id = $1 \
         AND p.deleted_at IS NULL AND p.hidden_at IS NULL) THEN 1 ELSE 0 END AS published"
    );
    let values = vec![member.account.0.into(), condition.into()];
    let row = on.query_one_raw(database.statement(&sql, values)).await;
    let Some(row) = row.map_err(to_domain)? else {
        return Ok(false);
    };
    let led: i32 = row.try_get("", "led").map_err(to_domain)?;
    let published: i32 = row.try_get("", "published").map_err(to_domain)?;
    Ok(first_posts_wait(actor, led == 1, published == 1))
}

/// Refuses what has to wait: inside of the change, so that nothing goes past the leader.
pub(super) async fn refuse_if_waiting(
    write: &Write<'_>,
    database: &Database,
    actor: Actor,
    condition: Uuid,
) -> Result<()> {
    if waits(write.on(), database, actor, condition).await? {
        return Err(forbidden(
            "a leader of this community reads your first post before others can see it. Send it again.",
        ));
    }
    Ok(())
}

/// Moves what waits in a condition's community to the one that replaces it.
pub(super) async fn follow<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    first_post::Entity::update_many()
        .col_expr(first_post::Column::ConditionId, Expr::value(replacement))
        .filter(first_post::Column::ConditionId.eq(condition))
        .exec(on)
        .await
        .map(|_| ())
        .map_err(to_domain)
}

impl CommunityStore {
    /// Whether what who asks writes in a community waits.
    pub(super) async fn has_to_wait(&self, actor: Actor, condition: Uuid) -> Result<bool> {
        waits(self.database.readers(), &self.database, actor, condition).await
    }

    pub(super) async fn hold_post(
        &self,
        actor: Actor,
        draft: FirstPostDraft,
        sending: Sending<'_>,
    ) -> Result<Option<String>> {
        let action = match draft {
            FirstPostDraft::Question(..) => Action::AskQuestions,
            _ => Action::WritePosts,
        };
        let member = Self::person(actor, action)?;
        if !first_posts_wait(actor, true, false) {
            return Ok(None);
        }
        self.keep_first_post(actor, member, draft, sending).await
    }

    /// Removes what was declined long ago.
    pub(super) async fn forget_declined(&self) -> Result<()> {
        let before = self.database.now().0 - DECLINED_KEPT;
        first_post::Entity::delete_many()
            .filter(first_post::Column::DeclinedAt.lt(before))
            .exec(self.database.writer())
            .await
            .map(|_| ())
            .map_err(to_domain)
    }
}

#[async_trait]
impl FirstPosts for CommunityStore {
    async fn hold(
        &self,
        actor: Actor,
        draft: FirstPostDraft,
        submission: &Submission,
    ) -> Result<Option<String>> {
        self.hold_post(actor, draft, submission.into()).await
    }

    async fn first_posts(&self, actor: Actor, slug: &str) -> Result<Resolved<FirstPostList>> {
        Self::person(actor, Action::ReadOwnAccount)?;
        self.list_first_posts(actor, slug).await
    }

    async fn decide_first_post(
        &self,
        actor: Actor,
        id: &str,
        decision: FirstPostDecision,
    ) -> Result<()> {
        let place = ("first_post", id);
        self.permit_at(actor, Action::DecideFirstPosts, place)
            .await?;
        match decision {
            FirstPostDecision::Publish => self.publish_first_post(actor, id).await,
            FirstPostDecision::Decline { reason } => {
                let reason = check_first_post_reason("reason", &reason)?;
                self.decline_first_post(actor, id, reason).await
            }
        }
    }

    async fn withdraw_first_post(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::DeleteOwnPosts)?;
        let Ok(id) = storable(id) else {
            return Ok(());
        };
        let write = Write::begin(&self.database, actor).await?;
        let row = first_post::Entity::find()
            .filter(first_post::Column::PublicId.eq(id))
            .filter(first_post::Column::AccountId.eq(member.account.0))
            .one(write.on())
            .await
            .map_err(to_domain)?;
        let Some(row) = row else {
            return Ok(());
        };
        let erased = first_post::Entity::delete_by_id(row.id)
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if erased.rows_affected == 0 {
            return Ok(());
        }
        write
            .record_as(
                row.anonymous,
                EventKind::FirstPostWithdrawn,
                Some(row.id),
                Some(row.condition_id),
            )
            .await?;
        write.commit().await
    }
}
