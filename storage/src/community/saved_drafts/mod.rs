//! What people have begun to write in communities: one draft for each place, saved here, listed in
//! [`listing`], and deleted by what publishes it ([`Sending`]).

mod listing;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Member, Submission},
    community::{
        DraftPlace, DraftSaving, DraftText, FirstPostDraft, Published, SAVED_DRAFTS_MOST,
        SavedDraft, SavedDraftLine, SavedDrafts, TopicKind,
    },
    policy::{Action, Quota},
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, Set, prelude::Expr,
};
use uuid::Uuid;

use super::{CommunityStore, entity::post_draft};
use crate::{catalogue::address, error::to_domain, quota, token, token::storable, write::Write};

/// A form that was sent, and the draft that its text was made of.
#[derive(Clone, Copy)]
pub(super) struct Sending<'a> {
    pub(super) submission: &'a Submission,
    draft: Option<&'a str>,
}

impl<'a> From<&'a Submission> for Sending<'a> {
    fn from(submission: &'a Submission) -> Self {
        Self {
            submission,
            draft: None,
        }
    }
}

impl Sending<'_> {
    /// Deletes the draft, in the change that publishes its text. What was saved since stays.
    pub(super) async fn end_draft(self, write: &Write<'_>, account: Uuid) -> Result<()> {
        match self.draft {
            Some(version) => delete(write.on(), account, version).await,
            None => Ok(()),
        }
    }
}

/// Where a draft belongs.
#[derive(Clone, Copy)]
pub(super) enum Spot {
    /// It begins a topic in the community of a condition.
    Begins(Uuid, TopicKind),
    /// It is in a topic.
    Adds(Uuid),
}

/// The drafts of somebody that are for a place, the last saved first. There is one, unless two were saved
/// at the same moment, or two conditions have become one.
fn at(account: Uuid, spot: Spot) -> Select<post_draft::Entity> {
    let theirs = post_draft::Entity::find().filter(post_draft::Column::AccountId.eq(account));
    let there = match spot {
        Spot::Begins(condition, kind) => theirs
            .filter(post_draft::Column::ConditionId.eq(condition))
            .filter(post_draft::Column::Kind.eq(kind.as_str())),
        Spot::Adds(topic) => theirs.filter(post_draft::Column::TopicId.eq(topic)),
    };
    there
        .order_by_desc(post_draft::Column::SavedAt)
        .order_by_desc(post_draft::Column::Id)
}

fn saved(row: post_draft::Model) -> SavedDraft {
    SavedDraft {
        version: row.version,
        content: DraftText {
            title: row.title,
            text: row.text,
            content_note: row.content_note,
            in_reply_to: row.in_reply_to,
        },
        saved: Timestamp(row.saved_at),
    }
}

