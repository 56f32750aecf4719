//! What the pages of families read.

use domain::{
    Error, Result,
    catalogue::{Family, FamilyBranch, FamilyGroup, FamilyLink, Resolved},
};
use sea_orm::Value;

use super::{
    page::{self, PAGE, family_links, page_of, sort_key},
    parse_json,
};
use crate::{Database, error::to_domain};

/// A family at the top that holds only this many or fewer families and no condition says nothing
/// ("disease", "human disease"): what is below it is shown in its stead.
const HOLLOW: usize = 5;
/// With more families than this at the top, they are the top.
const ROOTS: usize = 3;

pub(super) async fn groups(database: &Database) -> Result<Vec<FamilyGroup>> {
    let mut level = children(database, None).await?;
    // A tree with a handful of roots has its real top below them; two hollow levels are what
    // ontologies have there.
    for _ in 0..2 {
        if level.len() > ROOTS {
            break;
        }
        let mut next = Vec::new();
        for node in level {
            if node.conditions == 0 && !node.families.is_empty() && node.families.len() <= HOLLOW {
                next.extend(children(database, Some(&node.link.slug)).await?);
            } else {
                next.push(node);
            }
        }
        level = next;
    }
    level.sort_by(|a, b| (&a.sort_key, &a.link.slug).cmp(&(&b.sort_key, &b.link.slug)));
    level.dedup_by(|a, b| a.link.slug == b.link.slug);
    Ok(level
        .into_iter()
        .map(|node| FamilyGroup {
            family: node.link,
            families: node.families,
        })
        .collect())
}

struct Node {
    link: FamilyLink,
    sort_key: String,
    conditions: i64,
    families: Vec<FamilyLink>,
}

/// The families at the top (`None`) or directly below one, with what is below them.
async fn children(database: &Database, parent: Option<&str>) -> Result<Vec<Node>> {
    let below = database.kind().json_rows(
        "n.slug, n.name",
        "n.sort_key",
        "lineage l JOIN condition n ON n.id = l.child_id \
         WHERE l.parent_id = c.id AND l.child_rank = 'family'",
    );
    let place = match parent {
        None => "NOT EXISTS (SELECT 1 FROM lineage l WHERE l.child_id = c.id)",
        Some(_) => {
            "EXISTS (SELECT 1 FROM lineage l JOIN condition p ON p.id = l.parent_id \
             WHERE l.child_id = c.id AND p.slug = $1 AND p.rank = 'family')"
        }
    };
    let sql = format!(
        "SELECT c.slug, c.name, c.sort_key, {below} AS families, \
         (SELECT count(*) FROM lineage l WHERE l.parent_id = c.id AND l.child_rank = 'condition') \
         AS conditions FROM condition c \
         WHERE c.rank = 'family' AND c.merged_into IS NULL AND {place} ORDER BY c.sort_key"
    );
    let values: Vec<Value> = parent.map(Into::into).into_iter().collect();
    let rows = database.query(&sql, values).await.map_err(to_domain)?;
    rows.iter()
        .map(|row| {
            let families: String = row.try_get("", "families").map_err(to_domain)?;
            Ok(Node {
                link: FamilyLink {
                    slug: row.try_get("", "slug").map_err(to_domain)?,
                    name: row.try_get("", "name").map_err(to_domain)?,
                },
                sort_key: row.try_get("", "sort_key").map_err(to_domain)?,
                conditions: row.try_get("", "conditions").map_err(to_domain)?,
                families: family_links(&families)?,
            })
        })
        .collect()
}

pub(super) async fn family(
    database: &Database,
    slug: &str,
    after: Option<&str>,
) -> Result<Resolved<Family>> {
    let kind = database.kind();
    let related = |columns: &str, mine: &str, other: &str| {
        kind.json_rows(
            columns,
            "n.sort_key",
            &format!(
                "lineage l JOIN condition n ON n.id = l.{other} \
                 WHERE l.{mine} = c.id AND n.rank = 'family' AND n.merged_into IS NULL"
            ),
        )
    };
    let sql = format!(
        "SELECT c.id, c.slug, c.name, c.curie, c.definition, m.slug AS merged_slug, \
         o.name AS source_name, o.release, o.licence, o.attribution, o.url, \
         {} AS synonyms, {} AS codes, {} AS parents, {} AS families \
         FROM condition_slug a JOIN condition c ON c.id = a.condition_id \
         JOIN source o ON o.id = c.source_id \
         LEFT JOIN condition m ON m.id = c.merged_into \
         WHERE a.rank = 'family' AND a.slug = $1 AND c.rank = 'family'",
        page::synonyms(kind),
        page::codes(kind),
        related("n.slug, n.name", "child_id", "parent_id"),
        related("n.slug, n.name, n.members", "parent_id", "child_id"),
    );
    let row = database
        .query_one(&sql, vec![slug.into()])
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let text = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
    let merged: Option<String> = row.try_get("", "merged_slug").map_err(to_domain)?;
    let current = text("slug")?;
    if merged.is_some() || current != slug {
        return Ok(Resolved::Moved {
            slug: merged.unwrap_or(current),
        });
    }
    let id: uuid::Uuid = row.try_get("", "id").map_err(to_domain)?;
    let mut sql = "SELECT n.slug, n.name FROM lineage l JOIN condition n ON n.id = l.child_id \
                   WHERE l.parent_id = $1 AND l.child_rank = 'condition' \
                   AND n.merged_into IS NULL"
        .to_owned();
    let mut values: Vec<Value> = vec![id.into()];
    if let Some(after) = after {
        values.push(sort_key(database, "condition", after).await?.into());
        values.push(after.into());
        sql.push_str(" AND (l.child_sort_key, n.slug) > ($2, $3)");
    }
    sql.push_str(" ORDER BY l.child_sort_key, n.slug LIMIT ");
    sql.push_str(&(PAGE + 1).to_string());
    let rows = database.query(&sql, values).await.map_err(to_domain)?;
    Ok(Resolved::Here(Family {
        slug: current,
        synonyms: page::in_order(parse_json(&text("synonyms")?)?, &text("name")?),
        name: text("name")?,
        definition: row.try_get("", "definition").map_err(to_domain)?,
        codes: page::read_codes(&row)?,
        source: page::source(&row, "source_name")?,
        parents: family_links(&text("parents")?)?,
        families: branches(&text("families")?)?,
        list: page_of(&rows, after.is_some())?,
    }))
}

fn branches(json: &str) -> Result<Vec<FamilyBranch>> {
    let rows: Vec<(String, String, u64)> = parse_json(json)?;
    Ok(rows
        .into_iter()
        .map(|(slug, name, conditions)| FamilyBranch {
            family: FamilyLink { slug, name },
            conditions,
        })
        .collect())
}
