//! Approving, declining and removing resources.

use domain::{
    Error, Result,
    account::Actor,
    community::{ResourceDraft, ResourceState, check_resource_reason, link_key},
    event::EventKind,
};
use sea_orm::{ConnectionTrait, Value};

use super::{CommunityStore, may_decide, reading::Keys, unless_twice};
use crate::{
    error::to_domain,
    search::{self, Document},
    write::Write,
};

impl CommunityStore {
    /// A suggestion that this person may decide about; nothing where it has become this already.
    async fn to_decide(&self, actor: Actor, id: &str, into: ResourceState) -> Result<Option<Keys>> {
        let (keys, resource) = self.one_resource(actor, id).await?;
        may_decide(actor, keys.role, resource.own)?;
        match resource.state {
            ResourceState::Waiting => Ok(Some(keys)),
            state if state == into => Ok(None),
            _ => Err(Error::Conflict),
        }
    }

    pub(super) async fn approve(&self, actor: Actor, id: &str, draft: ResourceDraft) -> Result<()> {
        let now = self.database.now();
        let draft = draft.check(now)?;
        let Some(keys) = self.to_decide(actor, id, ResourceState::Approved).await? else {
            return Ok(());
        };
        let document = Document::resource(keys.id, &draft.title, &draft.description);
        let write = Write::begin(&self.database, actor).await?;
        let approved = write
            .on()
            .execute_raw(self.database.statement(
                "UPDATE resource SET state = 'approved', decided_at = $1, kind = $2, title = $3, \
                 description = $4, link = $5, link_key = $6, published = $7, language = $8 \
                 WHERE id = $9 AND state = 'waiting'",
                vec![
                    now.0.into(),
                    draft.kind.as_str().into(),
                    draft.title.into(),
                    draft.description.into(),
                    draft.link.clone().into(),
                    link_key(&draft.link).into(),
                    draft.date.map(String::from).into(),
                    draft.language.code().into(),
                    keys.id.into(),
                ],
            ))
            .await
            .map_err(unless_twice)?;
        if approved.rows_affected() == 0 {
            return Err(Error::Conflict);
        }
        search::put(write.on(), vec![document]).await?;
        record(&write, EventKind::ResourceApproved, keys).await?;
        write.commit().await
    }

    pub(super) async fn decline(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        let reason = check_resource_reason("reason", reason)?;
        let Some(keys) = self.to_decide(actor, id, ResourceState::Declined).await? else {
            return Ok(());
        };
        let write = Write::begin(&self.database, actor).await?;
        let became = (ResourceState::Waiting, ResourceState::Declined);
        self.end(&write, keys, became, reason).await?;
        record(&write, EventKind::ResourceDeclined, keys).await?;
        write.commit().await
    }

    pub(super) async fn take_off(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        let reason = check_resource_reason("reason", reason)?;
        let (keys, resource) = self.one_resource(actor, id).await?;
        match resource.state {
            ResourceState::Approved => {}
            ResourceState::Removed => return Ok(()),
            _ => return Err(Error::Conflict),
        }
        let write = Write::begin(&self.database, actor).await?;
        let became = (ResourceState::Approved, ResourceState::Removed);
        self.end(&write, keys, became, reason).await?;
        record(&write, EventKind::ResourceRemoved, keys).await?;
        write.commit().await
    }

    /// Makes one state another, if it still is the one.
    async fn end(
        &self,
        write: &Write<'_>,
        keys: Keys,
        (from, to): (ResourceState, ResourceState),
        reason: String,
    ) -> Result<()> {
        let values: Vec<Value> = vec![
            to.as_str().into(),
            reason.into(),
            self.database.now().0.into(),
            keys.id.into(),
            from.as_str().into(),
        ];
        let ended = write
            .on()
            .execute_raw(self.database.statement(
                "UPDATE resource SET state = $1, reason = $2, decided_at = $3 \
                 WHERE id = $4 AND state = $5",
                values,
            ))
            .await
            .map_err(to_domain)?;
        if ended.rows_affected() == 0 {
            return Err(Error::Conflict);
        }
        Ok(())
    }
}

async fn record(write: &Write<'_>, kind: EventKind, keys: Keys) -> Result<()> {
    write
        .record(kind, Some(keys.id), Some(keys.condition))
        .await
}
