//! What conditions and families are called, for imports that have to find them by their names.

use std::collections::HashMap;

use domain::{Result, catalogue::Scope, wiki::KnownNames};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    entity::{condition, synonym},
    names::MEMBERS,
};
use crate::error::to_domain;

/// The names, and all of them as they are written. What members add decides nothing about the data of
/// sources.
pub(crate) async fn known_names<C: ConnectionTrait>(
    on: &C,
) -> Result<(KnownNames<Uuid>, Vec<String>)> {
    let rows: Vec<(Uuid, String, String, Option<Uuid>, Uuid)> = condition::Entity::find()
        .select_only()
        .column(condition::Column::Id)
        .column(condition::Column::Name)
        .column(condition::Column::OntologyName)
        .column(condition::Column::MergedInto)
        .column(condition::Column::SourceId)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let synonyms: Vec<(Uuid, String, String)> = synonym::Entity::find()
        .select_only()
        .column(synonym::Column::ConditionId)
        .column(synonym::Column::Name)
        .column(synonym::Column::Scope)
        .filter(synonym::Column::SourceId.ne(MEMBERS))
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut names = KnownNames::new();
    let mut all = Vec::with_capacity(2 * rows.len() + synonyms.len());
    // The names of a condition that was merged are those of that with which it was.
    let mut owners = HashMap::new();
    for (id, name, ontology_name, merged, source) in rows {
        let owner = merged.unwrap_or(id);
        owners.insert(id, owner);
        if source == MEMBERS {
            continue;
        }
        names.add(owner, &name, merged.is_none());
        names.add(owner, &ontology_name, merged.is_none());
        all.extend([name, ontology_name]);
    }
    for (condition, name, scope) in synonyms {
        if Scope::parse(&scope) == Some(Scope::Exact) {
            let owner = owners.get(&condition).copied().unwrap_or(condition);
            names.add(owner, &name, false);
        }
        all.push(name);
    }
    Ok((names, all))
}
