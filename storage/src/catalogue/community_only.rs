//! Conditions that no catalogue has, only this site: members have asked for their communities.

use domain::{
    Error, Result,
    catalogue::Letter,
    text::{sentence_case, slug},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{
    entity::{condition, condition_slug},
    import::sort_key,
    names::{self, MEMBERS},
};
use crate::{community, error::to_domain, token, write::Write};

/// What stands before the identifiers of such conditions. No system of codes has it, so that no import
/// takes them for its own.
const PREFIX: &str = "MEMBERS";

/// Adds a condition, which is searched for at once.
pub(crate) async fn add(write: &mut Write<'_>, name: &str, now: i64) -> Result<Uuid> {
    write.alone().await?;
    names::members_source(write.on(), now).await?;
    let id = Uuid::now_v7();
    let name = sentence_case(name);
    let slug = free_slug(write, slug(&name)).await?;
    let sort_key = sort_key(&name);
    let row = condition::ActiveModel {
        id: Set(id),
        rank: Set("condition".to_owned()),
        curie: Set(format!("{PREFIX}:{}", token::public_id()?)),
        slug: Set(slug.clone()),
        name: Set(name.clone()),
        name_curated: Set(true),
        ontology_name: Set(name),
        letter: Set(Letter::of(&sort_key).as_char().to_string()),
        sort_key: Set(sort_key),
        summary: Set(None),
        definition: Set(None),
        family_id: Set(None),
        source_id: Set(MEMBERS),
        fingerprint: Set(String::new()),
        withdrawn: Set(false),
        merged_into: Set(None),
        members: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
    };
    condition::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    let address = condition_slug::ActiveModel {
        rank: Set("condition".to_owned()),
        slug: Set(slug),
        condition_id: Set(id),
    };
    condition_slug::Entity::insert(address)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    Ok(id)
}

/// The first of "name", "name-2", "name-3" that is no condition's address, as imports make them.
async fn free_slug(write: &Write<'_>, wanted: String) -> Result<String> {
    let mut slug = wanted.clone();
    let mut number = 2;
    loop {
        let taken = condition_slug::Entity::find()
            .filter(condition_slug::Column::Rank.eq("condition"))
            .filter(condition_slug::Column::Slug.eq(slug.as_str()))
            .count(write.on())
            .await
            .map_err(to_domain)?;
        if taken == 0 {
            return Ok(slug);
        }
        slug = format!("{wanted}-{number}");
        number += 1;
    }
}

/// Puts another condition in the place of one that only this site has: its address leads there, and so
/// does its community.
pub(crate) async fn merge(write: &mut Write<'_>, made: Uuid, target: Uuid, now: i64) -> Result<()> {
    write.alone().await?;
    let row = condition::Entity::find_by_id(made)
        .one(write.on())
        .await
        .map_err(to_domain)?
        .filter(|row| row.source_id == MEMBERS && row.merged_into.is_none())
        .ok_or(Error::Conflict)?;
    condition::ActiveModel {
        id: Set(row.id),
        withdrawn: Set(true),
        merged_into: Set(Some(target)),
        updated_at: Set(now),
        ..Default::default()
    }
    .update(write.on())
    .await
    .map_err(to_domain)?;
    // What was merged into it leads on as well.
    condition::Entity::update_many()
        .col_expr(condition::Column::MergedInto, target.into())
        .filter(condition::Column::MergedInto.eq(made))
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    community::follow(write.on(), made, target).await
}
