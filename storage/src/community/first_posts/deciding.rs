//! Publishing and declining first posts.

use domain::{
    Error, Result,
    account::Actor,
    community::{AnswersAs, TopicAudience, TopicKind},
    event::EventKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    community::{
        CommunityStore,
        discussions::{
            publishing::{About, NewTopic, Published},
            reading::Topic,
            render,
        },
        entity::{first_post, membership, topic},
        forbidden,
    },
    error::to_domain,
    token::storable,
    write::Write,
};

impl CommunityStore {
    /// What waits and who asks may decide about, which is nobody about their own.
    async fn to_decide_first(&self, actor: Actor, id: &str) -> Result<first_post::Model> {
        let row = first_post::Entity::find()
            .filter(first_post::Column::PublicId.eq(storable(id)?))
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        if actor
            .member()
            .is_some_and(|member| member.account.0 == row.account_id)
        {
            return Err(forbidden(
                "someone else decides about what you have written.",
            ));
        }
        Ok(row)
    }

    pub(super) async fn publish_first_post(&self, actor: Actor, id: &str) -> Result<()> {
        let row = self.to_decide_first(actor, id).await?;
        if row.declined_at.is_some() {
            return Err(Error::Conflict);
        }
        let html = render(&row.text).await?;
        let topic = match row.topic_id {
            Some(topic) => Some(self.still_there(actor, topic).await?),
            None => None,
        };
        let condition = topic
            .as_ref()
            .map_or(row.condition_id, |topic| topic.condition_id);
        let write = Write::begin(&self.database, actor).await?;
        // Of two leaders one finds it gone.
        let taken = first_post::Entity::delete_many()
            .filter(first_post::Column::Id.eq(row.id))
            .filter(first_post::Column::DeclinedAt.is_null())
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if taken.rows_affected == 0 {
            return Err(Error::Conflict);
        }
        let joined = membership::Entity::find_by_id((row.account_id, condition))
            .count(write.on())
            .await
            .map_err(to_domain)?;
        if joined == 0 {
            return Err(forbidden("its author is not in this community."));
        }
        let published = self.publish_as(&write, row, topic, html).await?;
        write
            .record(
                EventKind::FirstPostApproved,
                Some(published.post),
                Some(condition),
            )
            .await?;
        write.commit().await
    }

    async fn publish_as(
        &self,
        write: &Write<'_>,
        row: first_post::Model,
        topic: Option<Topic>,
        html: String,
    ) -> Result<Published> {
        let Some(topic) = topic else {
            let topic = NewTopic {
                kind: TopicKind::from_name(&row.kind),
                title: row.title.unwrap_or_default(),
                text: row.text,
                audience: TopicAudience::from_name(&row.audience.unwrap_or_default()),
                anonymous: row.anonymous,
                content_note: row.content_note,
            };
            return self
                .publish_topic(write, row.account_id, row.condition_id, topic, html)
                .await;
        };
        let about = About {
            in_reply_to: row.in_reply_to,
            answers_as: row
                .answers_as
                .map(|name| AnswersAs::from_name(&name, false)),
            anonymous: row.anonymous,
            content_note: row.content_note,
        };
        let published = self
            .publish_post(
                write,
                (row.account_id, false),
                &topic,
                about,
                (row.text, html),
            )
            .await?;
        published
            .ok_or_else(|| forbidden("nobody can write there any more: it is locked or declined."))
    }

    /// The topic for which a post waits, as who decides reads it.
    async fn still_there(&self, actor: Actor, id: Uuid) -> Result<Topic> {
        let topic = topic::Entity::find_by_id(id)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        self.readable(actor, &topic.public_id).await
    }

    pub(super) async fn decline_first_post(
        &self,
        actor: Actor,
        id: &str,
        reason: String,
    ) -> Result<()> {
        let row = self.to_decide_first(actor, id).await?;
        if row.declined_at.is_some() {
            return Ok(());
        }
        let write = Write::begin(&self.database, actor).await?;
        let declined = first_post::Entity::update_many()
            .set(first_post::ActiveModel {
                declined_at: Set(Some(self.database.now().0)),
                reason: Set(Some(reason)),
                ..Default::default()
            })
            .filter(first_post::Column::Id.eq(row.id))
            .filter(first_post::Column::DeclinedAt.is_null())
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if declined.rows_affected == 0 {
            return Err(Error::Conflict);
        }
        write
            .record(
                EventKind::FirstPostDeclined,
                Some(row.id),
                Some(row.condition_id),
            )
            .await?;
        write.commit().await
    }
}
