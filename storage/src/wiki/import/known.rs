//! What the database knows before texts are read in.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{Result, wiki::KnownNames};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    catalogue::{
        entity::{code, condition},
        known_names,
        names::MEMBERS,
    },
    error::to_domain,
    wiki::entity::{revision, section},
};

/// Conditions by CURIE and, for other identifiers, by the code of one condition alone; replaced
/// ones lead on.
pub(super) async fn conditions<C: ConnectionTrait>(on: &C) -> Result<HashMap<String, Uuid>> {
    let rows: Vec<(String, Uuid, String, Option<Uuid>)> = condition::Entity::find()
        .select_only()
        .column(condition::Column::Curie)
        .column(condition::Column::Id)
        .column(condition::Column::Rank)
        .column(condition::Column::MergedInto)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut ids: HashMap<String, Uuid> = rows
        .into_iter()
        .filter(|(_, _, rank, _)| rank == "condition")
        .map(|(curie, id, _, merged)| (curie, merged.unwrap_or(id)))
        .collect();
    let pages: HashSet<Uuid> = ids.values().copied().collect();
    let mut coded: HashMap<String, Option<Uuid>> = HashMap::new();
    // What members add decides nothing about the texts of sources.
    let rows = code::Entity::find()
        .filter(code::Column::SourceId.ne(MEMBERS))
        .all(on)
        .await
        .map_err(to_domain)?;
    for row in rows {
        if pages.contains(&row.condition_id) {
            coded
                .entry(format!("{}:{}", row.system, row.value))
                .and_modify(|id| *id = None)
                .or_insert(Some(row.condition_id));
        }
    }
    for (code, id) in coded {
        if let Some(id) = id {
            ids.entry(code).or_insert(id);
        }
    }
    Ok(ids)
}

/// What conditions and families are called, and the words that damaged names would be made of.
pub(super) async fn names<C: ConnectionTrait>(
    on: &C,
) -> Result<(KnownNames<Uuid>, BTreeSet<String>)> {
    let (names, all) = known_names(on).await?;
    let damaged = domain::wiki::damaged_words(all.iter().map(String::as_str));
    Ok((names, damaged))
}

/// What a section holds before the import.
pub(super) struct Present {
    pub(super) section: Uuid,
    pub(super) head: Option<Uuid>,
    pub(super) origin: String,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) markdown: String,
}

impl Present {
    /// Whether a text of a source may take the place of what stands there.
    pub(super) fn gives_way_to(&self, source: &str) -> bool {
        self.head.is_none() || self.origin == "import" && self.source.as_deref() == Some(source)
    }
}

/// Id, origin, name and page of the source, and text of a revision.
type Head = (Uuid, String, Option<String>, Option<String>, String);

pub(super) async fn present<C: ConnectionTrait>(
    on: &C,
) -> Result<HashMap<(Uuid, String), Present>> {
    let sections = section::Entity::find().all(on).await.map_err(to_domain)?;
    let heads: HashSet<Uuid> = sections.iter().filter_map(|row| row.head_id).collect();
    let rows: Vec<Head> = revision::Entity::find()
        .select_only()
        .column(revision::Column::Id)
        .column(revision::Column::Origin)
        .column(revision::Column::SourceName)
        .column(revision::Column::SourceUrl)
        .column(revision::Column::Markdown)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut texts: HashMap<Uuid, Head> = rows
        .into_iter()
        .filter(|(id, ..)| heads.contains(id))
        .map(|head| (head.0, head))
        .collect();
    Ok(sections
        .into_iter()
        .map(|row| {
            let (_, origin, source, url, markdown) = row
                .head_id
                .and_then(|head| texts.remove(&head))
                .unwrap_or_default();
            let present = Present {
                section: row.id,
                head: row.head_id,
                origin,
                source,
                url,
                markdown,
            };
            ((row.condition_id, row.kind), present)
        })
        .collect())
}
