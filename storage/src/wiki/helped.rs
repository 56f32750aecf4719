//! Which tips have helped whom: counted, and shown to nobody.

use domain::{
    Error, Result,
    account::Actor,
    wiki::{Entry, SectionKind},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{WikiStore, content, entity::helped};
use crate::{error::to_domain, write::Write};

impl WikiStore {
    pub(super) async fn helped_tips(
        &self,
        condition: Uuid,
        kind: SectionKind,
        account: Option<Uuid>,
    ) -> Result<Vec<String>> {
        let Some(account) = account.filter(|_| kind == SectionKind::Tips) else {
            return Ok(Vec::new());
        };
        let rows = helped::Entity::find()
            .filter(helped::Column::ConditionId.eq(condition))
            .filter(helped::Column::AccountId.eq(account))
            .all(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(rows.into_iter().map(|row| row.tip).collect())
    }

    pub(super) async fn put_helped(
        &self,
        actor: Actor,
        slug: &str,
        tip: &str,
        account: Uuid,
        helped: bool,
    ) -> Result<()> {
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        let tips = content::present(write.on(), condition.id, SectionKind::Tips).await?;
        let is_shown = |entry: &Entry| entry.id == tip && entry.hidden.is_none();
        if !tips.iter().any(|stored| is_shown(&stored.entry)) {
            return Err(Error::NotFound);
        }
        let row = helped::ActiveModel {
            condition_id: Set(condition.id),
            tip: Set(tip.to_owned()),
            account_id: Set(account),
            created_at: Set(self.database.now().0),
        };
        if helped {
            helped::Entity::insert(row)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(write.on())
                .await
                .map_err(to_domain)?;
        } else {
            row.delete(write.on()).await.map_err(to_domain)?;
        }
        // A number on a page: visitors may see it later, and nobody can empty the page cache by it.
        write.commit().await
    }
}
