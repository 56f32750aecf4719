//! What leaders do in their community.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    community::{PINNED_MOST, TopicLine, TopicScope, check_welcome},
    event::EventKind,
    policy::{Action, CommunityRole, Quota, permit_in},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set, SqlErr, sea_query::OnConflict,
};
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    changes,
    community::{
        discussions::{
            reading::{admits, person, topic_sql},
            render,
        },
        entity::{community_welcome, pinned_topic},
    },
    error::to_domain,
    quota,
    write::Write,
};

impl CommunityStore {
    pub(super) async fn write_welcome(&self, actor: Actor, slug: &str, text: &str) -> Result<()> {
        use community_welcome::{ActiveModel, Column, Entity};
        let condition = match self.led(actor, Action::WriteWelcome, slug).await? {
            Resolved::Here(condition) => condition.id,
            Resolved::Moved { .. } => return Err(Error::NotFound),
        };
        let text = check_welcome("text", text)?;
        let html = render(&text).await?;
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::Posts).await?;
        if text.is_empty() {
            Entity::delete_by_id(condition)
                .exec(write.on())
                .await
                .map_err(to_domain)?;
        } else {
            let row = ActiveModel {
                condition_id: Set(condition),
                text: Set(text),
                html: Set(html),
                updated_at: Set(self.database.now().0),
            };
            Entity::insert(row)
                .on_conflict(
                    OnConflict::column(Column::ConditionId)
                        .update_columns([Column::Text, Column::Html, Column::UpdatedAt])
                        .to_owned(),
                )
                .exec_without_returning(write.on())
                .await
                .map_err(to_domain)?;
        }
        write
            .record(EventKind::WelcomeWritten, Some(condition), Some(condition))
            .await?;
        // Only who has joined sees it.
        write.commit().await
    }

    /// The topics of a community that stand before all others, the one that was pinned first first.
    pub(in crate::community) async fn pinned(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<Vec<TopicLine>> {
        let sql = topic_sql(actor, &admits(TopicScope::of(actor)))
            + "AND t.id IN (SELECT pin.topic_id FROM pinned_topic pin WHERE pin.condition_id = $2) \
               ORDER BY (SELECT pin.pinned_at FROM pinned_topic pin WHERE pin.topic_id = t.id), t.id";
        let values = vec![person(actor), condition.into()];
        let topics = changes::of_condition(condition, self.topics_of(&sql, values)).await?;
        Ok(topics.into_iter().map(|topic| topic.line).collect())
    }

    /// Whether a topic is pinned, for who may change that.
    pub(in crate::community) async fn pin_of(
        &self,
        actor: Actor,
        topic: Uuid,
        role: CommunityRole,
    ) -> Result<Option<bool>> {
        if permit_in(actor, Action::PinTopics, role).is_err() {
            return Ok(None);
        }
        let row = pinned_topic::Entity::find()
            .filter(pinned_topic::Column::TopicId.eq(topic))
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(Some(row.is_some()))
    }

    pub(super) async fn pin(&self, actor: Actor, id: &str) -> Result<()> {
        let topic = self.readable(actor, id).await?;
        let write = Write::begin(&self.database, actor).await?;
        let pinned: Vec<(i64, Uuid)> = pinned_topic::Entity::find()
            .select_only()
            .column(pinned_topic::Column::Place)
            .column(pinned_topic::Column::TopicId)
            .filter(pinned_topic::Column::ConditionId.eq(topic.condition_id))
            .into_tuple()
            .all(write.on())
            .await
            .map_err(to_domain)?;
        if pinned.iter().any(|(_, other)| *other == topic.id) {
            return Ok(());
        }
        let most = i64::try_from(PINNED_MOST).unwrap_or(i64::MAX);
        let free = (1..=most).find(|place| pinned.iter().all(|(taken, _)| taken != place));
        let Some(place) = free else {
            return Err(Error::invalid(
                "id",
                format!("{PINNED_MOST} discussions are pinned here. Unpin one of them first."),
            ));
        };
        let row = pinned_topic::ActiveModel {
            condition_id: Set(topic.condition_id),
            place: Set(place),
            topic_id: Set(topic.id),
            pinned_at: Set(self.database.now().0),
        };
        pinned_topic::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(|error| match error.sql_err() {
                // Somebody else has pinned one at this moment.
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict,
                _ => to_domain(error),
            })?;
        let kind = EventKind::TopicPinned;
        write
            .record(kind, Some(topic.id), Some(topic.condition_id))
            .await?;
        write.commit().await
    }

    pub(super) async fn unpin(&self, actor: Actor, id: &str) -> Result<()> {
        let topic = self.readable(actor, id).await?;
        let write = Write::begin(&self.database, actor).await?;
        let unpinned = pinned_topic::Entity::delete_many()
            .filter(pinned_topic::Column::TopicId.eq(topic.id))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if unpinned.rows_affected == 0 {
            return Ok(());
        }
        let kind = EventKind::TopicUnpinned;
        write
            .record(kind, Some(topic.id), Some(topic.condition_id))
            .await?;
        write.commit().await
    }
}
