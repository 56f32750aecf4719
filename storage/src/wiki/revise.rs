//! Writing sections.

use domain::{Result, wiki::SectionKind};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    Set, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    LANGUAGE,
    content::Content,
    entity::{revision, section},
};
use crate::{
    error::to_domain,
    search::{self, Document},
};

/// Where a text comes from, as stored.
pub(super) struct Origin {
    pub(super) kind: &'static str,
    pub(super) author: Option<Uuid>,
    pub(super) summary: String,
    pub(super) restores: Option<i64>,
    pub(super) source: Option<SourcePage>,
}

/// The page of a source that a text is from.
pub(super) struct SourcePage {
    pub(super) name: String,
    pub(super) year: i32,
    pub(super) url: String,
    pub(super) incomplete: bool,
}

impl Origin {
    pub(super) fn person(author: Option<Uuid>, summary: String, restores: Option<i64>) -> Self {
        Self {
            kind: "person",
            author,
            summary,
            restores,
            source: None,
        }
    }

    pub(super) fn starter() -> Self {
        Self {
            kind: "starter",
            author: None,
            summary: String::new(),
            restores: None,
            source: None,
        }
    }

    pub(super) fn import(source: SourcePage) -> Self {
        Self {
            kind: "import",
            source: Some(source),
            ..Self::starter()
        }
    }
}

fn sections(condition: Uuid, kind: SectionKind) -> Select<section::Entity> {
    section::Entity::find()
        .filter(section::Column::ConditionId.eq(condition))
        .filter(section::Column::Kind.eq(kind.as_str()))
        .filter(section::Column::Language.eq(LANGUAGE))
}

/// The section's row, if there is one.
pub(super) async fn find<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    kind: SectionKind,
) -> Result<Option<section::Model>> {
    sections(condition, kind).one(on).await.map_err(to_domain)
}

/// The section's row, made where it is missing.
pub(super) async fn section<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    kind: SectionKind,
) -> Result<section::Model> {
    // Locked, so that of two who save at once the second builds on the first.
    let find = || sections(condition, kind).lock_exclusive().one(on);
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
    content: Content,
    origin: Origin,
    now: i64,
) -> Result<i64> {
    let id = Uuid::now_v7();
    let is_text = SectionKind::parse(&section.kind).is_some_and(SectionKind::is_text);
    let document = is_text.then(|| Document::section(section.id, &content.html));
    let row = revision::ActiveModel {
        id: Set(id),
        section_id: Set(section.id),
        base_id: Set(section.head_id),
        language: Set(section.language.clone()),
        html: Set(content.html),
        markdown: Set(content.markdown),
        entries: Set(content.entries),
        origin: Set(origin.kind.to_owned()),
        author_id: Set(origin.author),
        created_at: Set(now),
        summary: Set(origin.summary),
        restored_number: Set(origin.restores),
        source_name: Set(origin.source.as_ref().map(|source| source.name.clone())),
        source_year: Set(origin.source.as_ref().map(|source| source.year)),
        source_incomplete: Set(origin
            .source
            .as_ref()
            .is_some_and(|source| source.incomplete)),
        source_url: Set(origin.source.map(|source| source.url)),
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
    .map_err(to_domain)?;
    search::put(on, document.into_iter().collect()).await?;
    Ok(inserted.last_insert_id)
}
