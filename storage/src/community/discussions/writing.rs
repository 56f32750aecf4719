//! New topics and posts.

use domain::{
    Error, Result,
    account::{Actor, Member},
    community::{AnswersAs, PostDraft, Replying, TopicDraft, TopicKind},
    policy::{Action, Quota},
};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{
    publishing::{About, NewTopic},
    reading::{Topic, passes_locks},
    render,
};
use crate::{
    catalogue::address,
    community::{
        CommunityStore,
        aliases::is_by,
        first_posts, forbidden, not_joined,
        saved_drafts::{Sending, Spot},
    },
    error::to_domain,
    quota,
    write::Write,
};

impl CommunityStore {
    pub(in crate::community) async fn start_discussion(
        &self,
        actor: Actor,
        slug: &str,
        draft: TopicDraft,
        sending: Sending<'_>,
    ) -> Result<String> {
        let member = Self::person(actor, Action::WritePosts)?;
        let draft = draft.check()?;
        let topic = NewTopic {
            kind: TopicKind::Discussion,
            title: draft.title,
            text: draft.text,
            audience: draft.audience,
            anonymous: draft.anonymous,
            content_note: draft.content_note,
        };
        self.start_topic(actor, member, slug, topic, sending).await
    }

    pub(in crate::community) async fn start_topic(
        &self,
        actor: Actor,
        member: Member,
        slug: &str,
        topic: NewTopic,
        sending: Sending<'_>,
    ) -> Result<String> {
        let condition = address::present(&self.database, slug).await?.id;
        let html = render(&topic.text).await?;
        let account = member.account.0;
        let (form, quota) = match topic.kind {
            TopicKind::Discussion => ("community/start", Quota::Topics),
            TopicKind::Question => ("community/ask", Quota::Questions),
        };
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first(form, sending.submission).await? {
            return self
                .last_topic(&write, topic.kind, condition, account)
                .await;
        }
        self.joined_still(&write, condition).await?;
        quota::spend(&write, &self.database, actor, quota).await?;
        first_posts::refuse_if_waiting(&write, &self.database, actor, condition).await?;
        let published = self
            .publish_topic(&write, account, condition, topic, html)
            .await?;
        sending.end_draft(&write, account).await?;
        write.commit().await?;
        Ok(published.topic)
    }

    pub(super) async fn to_reply(
        &self,
        actor: Actor,
        id: &str,
        to: Option<i64>,
    ) -> Result<Replying> {
        let topic = self.readable(actor, id).await?.of(TopicKind::Discussion)?;
        let draft = self.draft_at(actor, Spot::Adds(topic.id)).await?;
        // Whoever goes on with a draft replies to what they replied to.
        let to = to.or(draft.as_ref().and_then(|draft| draft.content.in_reply_to));
        let post = match to {
            Some(to) => {
                let (posts, _) = self.posts(actor, topic.id, to.saturating_sub(1), 1).await?;
                posts
                    .into_iter()
                    .find(|post| post.number == to && post.is_shown())
            }
            None => None,
        };
        Ok(Replying {
            audience: topic.line.audience,
            joined: topic.joined,
            locked: topic.lock_for(actor),
            waits: topic.joined && self.has_to_wait(actor, topic.condition_id).await?,
            topic: topic.link(),
            post,
            draft,
        })
    }

    pub(in crate::community) async fn add_post(
        &self,
        actor: Actor,
        id: &str,
        draft: PostDraft,
        sending: Sending<'_>,
    ) -> Result<i64> {
        let member = Self::person(actor, Action::WritePosts)?;
        let draft = draft.check()?;
        let topic = self.readable(actor, id).await?.of(TopicKind::Discussion)?;
        let about = About {
            in_reply_to: draft.in_reply_to,
            answers_as: None,
            anonymous: draft.anonymous,
            content_note: draft.content_note,
        };
        self.put_post(actor, member, (topic, about), draft.text, sending)
            .await
    }

    /// Puts a post behind the others, and returns its number.
    pub(in crate::community) async fn put_post(
        &self,
        actor: Actor,
        member: Member,
        (topic, about): (Topic, About),
        text: String,
        sending: Sending<'_>,
    ) -> Result<i64> {
        topic.refuse_if_locked(actor)?;
        let html = render(&text).await?;
        let account = member.account.0;
        let by_expert = about.answers_as == Some(AnswersAs::Expert);
        let form = match topic.line.kind() {
            TopicKind::Discussion => "community/reply",
            TopicKind::Question => "community/answer",
        };
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first(form, sending.submission).await? {
            return self.last_post(&write, topic.id, account).await;
        }
        if !by_expert {
            self.joined_still(&write, topic.condition_id).await?;
        }
        quota::spend(&write, &self.database, actor, Quota::Posts).await?;
        if !by_expert {
            first_posts::refuse_if_waiting(&write, &self.database, actor, topic.condition_id)
                .await?;
        }
        let passes = passes_locks(actor);
        let published = self
            .publish_post(&write, (account, passes), &topic, about, (text, html))
            .await?;
        let Some(published) = published else {
            drop(write);
            self.readable(actor, &topic.line.id)
                .await?
                .refuse_if_locked(actor)?;
            return Err(forbidden("this question was declined."));
        };
        sending.end_draft(&write, account).await?;
        write.commit().await?;
        Ok(published.number)
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

    /// What the first sending of the same form has started: the person's last topic there.
    async fn last_topic(
        &self,
        write: &Write<'_>,
        kind: TopicKind,
        condition: Uuid,
        account: Uuid,
    ) -> Result<String> {
        let sql = format!(
            "SELECT t.public_id FROM topic t WHERE t.condition_id = $1 AND t.kind = $2 AND {} \
             ORDER BY t.created_at DESC, t.id DESC LIMIT 1",
            is_by("t", "t.id", "$3")
        );
        let values = vec![condition.into(), kind.as_str().into(), account.into()];
        let row = self.one(write, &sql, values).await?;
        row.try_get("", "public_id").map_err(to_domain)
    }

    /// The same for a post.
    async fn last_post(&self, write: &Write<'_>, topic: Uuid, account: Uuid) -> Result<i64> {
        let sql = format!(
            "SELECT p.number FROM post p WHERE p.topic_id = $1 AND {} \
             ORDER BY p.number DESC LIMIT 1",
            is_by("p", "p.topic_id", "$2")
        );
        let values = vec![topic.into(), account.into()];
        let row = self.one(write, &sql, values).await?;
        row.try_get("", "number").map_err(to_domain)
    }

    async fn one(&self, write: &Write<'_>, sql: &str, values: Vec<Value>) -> Result<QueryResult> {
        let statement = self.database.statement(sql, values);
        let row = write.on().query_one_raw(statement).await;
        row.map_err(to_domain)?.ok_or(Error::NotFound)
    }
}
