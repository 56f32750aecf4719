//! The conditions that stored studies are about. They are found when a study is read in, and again for
//! all studies when the catalogue changes: names come and go, and conditions are merged.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    Result,
    catalogue::{Code, CodeSystem},
    trials::{KnownConditions, Trial},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entity::{trial, trial_condition, trial_subject};
use crate::{
    catalogue::{
        entity::{code, condition},
        known_names,
        names::MEMBERS,
    },
    error::{internal, to_domain},
};

/// Studies looked at together.
pub(super) const CHUNK: usize = 500;
/// Rows in one statement.
const ROWS: usize = 1_000;

/// The names of [`trial_subject`]'s kinds.
pub(super) const NAME: &str = "name";
pub(super) const CODE: &str = "code";

/// What is shown of a trial, out of its row.
pub(super) fn trial(facts: &str) -> Result<Trial> {
    serde_json::from_str(facts).map_err(|error| internal(&error))
}

/// What the catalogue calls its conditions.
pub(super) struct Known {
    conditions: KnownConditions<Uuid>,
    /// Those that have a page where trials can be shown. Families have none.
    pages: HashSet<Uuid>,
}

impl Known {
    pub(super) async fn load<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let (names, _) = known_names(on).await?;
        let mut conditions = KnownConditions::new(names);
        let rows: Vec<(Uuid, String, Option<Uuid>)> = condition::Entity::find()
            .select_only()
            .column(condition::Column::Id)
            .column(condition::Column::Rank)
            .column(condition::Column::MergedInto)
            .into_tuple()
            .all(on)
            .await
            .map_err(to_domain)?;
        let merged: HashMap<Uuid, Uuid> = rows
            .iter()
            .filter_map(|(id, _, merged)| Some((*id, (*merged)?)))
            .collect();
        let pages = rows
            .into_iter()
            .filter(|(_, rank, merged)| rank == "condition" && merged.is_none())
            .map(|(id, _, _)| id)
            .collect();
        // What members add decides nothing about the data of sources.
        let codes = code::Entity::find()
            .filter(code::Column::System.eq(CodeSystem::Mesh.prefix()))
            .filter(code::Column::SourceId.ne(MEMBERS))
            .all(on)
            .await
            .map_err(to_domain)?;
        for row in codes {
            if let Some(code) = Code::new(CodeSystem::Mesh, &row.value) {
                let owner = merged.get(&row.condition_id);
                conditions.add_code(*owner.unwrap_or(&row.condition_id), code);
            }
        }
        Ok(Self { conditions, pages })
    }

    fn of(&self, subjects: &[trial_subject::Model]) -> BTreeSet<Uuid> {
        let of_kind = |kind: &'static str| {
            let subjects = subjects.iter().filter(move |subject| subject.kind == kind);
            subjects.map(|subject| subject.value.as_str())
        };
        let codes: Vec<Code> = of_kind(CODE).filter_map(|code| code.parse().ok()).collect();
        let mut found = self.conditions.of(of_kind(NAME), &codes);
        found.retain(|condition| self.pages.contains(condition));
        found
    }
}

/// Finds the conditions of all studies again.
pub(crate) async fn match_all<C: ConnectionTrait>(on: &C) -> Result<()> {
    let mut known = None;
    let mut last = String::new();
    loop {
        let rows = trial::Entity::find()
            .filter(trial::Column::NctId.gt(&last))
            .order_by_asc(trial::Column::NctId)
            .limit(CHUNK as u64)
            .all(on)
            .await
            .map_err(to_domain)?;
        let Some(end) = rows.last() else {
            return Ok(());
        };
        last.clone_from(&end.nct_id);
        // Most sites have no trials when the catalogue comes in.
        let known = match &mut known {
            Some(known) => known,
            none => none.insert(Known::load(on).await?),
        };
        match_some(on, known, &rows).await?;
    }
}

/// Finds the conditions of some studies, at most [`CHUNK`], and writes what differs.
pub(super) async fn match_some<C: ConnectionTrait>(
    on: &C,
    known: &Known,
    trials: &[trial::Model],
) -> Result<()> {
    let ids: Vec<&str> = trials.iter().map(|row| row.nct_id.as_str()).collect();
    let mut subjects: HashMap<String, Vec<trial_subject::Model>> = HashMap::new();
    let rows = trial_subject::Entity::find()
        .filter(trial_subject::Column::NctId.is_in(ids.iter().copied()))
        .all(on)
        .await
        .map_err(to_domain)?;
    for row in rows {
        subjects.entry(row.nct_id.clone()).or_default().push(row);
    }
    let mut wanted = BTreeSet::new();
    for row in trials {
        let subjects = subjects.remove(&row.nct_id).unwrap_or_default();
        let conditions = known.of(&subjects);
        if conditions.is_empty() {
            continue;
        }
        let facts = trial(&row.facts)?;
        for condition_id in conditions {
            let everywhere = std::iter::once(String::new());
            for country in everywhere.chain(facts.countries.iter().cloned()) {
                wanted.insert(trial_condition::Model {
                    condition_id,
                    country,
                    rank: facts.status.recruitment().rank(),
                    updated: row.updated.clone(),
                    nct_id: row.nct_id.clone(),
                });
            }
        }
    }
    let present = trial_condition::Entity::find()
        .filter(trial_condition::Column::NctId.is_in(ids))
        .all(on)
        .await
        .map_err(to_domain)?;
    let present: BTreeSet<_> = present.into_iter().collect();
    // All rows of a study that differs are written anew.
    let changed: BTreeSet<&str> = present
        .symmetric_difference(&wanted)
        .map(|row| row.nct_id.as_str())
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    trial_condition::Entity::delete_many()
        .filter(trial_condition::Column::NctId.is_in(changed.iter().copied()))
        .exec(on)
        .await
        .map_err(to_domain)?;
    let new = wanted
        .iter()
        .filter(|row| changed.contains(row.nct_id.as_str()));
    let new: Vec<trial_condition::ActiveModel> = new.cloned().map(Into::into).collect();
    for rows in new.chunks(ROWS) {
        trial_condition::Entity::insert_many(rows.to_vec())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}
