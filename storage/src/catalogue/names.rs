//! Names and codes that members have added or hidden, beside those of sources.

use domain::{
    Result,
    catalogue::{Code, Scope, Synonym},
    text::{fold, slug},
    wiki::{Entry, Item},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set, sea_query::OnConflict,
};
use uuid::{Uuid, uuid};

use super::entity::{code, hidden_name, source, synonym};
use crate::error::to_domain;

/// The row of `source` that stands for the members: not a release that was read in.
pub(crate) const MEMBERS: Uuid = uuid!("6d656d62-6572-7300-8000-000000000001");

/// The row of `source` that stands for the curated everyday names, which come with each import.
pub(crate) const EVERYDAY: Uuid = uuid!("65766572-7964-6179-8000-000000000001");

/// Behind all positions of sources.
const BEHIND: i32 = 1_000_000;

/// The scope of what is found by search and never shown: a name that its source has given up, a gene.
pub(super) const SEARCHED_ONLY: &str = "searched-only";
/// Behind those, but before what members add.
pub(super) const EVERYDAY_POSITION: i32 = BEHIND / 2;

/// What stands behind `FROM` for the names of a condition `c` that are not hidden, as `s`.
pub(super) fn synonyms_of_c() -> String {
    shown("synonym s", "s", "name", "s.name_key")
}

/// The same for its codes, as `k`.
pub(super) fn codes_of_c() -> String {
    shown("code k", "k", "code", "k.system || ':' || k.value")
}

fn shown(table: &str, row: &str, kind: &str, key: &str) -> String {
    format!(
        "{table} WHERE {row}.condition_id = c.id AND NOT EXISTS (SELECT 1 FROM hidden_name h \
         WHERE h.condition_id = c.id AND h.kind = '{kind}' AND h.name_key = {key})"
    )
}

/// Names and codes of a condition that sources gave, each with the name of its source.
pub(crate) async fn given<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
) -> Result<Vec<(Item, String)>> {
    let sources = source::Entity::find().all(on).await.map_err(to_domain)?;
    let source_of = |id: Uuid| {
        let source = sources.iter().find(|source| source.id == id);
        source.map(|source| source.name.clone()).unwrap_or_default()
    };
    let synonyms = synonym::Entity::find()
        .filter(synonym::Column::ConditionId.eq(condition))
        .filter(synonym::Column::SourceId.ne(MEMBERS))
        .filter(synonym::Column::Scope.ne(SEARCHED_ONLY))
        .order_by_asc(synonym::Column::Position)
        .order_by_asc(synonym::Column::Id)
        .all(on)
        .await
        .map_err(to_domain)?;
    let codes = code::Entity::find()
        .filter(code::Column::ConditionId.eq(condition))
        .filter(code::Column::SourceId.ne(MEMBERS))
        .order_by_asc(code::Column::Position)
        .order_by_asc(code::Column::Value)
        .all(on)
        .await
        .map_err(to_domain)?;
    let names = synonyms.into_iter().map(|row| {
        let name = Item::Name(Synonym {
            name: row.name,
            scope: Scope::parse(&row.scope).unwrap_or(Scope::Related),
        });
        (name, source_of(row.source_id))
    });
    let codes = codes.into_iter().filter_map(|row| {
        let code: Code = format!("{}:{}", row.system, row.value).parse().ok()?;
        Some((Item::Code(code), source_of(row.source_id)))
    });
    Ok(names.chain(codes).collect())
}

/// Sees to it that a row of `source` that is not a release is there.
pub(super) async fn own_source<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    name: &str,
    now: i64,
) -> Result<()> {
    let row = source::ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        release: Set(String::new()),
        licence: Set(String::new()),
        attribution: Set(String::new()),
        url: Set(String::new()),
        imported_at: Set(now),
    };
    source::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await
        .map_err(to_domain)?;
    Ok(())
}

/// Sees to it that the row of `source` is there that stands for the members.
pub(super) async fn members_source<C: ConnectionTrait>(on: &C, now: i64) -> Result<()> {
    own_source(on, MEMBERS, "Members of this site", now).await
}

/// Puts the members' names and codes where searches and pages find them, and hides what they have
/// hidden, in place of what was there of theirs.
pub(crate) async fn place<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    list: &[Entry],
    now: i64,
) -> Result<()> {
    members_source(on, now).await?;
    synonym::Entity::delete_many()
        .filter(synonym::Column::ConditionId.eq(condition))
        .filter(synonym::Column::SourceId.eq(MEMBERS))
        .exec(on)
        .await
        .map_err(to_domain)?;
    code::Entity::delete_many()
        .filter(code::Column::ConditionId.eq(condition))
        .filter(code::Column::SourceId.eq(MEMBERS))
        .exec(on)
        .await
        .map_err(to_domain)?;
    hidden_name::Entity::delete_many()
        .filter(hidden_name::Column::ConditionId.eq(condition))
        .exec(on)
        .await
        .map_err(to_domain)?;
    for (index, entry) in list.iter().enumerate() {
        let position = BEHIND.saturating_add(i32::try_from(index).unwrap_or(i32::MAX));
        if entry.hidden.is_some() {
            let (kind, key) = match &entry.item {
                Item::Code(code) => ("code", code.to_string()),
                item => ("name", item.key()),
            };
            let row = hidden_name::ActiveModel {
                condition_id: Set(condition),
                kind: Set(kind.to_owned()),
                name_key: Set(key),
            };
            hidden_name::Entity::insert(row)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(on)
                .await
                .map_err(to_domain)?;
            continue;
        }
        // What a source has as well stays the source's.
        match &entry.item {
            Item::Name(name) => {
                let row = synonym::ActiveModel {
                    condition_id: Set(condition),
                    name: Set(name.name.clone()),
                    name_key: Set(fold(&name.name)),
                    slug: Set(slug(&name.name)),
                    scope: Set(name.scope.as_str().to_owned()),
                    position: Set(position),
                    source_id: Set(MEMBERS),
                    ..Default::default()
                };
                synonym::Entity::insert(row)
                    .on_conflict(OnConflict::new().do_nothing().to_owned())
                    .exec_without_returning(on)
                    .await
                    .map_err(to_domain)?;
            }
            Item::Code(code) => {
                let row = code::ActiveModel {
                    condition_id: Set(condition),
                    system: Set(code.system.prefix().to_owned()),
                    value: Set(code.value.clone()),
                    position: Set(position),
                    source_id: Set(MEMBERS),
                };
                code::Entity::insert(row)
                    .on_conflict(OnConflict::new().do_nothing().to_owned())
                    .exec_without_returning(on)
                    .await
                    .map_err(to_domain)?;
            }
            _ => {}
        }
    }
    Ok(())
}
