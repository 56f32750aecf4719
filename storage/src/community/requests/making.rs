//! Asking for a community.

use domain::{
    Error, Result,
    account::{Actor, Member, Submission},
    community::{CommunityRequestDraft, RequestState},
    event::EventKind,
    policy::Quota,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::CommunityStore;
use crate::{community::entity::community_request, error::to_domain, quota, token, write::Write};

impl CommunityStore {
    pub(super) async fn add_request(
        &self,
        actor: Actor,
        member: Member,
        draft: CommunityRequestDraft,
        submission: &Submission,
    ) -> Result<String> {
        let draft = draft.check()?;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        if !write
            .is_first("community/request-community", submission)
            .await?
        {
            return last_request(&write, account).await;
        }
        quota::spend(&write, &self.database, actor, Quota::CommunityRequests).await?;
        let (id, public_id) = (Uuid::now_v7(), token::public_id()?);
        let row = community_request::ActiveModel {
            id: Set(id),
            public_id: Set(public_id.clone()),
            account_id: Set(account),
            name: Set(draft.name),
            why: Set(draft.why),
            links: Set(draft.links),
            leads: Set(draft.leads),
            state: Set(RequestState::Waiting.as_str().to_owned()),
            words: Set(String::new()),
            condition_id: Set(None),
            made_at: Set(self.database.now().0),
            decided_at: Set(None),
        };
        community_request::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write
            .record(EventKind::CommunityRequested, Some(id), None)
            .await?;
        write.commit().await?;
        Ok(public_id)
    }
}

/// What the first sending of the same form has asked for: the person's last request.
async fn last_request(write: &Write<'_>, account: Uuid) -> Result<String> {
    community_request::Entity::find()
        .select_only()
        .column(community_request::Column::PublicId)
        .filter(community_request::Column::AccountId.eq(account))
        .order_by_desc(community_request::Column::MadeAt)
        .order_by_desc(community_request::Column::Id)
        .into_tuple()
        .one(write.on())
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)
}