async fn delete<C: ConnectionTrait>(on: &C, account: Uuid, version: &str) -> Result<()> {
    // One that cannot be is not there.
    let Ok(version) = storable(version) else {
        return Ok(());
    };
    post_draft::Entity::delete_many()
        .filter(post_draft::Column::AccountId.eq(account))
        .filter(post_draft::Column::Version.eq(version))
        .exec(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

/// Moves what people have begun in a condition's community to the one that replaces it.
pub(super) async fn follow<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    post_draft::Entity::update_many()
        .col_expr(post_draft::Column::ConditionId, Expr::value(replacement))
        .filter(post_draft::Column::ConditionId.eq(condition))
        .exec(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

impl CommunityStore {
    /// The draft that who asks has for a place.
    pub(super) async fn draft_at(&self, actor: Actor, spot: Spot) -> Result<Option<SavedDraft>> {
        let Some(member) = actor.member() else {
            return Ok(None);
        };
        let row = at(member.account.0, spot)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(row.map(saved))
    }

    /// When who asks saved the draft that they have for a topic.
    pub(super) async fn draft_saved(&self, actor: Actor, topic: Uuid) -> Result<Option<Timestamp>> {
        let Some(member) = actor.member() else {
            return Ok(None);
        };
        let time = at(member.account.0, Spot::Adds(topic))
            .select_only()
            .column(post_draft::Column::SavedAt)
            .into_tuple::<i64>()
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(time.map(Timestamp))
    }

    async fn spot(&self, actor: Actor, place: &DraftPlace) -> Result<Spot> {
        let (slug, kind) = match place {
            DraftPlace::Discussion(slug) => (slug, TopicKind::Discussion),
            DraftPlace::Question(slug) => (slug, TopicKind::Question),
            DraftPlace::Topic(id) => {
                let topic = self.readable(actor, id).await?;
                return Ok(Spot::Adds(topic.id));
            }
        };
        let condition = address::present(&self.database, slug).await?;
        Ok(Spot::Begins(condition.id, kind))
    }

    async fn put_draft(
        &self,
        actor: Actor,
        member: Member,
        spot: Spot,
        (version, content): (Option<&str>, DraftText),
    ) -> Result<DraftSaving> {
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        let rows = at(account, spot).all(write.on()).await.map_err(to_domain)?;
        let next = token::public_id()?;
        let seen = rows
            .iter()
            .find(|row| version == Some(row.version.as_str()));
        match (seen, rows.first()) {
            (Some(seen), _) => {
                let replaced = post_draft::Entity::update_many()
                    .set(post_draft::ActiveModel {
                        version: Set(next.clone()),
                        title: Set(content.title),
                        text: Set(content.text),
                        content_note: Set(content.content_note),
                        in_reply_to: Set(content.in_reply_to),
                        saved_at: Set(self.database.now().0),
                        ..Default::default()
                    })
                    .filter(post_draft::Column::Id.eq(seen.id))
                    .filter(post_draft::Column::Version.eq(seen.version.as_str()))
                    .exec(write.on())
                    .await
                    .map_err(to_domain)?;
                // Of two that are saved at the same moment, one finds the other's.
                if replaced.rows_affected == 0 {
                    let other = at(account, spot).one(write.on()).await.map_err(to_domain)?;
                    let other = other.ok_or(Error::Conflict)?;
                    return Ok(DraftSaving::Differs(saved(other)));
                }
            }
            (None, Some(other)) => {
                let other = saved(other.clone());
                // A form that is sent twice has saved it the first time.
                return Ok(if other.content == content {
                    DraftSaving::Saved(other.version)
                } else {
                    DraftSaving::Differs(other)
                });
            }
            (None, None) => {
                self.insert_draft(&write, actor, (account, spot), (next.clone(), content))
                    .await?;
            }
        }
        write.commit().await?;
        Ok(DraftSaving::Saved(next))
    }

    async fn insert_draft(
        &self,
        write: &Write<'_>,
        actor: Actor,
        (account, spot): (Uuid, Spot),
        (version, content): (String, DraftText),
    ) -> Result<()> {
        let drafts = post_draft::Entity::find()
            .filter(post_draft::Column::AccountId.eq(account))
            .count(write.on())
            .await
            .map_err(to_domain)?;
        if drafts >= SAVED_DRAFTS_MOST {
            return Err(Error::invalid(
                "text",
                format!(
                    "You have {SAVED_DRAFTS_MOST} drafts. Publish or delete one of them first: your settings have a list of them."
                ),
            ));
        }
        quota::spend(write, &self.database, actor, Quota::Drafts).await?;
        let (condition_id, kind, topic_id) = match spot {
            Spot::Begins(condition, kind) => {
                (Some(condition), Some(kind.as_str().to_owned()), None)
            }
            Spot::Adds(topic) => (None, None, Some(topic)),
        };
        let row = post_draft::Model {
            id: Uuid::now_v7(),
            version,
            account_id: account,
            condition_id,
            topic_id,
            kind,
            title: content.title,
            text: content.text,
            content_note: content.content_note,
            in_reply_to: content.in_reply_to,
            saved_at: self.database.now().0,
        };
        post_draft::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(write.on())
            .await
            .map(drop)
            .map_err(to_domain)
    }
}

#[async_trait]
impl SavedDrafts for CommunityStore {
    async fn save_draft(
        &self,
        actor: Actor,
        place: DraftPlace,
        version: Option<&str>,
        content: DraftText,
    ) -> Result<DraftSaving> {
        let action = match place {
            DraftPlace::Question(_) => Action::AskQuestions,
            _ => Action::WritePosts,
        };
        let member = Self::person(actor, action)?;
        let content = match place {
            DraftPlace::Topic(_) => DraftText {
                title: String::new(),
                ..content
            },
            _ => DraftText {
                in_reply_to: None,
                ..content
            },
        };
        let content = content.check()?;
        let spot = self.spot(actor, &place).await?;
        self.put_draft(actor, member, spot, (version, content))
            .await
    }

    async fn saved_drafts(&self, actor: Actor) -> Result<Vec<SavedDraftLine>> {
        Self::person(actor, Action::ReadOwnAccount)?;
        self.list_drafts(actor).await
    }

    async fn delete_draft(&self, actor: Actor, version: &str) -> Result<()> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        let write = Write::begin(&self.database, actor).await?;
        delete(write.on(), member.account.0, version).await?;
        write.commit().await
    }

    async fn publish(
        &self,
        actor: Actor,
        post: FirstPostDraft,
        version: Option<&str>,
        submission: &Submission,
    ) -> Result<Published> {
        let sending = Sending {
            submission,
            draft: version,
        };
        if let Some(slug) = self.hold_post(actor, post.clone(), sending).await? {
            return Ok(Published::Waits(slug));
        }
        match post {
            FirstPostDraft::Discussion(slug, draft) => self
                .start_discussion(actor, &slug, draft, sending)
                .await
                .map(Published::Topic),
            FirstPostDraft::Question(slug, draft) => self
                .ask_question(actor, &slug, draft, sending)
                .await
                .map(Published::Topic),
            FirstPostDraft::Reply(id, draft) => self
                .add_post(actor, &id, draft, sending)
                .await
                .map(Published::Post),
            FirstPostDraft::Answer(id, draft) => self
                .add_answer(actor, &id, draft, sending)
                .await
                .map(Published::Post),
        }
    }
}
