//! Suggestions, and taking them back.

use domain::{
    Error, Result,
    account::{Actor, Member, Submission},
    community::{ResourceDraft, ResourceState, link_key},
    event::EventKind,
    policy::Quota,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::{CommunityStore, unless_twice};
use crate::{
    catalogue::address, community::entity::resource, error::to_domain, quota, token,
    token::storable, write::Write,
};

impl CommunityStore {
    pub(super) async fn add_suggestion(
        &self,
        actor: Actor,
        member: Member,
        slug: &str,
        draft: ResourceDraft,
        submission: &Submission,
    ) -> Result<String> {
        let now = self.database.now();
        let draft = draft.check(now)?;
        let condition = address::present(&self.database, slug).await?.id;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        if !write
            .is_first("community/suggest-resource", submission)
            .await?
        {
            return last_suggestion(&write, condition, account).await;
        }
        self.joined_still(&write, condition).await?;
        quota::spend(&write, &self.database, actor, Quota::Suggestions).await?;
        let (id, public_id) = (Uuid::now_v7(), token::public_id()?);
        let row = resource::ActiveModel {
            id: Set(id),
            public_id: Set(public_id.clone()),
            condition_id: Set(condition),
            account_id: Set(Some(account)),
            state: Set(ResourceState::Waiting.as_str().to_owned()),
            kind: Set(draft.kind.as_str().to_owned()),
            title: Set(draft.title),
            description: Set(draft.description),
            link_key: Set(link_key(&draft.link)),
            link: Set(draft.link),
            published: Set(draft.date.map(String::from)),
            language: Set(draft.language.code().to_owned()),
            reason: Set(String::new()),
            created_at: Set(now.0),
            decided_at: Set(None),
        };
        resource::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(unless_twice)?;
        write
            .record(EventKind::ResourceSuggested, Some(id), Some(condition))
            .await?;
        write.commit().await?;
        Ok(public_id)
    }

    pub(super) async fn erase_suggestion(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
    ) -> Result<()> {
        let Ok(id) = storable(id) else {
            return Ok(());
        };
        let write = Write::begin(&self.database, actor).await?;
        let row = resource::Entity::find()
            .filter(resource::Column::PublicId.eq(id))
            .filter(resource::Column::AccountId.eq(member.account.0))
            .one(write.on())
            .await
            .map_err(to_domain)?;
        let Some(row) = row else {
            return Ok(());
        };
        let erased = resource::Entity::delete_many()
            .filter(resource::Column::Id.eq(row.id))
            .filter(resource::Column::State.eq(ResourceState::Waiting.as_str()))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if erased.rows_affected == 0 {
            return Err(Error::Conflict);
        }
        write
            .record(
                EventKind::ResourceWithdrawn,
                Some(row.id),
                Some(row.condition_id),
            )
            .await?;
        write.commit().await
    }
}

/// What the first sending of the same form has suggested: the person's last resource there.
async fn last_suggestion(write: &Write<'_>, condition: Uuid, account: Uuid) -> Result<String> {
    resource::Entity::find()
        .select_only()
        .column(resource::Column::PublicId)
        .filter(resource::Column::AccountId.eq(account))
        .filter(resource::Column::ConditionId.eq(condition))
        .order_by_desc(resource::Column::CreatedAt)
        .order_by_desc(resource::Column::Id)
        .into_tuple()
        .one(write.on())
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)
}
