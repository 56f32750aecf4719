//! What a source has withdrawn or replaced.

use std::collections::BTreeMap;

use domain::{
    Result,
    catalogue::{Code, CodeSystem, ConditionTerm},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    super::entity::{code, condition},
    plan::Plan,
    position,
};
use crate::error::to_domain;

#[derive(Default)]
pub(super) struct Withdrawn {
    pub(super) counted: u64,
    rows: BTreeMap<Uuid, Option<Uuid>>,
    codes: Vec<(Uuid, Code)>,
}

impl Withdrawn {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.codes.is_empty()
    }
}

impl Plan {
    /// What the source names as withdrawn, and what it no longer has.
    pub(super) fn withdraw(&self, terms: &[ConditionTerm], complete: bool) -> Withdrawn {
        let mut withdrawn = Withdrawn::default();
        for term in terms.iter().filter(|term| term.withdrawn) {
            let replacement = term
                .replaced_by
                .as_ref()
                .and_then(|curie| self.ids.get(&curie.to_string()).copied());
            if let Some(row) = self.known.by_curie.get(&term.curie.to_string()) {
                if !row.withdrawn || (row.merged_into.is_none() && replacement.is_some()) {
                    withdrawn.rows.insert(row.id, replacement);
                }
                withdrawn.counted += 1;
            } else if let Some(id) = replacement {
                // Never had a page, but its code leads to the one that replaces it.
                let known = self.known.by_code.contains_key(&term.curie.to_string());
                if !known {
                    withdrawn.codes.push((id, term.curie.clone()));
                }
            }
        }
        if complete {
            for row in self.known.by_curie.values() {
                let missing = row.source_id == self.source_id && !self.seen.contains(&row.curie);
                if missing && !withdrawn.rows.contains_key(&row.id) && row.merged_into.is_none() {
                    withdrawn.counted += u64::from(row.rank == "condition");
                    if !row.withdrawn {
                        withdrawn.rows.insert(row.id, None);
                    }
                }
            }
        }
        withdrawn
    }
}

pub(super) async fn retire<C: ConnectionTrait>(
    on: &C,
    withdrawn: &Withdrawn,
    source_id: Uuid,
    now: i64,
) -> Result<()> {
    for (id, replacement) in &withdrawn.rows {
        condition::ActiveModel {
            id: Set(*id),
            withdrawn: Set(true),
            merged_into: Set(*replacement),
            updated_at: Set(now),
            ..Default::default()
        }
        .update(on)
        .await
        .map_err(to_domain)?;
    }
    for (id, curie) in &withdrawn.codes {
        let row = code::ActiveModel {
            condition_id: Set(*id),
            system: Set(curie.system.prefix().to_owned()),
            value: Set(curie.value.clone()),
            position: Set(position(CodeSystem::ALL.len())),
            source_id: Set(source_id),
        };
        code::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}
