//! What a source has withdrawn or replaced.

use std::collections::{BTreeMap, HashMap, HashSet};

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
        let touched: HashSet<Uuid> = self.touched.iter().copied().collect();
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
                // Never had a page, but its code leads to the one that replaces it. If that one has
                // changed, its codes are written anew.
                let code = term.curie.to_string();
                let mine = self.known.codes.get(&id).into_iter().flatten();
                let lost = touched.contains(&id) && mine.clone().any(|(_, known)| *known == code);
                if lost || !self.known.by_code.contains_key(&code) {
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
        self.untangle(&mut withdrawn.rows);
        withdrawn
    }

    /// Takes away replacements that are none: a thing of another rank, the thing itself, or one
    /// that it replaces in its turn.
    fn untangle(&self, rows: &mut BTreeMap<Uuid, Option<Uuid>>) {
        let mut ranks: HashMap<Uuid, &str> = HashMap::new();
        let mut present: HashMap<Uuid, Option<Uuid>> = HashMap::new();
        for row in self.known.by_curie.values() {
            ranks.insert(row.id, &row.rank);
            present.insert(row.id, row.merged_into);
        }
        for row in self.inserted.iter().chain(&self.updated) {
            if let (Some(id), Some(rank)) = (row.id.try_as_ref(), row.rank.try_as_ref()) {
                ranks.insert(*id, rank);
                present.insert(*id, None);
            }
        }
        for id in rows.keys().copied().collect::<Vec<_>>() {
            let mut seen = HashSet::from([id]);
            let mut next = rows[&id];
            while let Some(step) = next {
                if !seen.insert(step) || ranks.get(&step) != ranks.get(&id) {
                    rows.insert(id, None);
                    break;
                }
                next = rows
                    .get(&step)
                    .or_else(|| present.get(&step))
                    .copied()
                    .flatten();
            }
        }
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
