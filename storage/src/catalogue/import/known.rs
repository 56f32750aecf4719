//! What the catalogue holds before an import.

use std::collections::{HashMap, HashSet};

use domain::{Result, catalogue::ConditionTerm};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use uuid::Uuid;

use super::super::{
    entity::{code, condition, condition_slug, replacement, synonym},
    names::MEMBERS,
};
use crate::error::to_domain;

/// What the catalogue holds before the import.
pub(super) struct Known {
    pub(super) by_curie: HashMap<String, condition::Model>,
    /// The CURIE of each row.
    pub(super) curies: HashMap<Uuid, String>,
    pub(super) by_code: HashMap<String, Vec<String>>,
    /// What sources have said of withdrawn identifiers.
    pub(super) replacements: HashMap<String, replacement::Model>,
    pub(super) slugs: HashSet<(String, String)>,
    /// Keys of synonyms and codes by condition and source.
    pub(super) synonyms: HashMap<Uuid, Vec<(Uuid, String)>>,
    pub(super) codes: HashMap<Uuid, Vec<(Uuid, String)>>,
}

impl Known {
    pub(super) async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let conditions = condition::Entity::find()
            .all(connection)
            .await
            .map_err(to_domain)?;
        let curies: HashMap<Uuid, String> = conditions
            .iter()
            .map(|row| (row.id, row.curie.clone()))
            .collect();
        let mut by_code: HashMap<String, Vec<String>> = HashMap::new();
        let mut codes: HashMap<Uuid, Vec<(Uuid, String)>> = HashMap::new();
        for row in code::Entity::find()
            .all(connection)
            .await
            .map_err(to_domain)?
        {
            let code = format!("{}:{}", row.system, row.value);
            // What members add does not decide which term describes what.
            if let Some(curie) = curies.get(&row.condition_id)
                && row.source_id != MEMBERS
            {
                by_code.entry(code.clone()).or_default().push(curie.clone());
            }
            codes
                .entry(row.condition_id)
                .or_default()
                .push((row.source_id, code));
        }
        let slugs = condition_slug::Entity::find()
            .all(connection)
            .await
            .map_err(to_domain)?
            .into_iter()
            .map(|row| (row.rank, row.slug))
            .collect();
        let mut synonyms: HashMap<Uuid, Vec<(Uuid, String)>> = HashMap::new();
        let rows: Vec<(Uuid, Uuid, String)> = synonym::Entity::find()
            .select_only()
            .column(synonym::Column::ConditionId)
            .column(synonym::Column::SourceId)
            .column(synonym::Column::NameKey)
            .into_tuple()
            .all(connection)
            .await
            .map_err(to_domain)?;
        for (condition, source, key) in rows {
            synonyms.entry(condition).or_default().push((source, key));
        }
        let replacements = replacement::Entity::find()
            .all(connection)
            .await
            .map_err(to_domain)?
            .into_iter()
            .map(|row| (row.curie.clone(), row))
            .collect();
        Ok(Self {
            by_curie: conditions
                .into_iter()
                .map(|row| (row.curie.clone(), row))
                .collect(),
            curies,
            by_code,
            replacements,
            slugs,
            synonyms,
            codes,
        })
    }

    /// The CURIE of the only condition that has a code.
    pub(super) fn owner(&self, code: &str) -> Option<&String> {
        match self.by_code.get(code)?.as_slice() {
            [curie] => Some(curie),
            _ => None,
        }
    }

    /// The only condition that another source already describes under this term's identifier. If
    /// that is one of the same system, the term was part of it and now is a condition of its own.
    pub(super) fn described_elsewhere(&self, term: &ConditionTerm) -> Option<&condition::Model> {
        let curie = self.owner(&term.curie.to_string())?;
        let own_system = format!("{}:", term.curie.system.prefix());
        if curie.starts_with(&own_system) {
            return None;
        }
        self.by_curie.get(curie)
    }
}
