//! Writes a plan, in few and large statements.

use std::collections::HashSet;

use domain::{Result, catalogue::Progress};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{
    super::{
        entity::{code, condition, condition_slug, lineage, synonym},
        names::EVERYDAY,
    },
    plan::Plan,
    position,
    withdrawal::{Withdrawn, retire},
};
use crate::{error::to_domain, write::Write};

/// Rows in one INSERT: far below both databases' limits of bound values for our widest table.
const CHUNK: usize = 1_000;

pub(super) async fn store(
    write: &Write<'_>,
    plan: &mut Plan,
    withdrawn: &Withdrawn,
    progress: &dyn Progress,
) -> Result<()> {
    let on = write.on();
    let total =
        (plan.inserted.len() + plan.updated.len() + plan.synonyms.len() + plan.codes.len()) as u64;
    let mut done = 0_u64;
    for rows in plan.inserted.chunks(CHUNK) {
        insert(condition::Entity::insert_many(rows.to_vec()), on).await?;
        done += rows.len() as u64;
        progress.step(done, total);
    }
    for row in std::mem::take(&mut plan.updated) {
        row.update(on).await.map_err(to_domain)?;
        done += 1;
        progress.step(done, total);
    }
    let touched: Vec<Uuid> = plan.touched.iter().copied().collect();
    for ids in touched.chunks(CHUNK) {
        let ids = ids.to_vec();
        synonym::Entity::delete_many()
            .filter(synonym::Column::ConditionId.is_in(ids.clone()))
            .filter(synonym::Column::SourceId.is_in([plan.source_id, EVERYDAY]))
            .exec(on)
            .await
            .map_err(to_domain)?;
        code::Entity::delete_many()
            .filter(code::Column::ConditionId.is_in(ids.clone()))
            .filter(code::Column::SourceId.eq(plan.source_id))
            .exec(on)
            .await
            .map_err(to_domain)?;
        lineage::Entity::delete_many()
            .filter(lineage::Column::ChildId.is_in(ids))
            .exec(on)
            .await
            .map_err(to_domain)?;
    }
    // An ontology name is an address too, unless another condition already has it.
    for (rank, slug, id) in std::mem::take(&mut plan.aliases) {
        if plan.known.slugs.insert((rank.clone(), slug.clone())) {
            plan.slugs.push(condition_slug::ActiveModel {
                rank: Set(rank),
                slug: Set(slug),
                condition_id: Set(id),
            });
        }
    }
    for rows in plan.slugs.chunks(CHUNK) {
        insert(condition_slug::Entity::insert_many(rows.to_vec()), on).await?;
    }
    for rows in plan.synonyms.chunks(CHUNK) {
        insert(synonym::Entity::insert_many(rows.to_vec()), on).await?;
        done += rows.len() as u64;
        progress.step(done, total);
    }
    for rows in plan.codes.chunks(CHUNK) {
        insert(code::Entity::insert_many(rows.to_vec()), on).await?;
        done += rows.len() as u64;
        progress.step(done, total);
    }
    for rows in edges(plan).chunks(CHUNK) {
        insert(lineage::Entity::insert_many(rows.to_vec()), on).await?;
    }
    retire(on, withdrawn, plan.source_id, plan.now).await
}

fn edges(plan: &Plan) -> Vec<lineage::ActiveModel> {
    let mut edges = Vec::new();
    let inserted: HashSet<Uuid> = plan
        .inserted
        .iter()
        .filter_map(|row| row.id.try_as_ref().copied())
        .collect();
    let changed = plan.edges.iter().map(|edges| (true, edges));
    let unchanged = plan.unchanged.iter().map(|edges| (false, edges));
    for (all, (child, rank, sort_key, parents)) in changed.chain(unchanged) {
        let mut placed = HashSet::new();
        for (index, parent) in parents.iter().enumerate() {
            let Some(parent) = plan.ids.get(parent) else {
                continue;
            };
            let wanted = parent != child && (all || inserted.contains(parent));
            if wanted && placed.insert(*parent) {
                edges.push(lineage::ActiveModel {
                    child_id: Set(*child),
                    parent_id: Set(*parent),
                    child_rank: Set(rank.clone()),
                    child_sort_key: Set(sort_key.clone()),
                    position: Set(position(index)),
                });
            }
        }
    }
    edges
}

async fn insert<A, C>(statement: sea_orm::InsertMany<A>, on: &C) -> Result<()>
where
    A: ActiveModelTrait,
    C: ConnectionTrait,
{
    statement
        .exec_without_returning(on)
        .await
        .map(|_| ())
        .map_err(to_domain)
}
