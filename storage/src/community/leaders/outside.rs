//! The registry elsewhere to which a community sends people. The page of a condition reads it with the
//! condition.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    event::EventKind,
    policy::{Action, Quota},
    registry::OutsideRegistry,
};
use sea_orm::{EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    community::entity::outside_registry::{ActiveModel, Column, Entity, Model},
    error::to_domain,
    quota,
    write::Write,
};

fn registry_of(row: Model) -> OutsideRegistry {
    OutsideRegistry {
        name: row.name,
        link: row.link,
    }
}

impl CommunityStore {
    pub(super) async fn outside_registry(
        &self,
        condition: Uuid,
    ) -> Result<Option<OutsideRegistry>> {
        let row = Entity::find_by_id(condition).one(self.database.readers());
        Ok(row.await.map_err(to_domain)?.map(registry_of))
    }

    pub(super) async fn write_outside_registry(
        &self,
        actor: Actor,
        slug: &str,
        name: &str,
        link: &str,
    ) -> Result<()> {
        let action = Action::SetOutsideRegistry;
        let condition = match self.led(actor, action, slug).await? {
            Resolved::Here(condition) => condition.id,
            Resolved::Moved { .. } => return Err(Error::NotFound),
        };
        let registry = OutsideRegistry::check(name, link)?;
        let write = Write::begin(&self.database, actor).await?;
        let before = Entity::find_by_id(condition).one(write.on()).await;
        if before.map_err(to_domain)?.map(registry_of) == registry {
            return Ok(());
        }
        quota::spend(&write, &self.database, actor, Quota::Posts).await?;
        match registry {
            None => {
                let deleted = Entity::delete_by_id(condition).exec(write.on()).await;
                deleted.map_err(to_domain)?;
            }
            Some(OutsideRegistry { name, link }) => {
                let row = ActiveModel {
                    condition_id: Set(condition),
                    name: Set(name),
                    link: Set(link),
                    updated_at: Set(self.database.now().0),
                };
                let set = OnConflict::column(Column::ConditionId)
                    .update_columns([Column::Name, Column::Link, Column::UpdatedAt])
                    .to_owned();
                Entity::insert(row)
                    .on_conflict(set)
                    .exec_without_returning(write.on())
                    .await
                    .map_err(to_domain)?;
            }
        }
        let kind = EventKind::OutsideRegistrySet;
        write.record(kind, Some(condition), Some(condition)).await?;
        write.commit().await
    }
}
