//! Keeping what somebody has written until a leader has read it.

use domain::{
    Error, Result,
    account::{Actor, Member},
    community::{AnswersAs, FIRST_POSTS_MOST, FirstPostDraft, PostDraft, TopicKind},
    event::EventKind,
    policy::Quota,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::waits;
use crate::{
    catalogue::address,
    community::{
        CommunityStore, discussions::reading::Topic, entity::first_post, forbidden, not_joined,
        saved_drafts::Sending,
    },
    error::to_domain,
    quota, token,
    write::Write,
};

/// What is kept, where, and what it counts as.
struct Kept {
    slug: String,
    quota: Quota,
    row: first_post::Model,
}

impl CommunityStore {
    pub(super) async fn keep_first_post(
        &self,
        actor: Actor,
        member: Member,
        draft: FirstPostDraft,
        sending: Sending<'_>,
    ) -> Result<Option<String>> {
        let Kept {
            slug,
            quota,
            mut row,
        } = self.checked(actor, draft).await?;
        let (id, condition, nameless) = (row.id, row.condition_id, row.anonymous);
        let write = Write::begin(&self.database, actor).await?;
        // Asked before whether it waits: what was sent twice may be published by now.
        if !write
            .is_first("community/first-post", sending.submission)
            .await?
        {
            return Ok(Some(slug));
        }
        if !waits(write.on(), &self.database, actor, condition).await? {
            return Ok(None);
        }
        self.joined_still(&write, condition).await?;
        quota::spend(&write, &self.database, actor, quota).await?;
        let waiting = first_post::Entity::find()
            .filter(first_post::Column::AccountId.eq(member.account.0))
            .filter(first_post::Column::DeclinedAt.is_null())
            .count(write.on())
            .await
            .map_err(to_domain)?;
        if waiting >= FIRST_POSTS_MOST as u64 {
            return Err(Error::LimitReached {
                message: format!(
                    "{FIRST_POSTS_MOST} of your posts wait for a leader. You can write more when one of them is published."
                ),
            });
        }
        row.account_id = member.account.0;
        first_post::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write
            .record_as(
                nameless,
                EventKind::FirstPostWritten,
                Some(id),
                Some(condition),
            )
            .await?;
        sending.end_draft(&write, member.account.0).await?;
        write.commit().await?;
        Ok(Some(slug))
    }

    /// A draft as it is kept, if it could be written as usual.
    async fn checked(&self, actor: Actor, draft: FirstPostDraft) -> Result<Kept> {
        let mut row = self.empty_row()?;
        match draft {
            FirstPostDraft::Discussion(slug, draft) => {
                let draft = draft.check()?;
                row.kind = TopicKind::Discussion.as_str().to_owned();
                row.title = Some(draft.title);
                row.audience = Some(draft.audience.as_str().to_owned());
                row.text = draft.text;
                row.content_note = draft.content_note;
                row.anonymous = draft.anonymous;
                self.begins(row, &slug, Quota::Topics).await
            }
            FirstPostDraft::Question(slug, draft) => {
                let draft = draft.check()?;
                row.kind = TopicKind::Question.as_str().to_owned();
                row.title = Some(draft.title);
                row.audience = Some(draft.audience.as_str().to_owned());
                row.text = draft.details;
                row.content_note = draft.content_note;
                row.anonymous = draft.anonymous;
                self.begins(row, &slug, Quota::Questions).await
            }
            FirstPostDraft::Reply(id, draft) => {
                let row = adds(row, draft)?;
                let topic = self.readable(actor, &id).await?.of(TopicKind::Discussion)?;
                if row
                    .in_reply_to
                    .is_some_and(|other| !(1..=topic.line.posts).contains(&other))
                {
                    return Err(Error::invalid(
                        "in_reply_to",
                        "There is no such post in this discussion.",
                    ));
                }
                continues(actor, row, topic)
            }
            FirstPostDraft::Answer(id, draft) => {
                let mut row = adds(row, draft)?;
                let topic = self.readable(actor, &id).await?.of(TopicKind::Question)?;
                let answers_as =
                    AnswersAs::of(actor, topic.joined, topic.own).ok_or_else(not_joined)?;
                if topic.declined.is_some() {
                    return Err(forbidden("this question was declined."));
                }
                row.in_reply_to = None;
                row.answers_as = Some(answers_as.as_str().to_owned());
                continues(actor, row, topic)
            }
        }
    }

    fn empty_row(&self) -> Result<first_post::Model> {
        Ok(first_post::Model {
            id: Uuid::now_v7(),
            public_id: token::public_id()?,
            condition_id: Uuid::nil(),
            account_id: Uuid::nil(),
            topic_id: None,
            kind: String::new(),
            title: None,
            audience: None,
            in_reply_to: None,
            answers_as: None,
            text: String::new(),
            content_note: None,
            anonymous: false,
            created_at: self.database.now().0,
            declined_at: None,
            reason: None,
        })
    }

    /// What begins a topic.
    async fn begins(&self, mut row: first_post::Model, slug: &str, quota: Quota) -> Result<Kept> {
        let condition = address::present(&self.database, slug).await?;
        row.condition_id = condition.id;
        Ok(Kept {
            slug: condition.link.slug,
            quota,
            row,
        })
    }
}

fn adds(mut row: first_post::Model, draft: PostDraft) -> Result<first_post::Model> {
    let draft = draft.check()?;
    row.text = draft.text;
    row.content_note = draft.content_note;
    row.anonymous = draft.anonymous;
    row.in_reply_to = draft.in_reply_to;
    Ok(row)
}

/// What is put into a topic that is there.
fn continues(actor: Actor, mut row: first_post::Model, topic: Topic) -> Result<Kept> {
    topic.refuse_if_locked(actor)?;
    row.condition_id = topic.condition_id;
    row.topic_id = Some(topic.id);
    row.kind = topic.line.kind().as_str().to_owned();
    Ok(Kept {
        slug: topic.condition.slug,
        quota: Quota::Posts,
        row,
    })
}
