//! Who is in which community.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::ConditionId,
    community::Memberships,
    event::EventKind,
    policy::{Action, Audience, Quota, permit},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{CommunityStore, entity::membership, leaders};
use crate::{
    Database, account::entity::account, catalogue::address, error::to_domain, quota, write::Write,
};

/// Most communities of one person.
const MOST_COMMUNITIES: usize = 50;

/// Makes a condition the account's home, seen by nobody else until the person chooses so.
pub(crate) async fn call_home(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    condition: Uuid,
) -> Result<()> {
    put(
        write,
        database,
        account,
        condition,
        (Audience::OnlyMe, true),
    )
    .await
}

async fn put(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    condition: Uuid,
    (audience, home): (Audience, bool),
) -> Result<()> {
    use membership::{ActiveModel, Column, Entity};
    if home {
        Entity::update_many()
            .col_expr(Column::Home, false.into())
            .filter(Column::AccountId.eq(account))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
    }
    let row = ActiveModel {
        account_id: Set(account),
        condition_id: Set(condition),
        audience: Set(audience.as_str().to_owned()),
        home: Set(home),
        name_key: Set(name_key(write.on(), account).await?),
        public: Set(false),
        created_at: Set(database.now().0),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::AccountId, Column::ConditionId])
                .update_columns([Column::Audience, Column::Home])
                .to_owned(),
        )
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    note_public(write.on(), database, account).await
}

/// Notes in which communities visitors find somebody in the list of members, after what it follows from
/// has changed: their membership, being listed and their name are all for everyone.
pub(crate) async fn note_public<C: ConnectionTrait>(
    on: &C,
    database: &Database,
    account: Uuid,
) -> Result<()> {
    let sql = "UPDATE membership SET public = (audience = 'everyone' AND EXISTS \
               (SELECT 1 FROM profile p WHERE p.account_id = membership.account_id \
               AND p.listed_audience = 'everyone' AND p.name_audience = 'everyone')) \
               WHERE account_id = $1";
    on.execute_raw(database.statement(sql, vec![account.into()]))
        .await
        .map(drop)
        .map_err(to_domain)
}

/// What somebody's name is sorted by.
pub(super) async fn name_key<C: ConnectionTrait>(on: &C, account: Uuid) -> Result<String> {
    account::Entity::find_by_id(account)
        .select_only()
        .column(account::Column::NameKey)
        .into_tuple()
        .one(on)
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)
}

