//! What a source has withdrawn or replaced.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Result,
    catalogue::{Code, CodeSystem, ConditionTerm},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    super::entity::{code, condition, replacement},
    plan::Plan,
    position,
};
use crate::{community, error::to_domain};

#[derive(Default)]
pub(super) struct Withdrawn {
    pub(super) counted: u64,
    rows: BTreeMap<Uuid, Option<Uuid>>,
    /// Former identifiers, each at the condition that it leads to.
    codes: Vec<(Uuid, Code)>,
    /// The same where they no longer lead.
    stale: Vec<(Uuid, Code)>,
    /// What is now said of an identifier: what replaces it, or that nothing does.
    said: BTreeMap<String, Option<String>>,
}

impl Withdrawn {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
            && self.codes.is_empty()
            && self.stale.is_empty()
            && self.said.is_empty()
    }
}

/// What replaces what, step by step: as this release says, else as an earlier one did.
type Leads = HashMap<String, String>;

impl Plan {
    /// What the source names as withdrawn, and what it no longer has. What was withdrawn earlier is
    /// followed again: it may lead further now, or to something that was not known then.
    pub(super) fn withdraw(&self, terms: &[ConditionTerm], complete: bool) -> Withdrawn {
        let mut withdrawn = Withdrawn::default();
        let named: BTreeMap<String, &ConditionTerm> = terms
            .iter()
            .filter(|term| term.withdrawn)
            .map(|term| (term.curie.to_string(), term))
            .filter(|(curie, _)| !self.seen.contains(curie))
            .collect();
        let leads = self.leads(&named, &mut withdrawn);
        let merged = self.known.by_curie.values();
        let merged = merged.filter(|row| row.merged_into.is_some());
        let former: BTreeSet<&String> = named
            .keys()
            .chain(leads.keys())
            .chain(merged.map(|row| &row.curie))
            .filter(|curie| !self.seen.contains(*curie))
            .collect();
        let ranks = self.ranks();
        for curie in former {
            let end = self.living(curie, &leads, &named);
            let Some(row) = self.known.by_curie.get(curie) else {
                self.lead_code(curie, end, &mut withdrawn);
                continue;
            };
            if named.contains_key(curie) {
                withdrawn.counted += 1;
            } else if !row.withdrawn {
                // Another source has it.
                continue;
            }
            // A condition is replaced neither by itself nor by a thing of another rank.
            let end = end.filter(|end| *end != row.id && ranks.get(end) == ranks.get(&row.id));
            if !row.withdrawn || (end.is_some() && row.merged_into != end) {
                withdrawn.rows.insert(row.id, end);
            }
        }
        self.revive(terms, &mut withdrawn);
        if complete {
            for row in self.known.by_curie.values() {
                let missing = row.source_id == self.source_id
                    && !self.seen.contains(&row.curie)
                    && !named.contains_key(&row.curie);
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

    fn leads(&self, named: &BTreeMap<String, &ConditionTerm>, withdrawn: &mut Withdrawn) -> Leads {
        let mut leads: Leads = self
            .known
            .replacements
            .values()
            .map(|row| (row.curie.clone(), row.replaced_by.clone()))
            .collect();
        for (curie, term) in named {
            if let Some(replaced_by) = &term.replaced_by {
                let replaced_by = replaced_by.to_string();
                if leads.get(curie) != Some(&replaced_by) {
                    let said = Some(replaced_by.clone());
                    withdrawn.said.insert(curie.clone(), said);
                    leads.insert(curie.clone(), replaced_by);
                }
            }
        }
        leads
    }

    /// The condition at the end of what replaces a withdrawn identifier: one that is not withdrawn,
    /// or that is and keeps its page because nothing takes its place. A circle has no end.
    fn living(
        &self,
        curie: &str,
        leads: &Leads,
        named: &BTreeMap<String, &ConditionTerm>,
    ) -> Option<Uuid> {
        let mut seen = HashSet::new();
        let mut at = curie.to_owned();
        loop {
            if !seen.insert(at.clone()) {
                return None;
            }
            if self.seen.contains(&at) {
                return self.ids.get(&at).copied();
            }
            let row = self.known.by_curie.get(&at);
            let lives = row.filter(|row| !row.withdrawn && !named.contains_key(&at));
            if let Some(row) = lives {
                return Some(row.id);
            }
            let next = leads.get(&at).cloned().or_else(|| match row {
                Some(row) => self.known.curies.get(&row.merged_into?).cloned(),
                // An identifier that led to a condition before, like an alternative one.
                None => self.known.owner(&at).cloned(),
            });
            match (next, row) {
                (Some(next), _) => at = next,
                (None, Some(row)) => return Some(row.id),
                (None, None) => return None,
            }
        }
    }

    /// An identifier that never had a page is a code of the condition that it leads to.
    fn lead_code(&self, curie: &str, end: Option<Uuid>, withdrawn: &mut Withdrawn) {
        let Ok(code) = curie.parse::<Code>() else {
            return;
        };
        if let Some(end) = end {
            let rows = self.known.codes.get(&end).into_iter().flatten();
            let mut mine = rows.filter(|(_, known)| known == curie).peekable();
            // The codes of a condition that has changed are written anew.
            let lost = self.touched.contains(&end)
                && mine
                    .peek()
                    .is_some_and(|(source, _)| *source == self.source_id);
            if lost || mine.peek().is_none() {
                withdrawn.codes.push((end, code.clone()));
            }
            self.forget_code(&code, Some(end), withdrawn);
        }
    }

    /// Identifiers that were withdrawn and are in use again lead nowhere else.
    fn revive(&self, terms: &[ConditionTerm], withdrawn: &mut Withdrawn) {
        let also: HashSet<&Code> = terms
            .iter()
            .flat_map(|term| {
                let system = term.curie.system;
                term.codes.iter().filter(move |code| code.system == system)
            })
            .collect();
        for term in terms.iter().filter(|term| !term.withdrawn) {
            let curie = term.curie.to_string();
            let said = self.known.replacements.get(&curie);
            if said.is_some_and(|row| row.source_id == self.source_id) {
                withdrawn.said.insert(curie, None);
            }
            if !also.contains(&term.curie) {
                self.forget_code(&term.curie, None, withdrawn);
            }
        }
    }

    /// Takes a former identifier from the conditions of its own system that have it by this source.
    fn forget_code(&self, code: &Code, but: Option<Uuid>, withdrawn: &mut Withdrawn) {
        let text = code.to_string();
        for owner in self.known.by_code.get(&text).into_iter().flatten() {
            let Some(row) = self.known.by_curie.get(owner) else {
                continue;
            };
            let same_system = owner.starts_with(&format!("{}:", code.system.prefix()));
            let mut rows = self.known.codes.get(&row.id).into_iter().flatten();
            let by_this = rows.any(|(source, known)| *source == self.source_id && *known == text);
            if same_system && by_this && Some(row.id) != but {
                withdrawn.stale.push((row.id, code.clone()));
            }
        }
    }

    fn ranks(&self) -> HashMap<Uuid, &str> {
        let known = self.known.by_curie.values();
        let mut ranks: HashMap<Uuid, &str> = known.map(|row| (row.id, &*row.rank)).collect();
        for row in self.inserted.iter().chain(&self.updated) {
            if let (Some(id), Some(rank)) = (row.id.try_as_ref(), row.rank.try_as_ref()) {
                ranks.insert(*id, rank);
            }
        }
        ranks
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
        if let Some(replacement) = replacement {
            community::follow(on, *id, *replacement).await?;
        }
    }
    for (id, code) in &withdrawn.stale {
        code::Entity::delete_many()
            .filter(code::Column::ConditionId.eq(*id))
            .filter(code::Column::System.eq(code.system.prefix()))
            .filter(code::Column::Value.eq(&code.value))
            .filter(code::Column::SourceId.eq(source_id))
            .exec(on)
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
    say(on, &withdrawn.said, source_id).await
}

/// Keeps what is said of identifiers, in place of what was said before.
async fn say<C: ConnectionTrait>(
    on: &C,
    said: &BTreeMap<String, Option<String>>,
    source_id: Uuid,
) -> Result<()> {
    let said: Vec<_> = said.iter().collect();
    for some in said.chunks(500) {
        let curies = some.iter().map(|(curie, _)| curie.as_str());
        replacement::Entity::delete_many()
            .filter(replacement::Column::Curie.is_in(curies))
            .exec(on)
            .await
            .map_err(to_domain)?;
        let rows: Vec<_> = some
            .iter()
            .filter_map(|(curie, replaced_by)| {
                Some(replacement::ActiveModel {
                    curie: Set((*curie).clone()),
                    replaced_by: Set(replaced_by.as_ref()?.clone()),
                    source_id: Set(source_id),
                })
            })
            .collect();
        if !rows.is_empty() {
            replacement::Entity::insert_many(rows)
                .exec_without_returning(on)
                .await
                .map_err(to_domain)?;
        }
    }
    Ok(())
}
