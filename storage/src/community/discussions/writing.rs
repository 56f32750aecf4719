//! New topics and posts.

use domain::{
    Error, Result,
    account::{Actor, Member, Submission},
    community::{PostDraft, Replying, TopicDraft, check_post},
    event::EventKind,
    policy::Quota,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::render;
use crate::{
    catalogue::address,
    community::{
        CommunityStore,
        entity::{post, topic},
        not_joined,
        notifications::put_follow,
    },
    error::to_domain,
    quota,
    search::{self, Document},
    token,
    write::Write,
};

/// A post on its way into a topic.
struct Incoming {
    topic: Uuid,
    account: Uuid,
    number: i64,
    in_reply_to: Option<i64>,
    text: String,
    html: String,
}

impl Incoming {
    /// Puts it in, and returns its key. The first one of a topic is found by its title, too.
    async fn put(self, write: &Write<'_>, title: &str, now: i64) -> Result<Uuid> {
        let id = Uuid::now_v7();
        let document = Document::post(id, title, &self.html);
        let row = post::ActiveModel {
            id: Set(id),
            topic_id: Set(self.topic),
            account_id: Set(Some(self.account)),
            number: Set(self.number),
            in_reply_to: Set(self.in_reply_to),
            version: Set(1),
            text: Set(self.text),
            html: Set(self.html),
            created_at: Set(now),
            edited_at: Set(None),
            deleted_at: Set(None),
            deleted_by_author: Set(None),
            deletion_reason: Set(None),
        };
        post::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        search::put(write.on(), vec![document]).await?;
        Ok(id)
    }
}

impl CommunityStore {
    pub(super) async fn start_topic(
        &self,
        actor: Actor,
        member: Member,
        slug: &str,
        draft: TopicDraft,
        submission: &Submission,
    ) -> Result<String> {
        let draft = draft.check()?;
        let condition = address::present(&self.database, slug).await?.id;
        let html = render(&draft.text).await?;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first("community/start", submission).await? {
            return last_topic(&write, condition, account).await;
        }
        self.joined_still(&write, condition).await?;
        quota::spend(&write, &self.database, actor, Quota::Topics).await?;
        let now = self.database.now().0;
        let (id, public_id) = (Uuid::now_v7(), token::public_id()?);
        let row = topic::ActiveModel {
            id: Set(id),
            public_id: Set(public_id.clone()),
            condition_id: Set(condition),
            account_id: Set(Some(account)),
            title: Set(draft.title.clone()),
            audience: Set(draft.audience.as_str().to_owned()),
            created_at: Set(now),
            last_post_at: Set(now),
            posts: Set(1),
        };
        topic::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let first = Incoming {
            topic: id,
            account,
            number: 1,
            in_reply_to: None,
            text: draft.text,
            html,
        };
        first.put(&write, &draft.title, now).await?;
        put_follow(&write, account, id, now).await?;
        write
            .record(EventKind::TopicStarted, Some(id), Some(condition))
            .await?;
        write.commit().await?;
        Ok(public_id)
    }

    pub(super) async fn to_reply(
        &self,
        actor: Actor,
        id: &str,
        to: Option<i64>,
    ) -> Result<Replying> {
        let topic = self.readable(actor, id).await?;
        let post = match to {
            Some(to) => {
                let (posts, _) = self.posts(actor, topic.id, to.saturating_sub(1), 1).await?;
                posts
                    .into_iter()
                    .find(|post| post.number == to && post.deleted.is_none())
            }
            None => None,
        };
        Ok(Replying {
            audience: topic.line.audience,
            joined: topic.joined,
            topic: topic.link(),
            post,
        })
    }

    pub(super) async fn add_post(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        draft: PostDraft,
        submission: &Submission,
    ) -> Result<i64> {
        let text = check_post("text", &draft.text)?;
        let topic = self.readable(actor, id).await?;
        let html = render(&text).await?;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first("community/reply", submission).await? {
            return last_post(&write, topic.id, account).await;
        }
        self.joined_still(&write, topic.condition_id).await?;
        quota::spend(&write, &self.database, actor, Quota::Posts).await?;
        let now = self.database.now().0;
        // Locks the topic, so that of two posts at once one gets the next number and the other the
        // one after it.
        let row = write
            .on()
            .query_one_raw(self.database.statement(
                "UPDATE topic SET posts = posts + 1, last_post_at = $1 WHERE id = $2 \
                 RETURNING posts",
                vec![now.into(), topic.id.into()],
            ))
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let number: i64 = row.try_get("", "posts").map_err(to_domain)?;
        if draft
            .in_reply_to
            .is_some_and(|other| !(1..number).contains(&other))
        {
            return Err(Error::invalid(
                "in_reply_to",
                "There is no such post in this discussion.",
            ));
        }
        let next = Incoming {
            topic: topic.id,
            account,
            number,
            in_reply_to: draft.in_reply_to,
            text,
            html,
        };
        let post = next.put(&write, "", now).await?;
        put_follow(&write, account, topic.id, now).await?;
        write
            .record(EventKind::PostWritten, Some(post), Some(topic.condition_id))
            .await?;
        write.commit().await?;
        Ok(number)
    }
}

impl CommunityStore {
    /// Asked inside of the change: somebody may have left in another tab. Not of a form that is sent
    /// again, which was carried out.
    pub(in crate::community) async fn joined_still(
        &self,
        write: &Write<'_>,
        condition: Uuid,
    ) -> Result<()> {
        if self
            .is_joined_on(write.on(), write.actor(), condition)
            .await?
        {
            Ok(())
        } else {
            Err(not_joined())
        }
    }
}

/// What the first sending of the same form has started: the person's last topic there.
async fn last_topic(write: &Write<'_>, condition: Uuid, account: Uuid) -> Result<String> {
    topic::Entity::find()
        .select_only()
        .column(topic::Column::PublicId)
        .filter(topic::Column::AccountId.eq(account))
        .filter(topic::Column::ConditionId.eq(condition))
        .order_by_desc(topic::Column::CreatedAt)
        .order_by_desc(topic::Column::Id)
        .into_tuple()
        .one(write.on())
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)
}

/// The same for a post.
async fn last_post(write: &Write<'_>, topic: Uuid, account: Uuid) -> Result<i64> {
    post::Entity::find()
        .select_only()
        .column(post::Column::Number)
        .filter(post::Column::AccountId.eq(account))
        .filter(post::Column::TopicId.eq(topic))
        .order_by_desc(post::Column::Number)
        .into_tuple()
        .one(write.on())
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)
}
