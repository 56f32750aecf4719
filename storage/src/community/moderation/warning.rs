//! Warning who wrote a post, whoever that is.

use domain::{
    Result,
    account::{Actor, Submission},
    community::{ContentAction, check_moderation_reason},
    event::EventKind,
};
use sea_orm::{EntityTrait, Set};
use uuid::Uuid;

use crate::{
    account::spare_staff,
    community::{CommunityStore, entity::content_moderation, forbidden},
    error::to_domain,
    token,
    write::Write,
};

impl CommunityStore {
    pub(super) async fn warn(
        &self,
        actor: Actor,
        (id, number): (&str, i64),
        reason: &str,
        submission: &Submission,
    ) -> Result<()> {
        let topic = self.readable(actor, id).await?;
        let reason = check_moderation_reason("reason", reason)?;
        let post = self.post(topic.id, number).await?;
        if let Some(member) = actor.member()
            && self.is_by(&post, member).await?
        {
            return Err(forbidden(
                "someone else decides about what you have written.",
            ));
        }
        let write = Write::begin(&self.database, actor).await?;
        // Of an alias nothing is asked: a refusal would say something of who it is.
        if let Some(author) = post.account_id {
            spare_staff(&write, &self.database, author).await?;
        }
        if !write.is_first("moderation/warn", submission).await? {
            return Ok(());
        }
        let done = Uuid::now_v7();
        let row = content_moderation::ActiveModel {
            id: Set(done),
            public_id: Set(token::public_id()?),
            topic_id: Set(topic.id),
            post_number: Set(number),
            kind: Set(ContentAction::Warn.as_str().to_owned()),
            from_condition_id: Set(None),
            to_condition_id: Set(None),
            reason: Set(reason),
            actor_id: Set(actor.member().map(|member| member.account.0)),
            created_at: Set(self.database.now().0),
            lifted_at: Set(None),
        };
        content_moderation::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write
            .record(
                EventKind::AuthorWarned,
                Some(done),
                Some(topic.condition_id),
            )
            .await?;
        write.commit().await
    }
}
