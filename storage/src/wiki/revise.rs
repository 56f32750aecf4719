//! Writing sections and tips.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionId,
    event::EventKind,
    wiki::{SectionKind, check_text},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    LANGUAGE,
    entity::{reference, revision, section, tip},
    markdown,
};
use crate::{Database, catalogue::entity::condition, error::to_domain, write::Write};

/// Where a text comes from, as stored.
pub(super) struct Origin {
    pub(super) kind: &'static str,
    pub(super) author: Option<Uuid>,
    pub(super) summary: String,
    pub(super) restores: Option<i64>,
}

impl Origin {
    pub(super) fn person(author: Option<Uuid>, summary: String, restores: Option<i64>) -> Self {
        Self {
            kind: "person",
            author,
            summary,
            restores,
        }
    }

    pub(super) fn starter() -> Self {
        Self {
            kind: "starter",
            author: None,
            summary: String::new(),
            restores: None,
        }
    }
}

pub(super) async fn add_tip(
    database: &Database,
    actor: Actor,
    condition: ConditionId,
    name: &str,
    text: &str,
) -> Result<()> {
    if name.trim().is_empty() || name.chars().count() > 200 {
        return Err(Error::invalid(
            "name",
            "Give the tip a name of at most 200 characters.",
        ));
    }
    check_text("text", SectionKind::Description, text)?;
    let write = Write::begin(database, actor).await?;
    condition_exists(write.on(), condition.0).await?;
    let position = tip::Entity::find()
        .filter(tip::Column::ConditionId.eq(condition.0))
        .count(write.on())
        .await
        .map_err(to_domain)?;
    let now = database.now().0;
    let id = insert_tip(
        write.on(),
        condition.0,
        (name, text),
        position,
        "person",
        now,
    )
    .await?;
    write
        .record(EventKind::TipAdded, Some(id), Some(condition.0))
        .await?;
    write.commit().await
}

async fn condition_exists<C: ConnectionTrait>(on: &C, id: Uuid) -> Result<()> {
    let found = condition::Entity::find_by_id(id)
        .filter(condition::Column::Rank.eq("condition"))
        .count(on)
        .await
        .map_err(to_domain)?;
    if found == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

pub(super) async fn reference_keys<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
) -> Result<Vec<String>> {
    reference::Entity::find()
        .select_only()
        .column(reference::Column::CitationKey)
        .filter(reference::Column::ConditionId.eq(condition))
        .order_by_asc(reference::Column::Position)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)
}

/// The section's row, made where it is missing.
pub(super) async fn section<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    kind: SectionKind,
) -> Result<section::Model> {
    // Locked, so that of two who save at once the second builds on the first.
    let find = || {
        section::Entity::find()
            .filter(section::Column::ConditionId.eq(condition))
            .filter(section::Column::Kind.eq(kind.as_str()))
            .filter(section::Column::Language.eq(LANGUAGE))
            .lock_exclusive()
            .one(on)
    };
    if let Some(found) = find().await.map_err(to_domain)? {
        return Ok(found);
    }
    let row = section::ActiveModel {
        id: Set(Uuid::now_v7()),
        condition_id: Set(condition),
        kind: Set(kind.as_str().to_owned()),
        language: Set(LANGUAGE.to_owned()),
        head_id: Set(None),
        protection: Set(None),
        protection_reason: Set(None),
        protection_ends_at: Set(None),
    };
    section::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await
        .map_err(to_domain)?;
    find()
        .await
        .map_err(to_domain)?
        .ok_or_else(|| crate::error::internal(&"a section vanished"))
}

/// Adds a revision and makes it the head. Returns its number.
pub(super) async fn put<C: ConnectionTrait>(
    on: &C,
    section: &section::Model,
    text: &str,
    references: &[String],
    origin: Origin,
    now: i64,
) -> Result<i64> {
    let id = Uuid::now_v7();
    let text = &markdown::storable(text);
    let row = revision::ActiveModel {
        id: Set(id),
        section_id: Set(section.id),
        base_id: Set(section.head_id),
        language: Set(section.language.clone()),
        html: Set(markdown::render(text, references)),
        markdown: Set(text.clone().into_owned()),
        origin: Set(origin.kind.to_owned()),
        author_id: Set(origin.author),
        created_at: Set(now),
        summary: Set(origin.summary),
        restored_number: Set(origin.restores),
        ..Default::default()
    };
    let inserted = revision::Entity::insert(row)
        .exec(on)
        .await
        .map_err(to_domain)?;
    section::ActiveModel {
        id: Set(section.id),
        head_id: Set(Some(id)),
        ..Default::default()
    }
    .update(on)
    .await
    .map(|_| inserted.last_insert_id)
    .map_err(to_domain)
}

pub(super) async fn insert_tip<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    (name, text): (&str, &str),
    position: u64,
    origin: &str,
    now: i64,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let text = &markdown::storable(text);
    let keys = reference_keys(on, condition).await?;
    let row = tip::ActiveModel {
        id: Set(id),
        condition_id: Set(condition),
        language: Set(LANGUAGE.to_owned()),
        name: Set(markdown::storable(name.trim()).into_owned()),
        html: Set(markdown::render(text, &keys)),
        markdown: Set(text.clone().into_owned()),
        origin: Set(origin.to_owned()),
        author_id: Set(None),
        position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        created_at: Set(now),
    };
    tip::Entity::insert(row)
        .exec_without_returning(on)
        .await
        .map_err(to_domain)?;
    Ok(id)
}
