//! Which family a condition's breadcrumb names.

use std::collections::{HashMap, HashSet};

use domain::Result;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entity::{condition, lineage};
use crate::{Database, error::to_domain};

/// Gives every condition the family that says most about it: of the nearest families above it that
/// list other conditions too, the one with the fewest conditions below it.
pub(super) async fn assign_families<C: ConnectionTrait>(on: &C, database: &Database) -> Result<()> {
    let nodes: Vec<(Uuid, String, Option<Uuid>)> = condition::Entity::find()
        .select_only()
        .column(condition::Column::Id)
        .column(condition::Column::Rank)
        .column(condition::Column::FamilyId)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let edges: Vec<(Uuid, Uuid)> = lineage::Entity::find()
        .select_only()
        .column(lineage::Column::ChildId)
        .column(lineage::Column::ParentId)
        .order_by_asc(lineage::Column::Position)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut parents: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (child, parent) in edges {
        parents.entry(child).or_default().push(parent);
    }
    let families: HashSet<Uuid> = nodes
        .iter()
        .filter(|(_, rank, _)| rank == "family")
        .map(|(id, ..)| *id)
        .collect();
    let mut below: HashMap<Uuid, u32> = HashMap::new();
    for (id, rank, _) in &nodes {
        if rank == "condition" {
            for ancestor in ancestors(*id, &parents) {
                *below.entry(ancestor).or_default() += 1;
            }
        }
    }
    let conditions: HashSet<Uuid> = nodes
        .iter()
        .filter(|(_, rank, _)| rank == "condition")
        .map(|(id, ..)| *id)
        .collect();
    let mut listed: HashMap<Uuid, HashSet<Uuid>> = HashMap::new();
    for (child, above) in &parents {
        if conditions.contains(child) {
            for parent in above {
                listed.entry(*parent).or_default().insert(*child);
            }
        }
    }
    for (id, rank, present) in &nodes {
        if rank != "condition" {
            continue;
        }
        let levels = families_above(*id, &parents, &families);
        let lists_others = |family: &&Uuid| {
            listed
                .get(*family)
                .is_some_and(|listed| listed.iter().any(|other| other != id))
        };
        let family = levels
            .iter()
            .find_map(|level| {
                level
                    .iter()
                    .filter(lists_others)
                    .min_by_key(|family| below.get(*family).copied().unwrap_or_default())
            })
            .or_else(|| levels.iter().find_map(|level| level.first()))
            .copied();
        if family != *present {
            on.execute_raw(database.statement(
                "UPDATE condition SET family_id = $1 WHERE id = $2",
                vec![family.into(), (*id).into()],
            ))
            .await
            .map_err(to_domain)?;
        }
    }
    Ok(())
}

fn ancestors(id: Uuid, parents: &HashMap<Uuid, Vec<Uuid>>) -> HashSet<Uuid> {
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(next) = waiting.pop() {
        for parent in parents.get(&next).into_iter().flatten() {
            if seen.insert(*parent) {
                waiting.push(*parent);
            }
        }
    }
    seen
}

/// The families above a condition, nearest level first. Levels count through conditions too.
fn families_above(
    id: Uuid,
    parents: &HashMap<Uuid, Vec<Uuid>>,
    families: &HashSet<Uuid>,
) -> Vec<Vec<Uuid>> {
    let mut levels = Vec::new();
    let mut level = vec![id];
    let mut seen: HashSet<Uuid> = HashSet::from([id]);
    while !level.is_empty() {
        level = level
            .iter()
            .flat_map(|node| parents.get(node).into_iter().flatten().copied())
            .filter(|parent| seen.insert(*parent))
            .collect();
        levels.push(
            level
                .iter()
                .copied()
                .filter(|node| families.contains(node))
                .collect(),
        );
    }
    levels
}