/// Lets somebody's memberships follow their new name.
pub(crate) async fn rename<C: ConnectionTrait>(on: &C, account: Uuid, key: &str) -> Result<()> {
    membership::Entity::update_many()
        .col_expr(membership::Column::NameKey, key.into())
        .filter(membership::Column::AccountId.eq(account))
        .exec(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

/// Moves the members of a condition to the one that replaces it. Whoever has joined both is shown to no
/// more than the fewer of the two.
pub(super) async fn follow<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    use membership::{Column, Entity};
    let of = |condition: Uuid| Entity::find().filter(Column::ConditionId.eq(condition));
    let width = |audience: &str| {
        let audience = Audience::from_name(audience);
        Audience::ALL.iter().position(|other| *other == audience)
    };
    let there: BTreeMap<Uuid, membership::Model> = of(replacement)
        .all(on)
        .await
        .map_err(to_domain)?
        .into_iter()
        .map(|row| (row.account_id, row))
        .collect();
    let moving = of(condition).all(on).await.map_err(to_domain)?;
    Entity::delete_many()
        .filter(Column::ConditionId.eq(condition))
        .exec(on)
        .await
        .map_err(to_domain)?;
    for row in moving {
        let other = there.get(&row.account_id);
        let narrower = other
            .map(|other| other.audience.clone())
            .filter(|other| width(other) < width(&row.audience))
            .unwrap_or(row.audience);
        let moved = membership::ActiveModel {
            account_id: Set(row.account_id),
            condition_id: Set(replacement),
            audience: Set(narrower),
            home: Set(row.home || other.is_some_and(|other| other.home)),
            name_key: Set(row.name_key),
            // As the fewer of the two: whose they are is the same in both.
            public: Set(row.public && other.is_none_or(|other| other.public)),
            created_at: Set(row.created_at),
        };
        Entity::insert(moved)
            .on_conflict(
                OnConflict::columns([Column::AccountId, Column::ConditionId])
                    .update_columns([Column::Audience, Column::Home, Column::Public])
                    .to_owned(),
            )
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}

/// Ends a change.
async fn finish(write: Write<'_>, member: Member) -> Result<()> {
    write
        .record(EventKind::ConditionsNamed, Some(member.account.0), None)
        .await?;
    write.commit().await
}

impl CommunityStore {
    /// Whether who asks has joined a community.
    pub(in crate::community) async fn is_joined(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<bool> {
        self.is_joined_on(self.database.readers(), actor, condition)
            .await
    }

    /// The same inside of a change.
    pub(in crate::community) async fn is_joined_on<C: ConnectionTrait>(
        &self,
        on: &C,
        actor: Actor,
        condition: Uuid,
    ) -> Result<bool> {
        let Some(member) = actor.member() else {
            return Ok(false);
        };
        membership::Entity::find_by_id((member.account.0, condition))
            .count(on)
            .await
            .map(|rows| rows > 0)
            .map_err(to_domain)
    }

    /// Puts a membership there, or changes it; with `None` one that is there stays as it is.
    async fn put_membership(
        &self,
        actor: Actor,
        slug: &str,
        chosen: Option<(Audience, bool)>,
    ) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        let condition = address::present(&self.database, slug).await?.id;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        // First, because it lets a second change of the same person wait for this one: what is counted
        // below is what there is.
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        let others: Vec<Uuid> = membership::Entity::find()
            .select_only()
            .column(membership::Column::ConditionId)
            .filter(membership::Column::AccountId.eq(account))
            .into_tuple()
            .all(write.on())
            .await
            .map_err(to_domain)?;
        if others.contains(&condition) {
            if chosen.is_none() {
                return Ok(());
            }
        } else {
            if others.len() >= MOST_COMMUNITIES {
                return Err(Error::invalid(
                    "condition",
                    format!("You are in {MOST_COMMUNITIES} communities. Leave one first."),
                ));
            }
            quota::spend(&write, &self.database, actor, Quota::AddedConditions).await?;
        }
        if chosen.is_some_and(|(audience, _)| audience != Audience::Everyone)
            && leaders::is_leading(write.on(), account, condition).await?
        {
            return Err(Error::invalid(
                "audience",
                "You lead this community, so everyone can see that you are in it. Step down first.",
            ));
        }
        let chosen = chosen.unwrap_or((Audience::OnlyMe, false));
        put(&write, &self.database, account, condition, chosen).await?;
        finish(write, member).await
    }
}

#[async_trait]
impl Memberships for CommunityStore {
    async fn membership(&self, actor: Actor, condition: ConditionId) -> Result<Option<Audience>> {
        permit(actor, Action::ReadDiscussions)?;
        let Some(member) = actor.member() else {
            return Ok(None);
        };
        let row = membership::Entity::find_by_id((member.account.0, condition.0))
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(row.map(|row| Audience::from_name(&row.audience)))
    }

    async fn join(&self, actor: Actor, slug: &str) -> Result<()> {
        self.put_membership(actor, slug, None).await
    }

    async fn set_membership(
        &self,
        actor: Actor,
        slug: &str,
        audience: Audience,
        home: bool,
    ) -> Result<()> {
        self.put_membership(actor, slug, Some((audience, home)))
            .await
    }

    async fn leave(&self, actor: Actor, slug: &str) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        // By any of its addresses: it may have been merged into another one since.
        let left = write
            .on()
            .execute_raw(self.database.statement(
                "DELETE FROM membership WHERE account_id = $1 AND condition_id IN \
                 (SELECT coalesce(c.merged_into, c.id) FROM condition_slug a \
                 JOIN condition c ON c.id = a.condition_id \
                 WHERE a.rank = 'condition' AND a.slug = $2)",
                vec![member.account.0.into(), slug.replace('\0', "").into()],
            ))
            .await
            .map_err(to_domain)?;
        if left.rows_affected() == 0 {
            return Ok(());
        }
        leaders::leave(&write, &self.database, member.account.0).await?;
        finish(write, member).await
    }
}
