//! Which topics people follow, and what of conditions.

use domain::{Result, account::Actor, community::ConditionFollow};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, Statement,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    catalogue::address,
    community::{
        CommunityStore,
        entity::{condition_follow, topic_follow},
    },
    error::to_domain,
    write::Write,
};

/// Makes a person follow a topic; where they do, nothing changes.
pub(in crate::community) async fn put_follow(
    write: &Write<'_>,
    account: Uuid,
    topic: Uuid,
    now: i64,
) -> Result<()> {
    let row = topic_follow::ActiveModel {
        account_id: Set(account),
        topic_id: Set(topic),
        since: Set(now),
    };
    topic_follow::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Moves what people follow of a condition, and of what they were told, to the one that replaces it.
pub(in crate::community) async fn move_follows<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    for (sql, both) in [
        (
            "INSERT INTO condition_follow (account_id, condition_id, kind, since) \
             SELECT account_id, $2, kind, since FROM condition_follow WHERE condition_id = $1 \
             ON CONFLICT DO NOTHING",
            true,
        ),
        (
            "DELETE FROM condition_follow WHERE condition_id = $1",
            false,
        ),
        // One for each page and day.
        (
            "UPDATE notification SET condition_id = $2 WHERE condition_id = $1 AND NOT EXISTS \
             (SELECT 1 FROM notification o WHERE o.account_id = notification.account_id \
             AND o.condition_id = $2 AND o.day = notification.day)",
            true,
        ),
        ("DELETE FROM notification WHERE condition_id = $1", false),
    ] {
        let mut values = vec![condition.into()];
        if both {
            values.push(replacement.into());
        }
        let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
        on.execute_raw(statement).await.map_err(to_domain)?;
    }
    Ok(())
}

impl CommunityStore {
    /// What a person follows of a condition.
    pub(in crate::community) async fn follows(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<Vec<ConditionFollow>> {
        use condition_follow::{Column, Entity};
        let Some(member) = actor.member() else {
            return Ok(Vec::new());
        };
        let kinds: Vec<String> = Entity::find()
            .select_only()
            .column(Column::Kind)
            .filter(Column::AccountId.eq(member.account.0))
            .filter(Column::ConditionId.eq(condition))
            .into_tuple()
            .all(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(kinds
            .iter()
            .filter_map(|kind| ConditionFollow::from_name(kind))
            .collect())
    }

    pub(super) async fn put_condition_follow(
        &self,
        actor: Actor,
        account: Uuid,
        slug: &str,
        what: ConditionFollow,
    ) -> Result<()> {
        let condition = address::present(&self.database, slug).await?.id;
        let write = Write::begin(&self.database, actor).await?;
        let row = condition_follow::ActiveModel {
            account_id: Set(account),
            condition_id: Set(condition),
            kind: Set(what.as_str().to_owned()),
            since: Set(self.database.now().0),
        };
        condition_follow::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write.commit().await
    }

    /// By any of its addresses: it may have been merged into another one since.
    pub(super) async fn end_condition_follow(
        &self,
        actor: Actor,
        account: Uuid,
        slug: &str,
        what: ConditionFollow,
    ) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        let sql = "DELETE FROM condition_follow WHERE account_id = $1 AND kind = $2 \
             AND condition_id IN (SELECT coalesce(c.merged_into, c.id) FROM condition_slug a \
             JOIN condition c ON c.id = a.condition_id \
             WHERE a.rank = 'condition' AND a.slug = $3)";
        let values = vec![
            account.into(),
            what.as_str().into(),
            slug.replace('\0', "").into(),
        ];
        self.execute(&write, sql, values).await?;
        write.commit().await
    }
}
