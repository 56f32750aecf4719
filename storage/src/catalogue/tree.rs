//! The tree as a whole, whenever it has changed: which family a condition's breadcrumb names, and
//! which conditions are closest to it.

use std::collections::{HashMap, HashSet};

use domain::{Result, catalogue::MECHANISMS};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::{
    entity::{condition, lineage, relative},
    relatives,
};
use crate::{Database, error::to_domain};

/// Rows in one statement.
const CHUNK: usize = 1_000;

/// Conditions and families that have not been replaced, with what is above and below them.
pub(super) struct Tree {
    pub(super) nodes: HashMap<Uuid, Node>,
    /// All conditions, by alphabet.
    pub(super) conditions: Vec<Uuid>,
    pub(super) parents: HashMap<Uuid, Vec<Uuid>>,
    pub(super) children: HashMap<Uuid, Vec<Uuid>>,
    /// How many conditions are somewhere below.
    pub(super) below: HashMap<Uuid, u32>,
}

/// One of them.
pub(super) struct Node {
    pub(super) is_condition: bool,
    /// Whether it says only how its members come about.
    pub(super) is_mechanism: bool,
    /// A condition's place in the alphabet.
    pub(super) place: usize,
    /// The family that it has so far.
    family: Option<Uuid>,
    /// The conditions below it as counted so far.
    members: i32,
}

/// Gives every condition its family and its relatives.
pub(super) async fn arrange<C: ConnectionTrait>(on: &C, database: &Database) -> Result<()> {
    let tree = Tree::load(on).await?;
    assign_families(&tree, on, database).await?;
    count_members(&tree, on, database).await?;
    assign_relatives(&tree, on).await
}

impl Tree {
    async fn load<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let rows: Vec<(Uuid, String, String, Option<Uuid>, i32)> = condition::Entity::find()
            .select_only()
            .column(condition::Column::Id)
            .column(condition::Column::Rank)
            .column(condition::Column::Curie)
            .column(condition::Column::FamilyId)
            .column(condition::Column::Members)
            .filter(condition::Column::MergedInto.is_null())
            .order_by_asc(condition::Column::SortKey)
            .order_by_asc(condition::Column::Slug)
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
        let mut conditions = Vec::new();
        let mut nodes = HashMap::new();
        for (id, rank, curie, family, members) in rows {
            let is_condition = rank == "condition";
            let node = Node {
                is_condition,
                is_mechanism: !is_condition && MECHANISMS.contains(&&*curie),
                place: conditions.len(),
                family,
                members,
            };
            nodes.insert(id, node);
            if is_condition {
                conditions.push(id);
            }
        }
        let mut parents: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let mut children: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (child, parent) in edges {
            if nodes.contains_key(&child) && nodes.contains_key(&parent) {
                parents.entry(child).or_default().push(parent);
                children.entry(parent).or_default().push(child);
            }
        }
        let mut tree = Self {
            nodes,
            conditions,
            parents,
            children,
            below: HashMap::new(),
        };
        for id in &tree.conditions {
            for ancestor in all_from(*id, &tree.parents) {
                *tree.below.entry(ancestor).or_default() += 1;
            }
        }
        Ok(tree)
    }

    pub(super) fn size(&self, id: &Uuid) -> u32 {
        self.below.get(id).copied().unwrap_or_default()
    }

    pub(super) fn parents(&self, id: Uuid) -> impl Iterator<Item = Uuid> {
        self.parents.get(&id).into_iter().flatten().copied()
    }

    pub(super) fn children(&self, id: Uuid) -> impl Iterator<Item = Uuid> {
        self.children.get(&id).into_iter().flatten().copied()
    }

    /// The family that says most about a condition: of the nearest families above it that list
    /// other conditions too, the one with the fewest conditions below it.
    fn family(&self, id: Uuid) -> Option<Uuid> {
        let levels = self.families_above(id);
        let lists_others = |family: &&Uuid| {
            let mut listed = self.children(**family);
            listed.any(|other| other != id && self.nodes[&other].is_condition)
        };
        levels
            .iter()
            .find_map(|level| {
                let level = level.iter().filter(lists_others);
                level.min_by_key(|family| self.size(family))
            })
            .or_else(|| levels.iter().find_map(|level| level.first()))
            .copied()
    }

    /// The families above a condition, nearest level first. Levels count through conditions too.
    fn families_above(&self, id: Uuid) -> Vec<Vec<Uuid>> {
        let mut levels = Vec::new();
        let mut level = vec![id];
        let mut seen: HashSet<Uuid> = HashSet::from([id]);
        while !level.is_empty() {
            level = level
                .iter()
                .flat_map(|node| self.parents(*node))
                .filter(|parent| seen.insert(*parent))
                .collect();
            let families = level.iter().copied().filter(|node| {
                let node = &self.nodes[node];
                !node.is_condition && !node.is_mechanism
            });
            levels.push(families.collect());
        }
        levels
    }
}

/// Everything above or below a node, without itself unless it is in a circle.
pub(super) fn all_from(id: Uuid, next: &HashMap<Uuid, Vec<Uuid>>) -> HashSet<Uuid> {
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(at) = waiting.pop() {
        for step in next.get(&at).into_iter().flatten() {
            if seen.insert(*step) {
                waiting.push(*step);
            }
        }
    }
    seen
}

async fn assign_families<C: ConnectionTrait>(
    tree: &Tree,
    on: &C,
    database: &Database,
) -> Result<()> {
    for id in &tree.conditions {
        let family = tree.family(*id);
        if family != tree.nodes[id].family {
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

async fn count_members<C: ConnectionTrait>(tree: &Tree, on: &C, database: &Database) -> Result<()> {
    let families = tree.nodes.iter().filter(|(_, node)| !node.is_condition);
    for (id, node) in families {
        let members = i32::try_from(tree.size(id)).unwrap_or(i32::MAX);
        if members != node.members {
            on.execute_raw(database.statement(
                "UPDATE condition SET members = $1 WHERE id = $2",
                vec![members.into(), (*id).into()],
            ))
            .await
            .map_err(to_domain)?;
        }
    }
    Ok(())
}

/// Writes the relatives of those conditions for which they have changed.
async fn assign_relatives<C: ConnectionTrait>(tree: &Tree, on: &C) -> Result<()> {
    let mut present: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let rows: Vec<(Uuid, Uuid)> = relative::Entity::find()
        .select_only()
        .column(relative::Column::ConditionId)
        .column(relative::Column::RelativeId)
        .order_by_asc(relative::Column::Position)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    for (condition, other) in rows {
        present.entry(condition).or_default().push(other);
    }
    let mut changed = Vec::new();
    let mut inserted = Vec::new();
    for id in &tree.conditions {
        let closest = relatives::closest(tree, *id);
        let before = present.remove(id).unwrap_or_default();
        if closest == before {
            continue;
        }
        if !before.is_empty() {
            changed.push(*id);
        }
        inserted.extend(
            (0_i32..)
                .zip(closest)
                .map(|(position, other)| relative::ActiveModel {
                    condition_id: Set(*id),
                    position: Set(position),
                    relative_id: Set(other),
                }),
        );
    }
    // Those of conditions that were replaced.
    changed.extend(present.into_keys());
    for ids in changed.chunks(CHUNK) {
        relative::Entity::delete_many()
            .filter(relative::Column::ConditionId.is_in(ids.to_vec()))
            .exec(on)
            .await
            .map_err(to_domain)?;
    }
    for rows in inserted.chunks(CHUNK) {
        relative::Entity::insert_many(rows.to_vec())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}
