//! What the pages of conditions read.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    catalogue::{
        Code, Condition, ConditionId, ConditionLink, ConditionList, ConditionTeaser, FamilyLink,
        Letter, MECHANISMS, Overview, Resolved, Scope, SitemapEntry, SourceRelease, Synonym,
        is_older_name,
    },
    registry::OutsideRegistry,
    text,
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{links, names, parse_json};
use crate::{Database, DatabaseKind, error::to_domain};

/// Conditions on one page of a list.
pub(super) const PAGE: usize = 100;

/// The other names that a page shows of a condition or family `c`.
pub(super) fn synonyms(kind: DatabaseKind) -> String {
    let shown = format!(
        "{} AND s.scope <> '{}'",
        names::synonyms_of_c(),
        names::SEARCHED_ONLY
    );
    kind.json_rows("s.name, s.scope", "s.position, s.id", &shown)
}

/// Its codes.
pub(super) fn codes(kind: DatabaseKind) -> String {
    kind.json_rows(
        "k.system, k.value",
        "k.position, k.value",
        &names::codes_of_c(),
    )
}

/// The whole head of a condition page in one statement of one row.
pub(super) fn sql(kind: DatabaseKind) -> String {
    let synonyms = synonyms(kind);
    let codes = codes(kind);
    // CROSS JOIN is a join like any other, but SQLite keeps its order: left to itself it walks all
    // conditions by name, because that is the order asked for, and looks each up in the lineage.
    let related = |rank: &str, mine: &str, other: &str, limit: u32, more: &str| {
        kind.json_rows(
            "t.slug, t.name",
            "t.sort_key, t.slug",
            &format!(
                "(SELECT n.slug, n.name, n.sort_key FROM lineage l \
                 CROSS JOIN condition n \
                 WHERE n.id = l.{other} AND l.{mine} = c.id AND n.rank = '{rank}' AND n.merged_into IS NULL {more} \
                 ORDER BY n.sort_key, n.slug LIMIT {limit}) AS t"
            ),
        )
    };
    let mechanisms = format!("AND n.curie NOT IN ('{}')", MECHANISMS.join("', '"));
    let families = related("family", "child_id", "parent_id", 12, &mechanisms);
    let parents = related("condition", "child_id", "parent_id", 12, "");
    let children = related("condition", "parent_id", "child_id", 40, "");
    let neighbours = kind.json_rows(
        "n.slug, n.name",
        "r.position",
        "relative r JOIN condition n ON n.id = r.relative_id \
         WHERE r.condition_id = c.id AND n.merged_into IS NULL",
    );
    let mut sql = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        sql,
        "SELECT c.id, c.slug, c.name, c.ontology_name, c.curie, c.summary, c.definition, \
         c.updated_at, f.slug AS family_slug, f.name AS family_name, m.slug AS merged_slug, \
         c.source_id, o.name AS source_name, o.release, o.licence, o.attribution, o.url, \
         elsewhere.name AS registry_name, elsewhere.link AS registry_link, \
         {synonyms} AS synonyms, {codes} AS codes, {families} AS families, \
         {parents} AS parents, {children} AS children, {neighbours} AS neighbours \
         FROM condition_slug a JOIN condition c ON c.id = a.condition_id \
         JOIN source o ON o.id = c.source_id \
         LEFT JOIN condition f ON f.id = c.family_id \
         LEFT JOIN condition m ON m.id = c.merged_into \
         LEFT JOIN outside_registry elsewhere ON elsewhere.condition_id = c.id \
         WHERE a.rank = 'condition' AND a.slug = $1"
    );
    sql
}

pub(super) async fn condition(
    database: &Database,
    sql: &str,
    slug: &str,
) -> Result<Resolved<Condition>> {
    let row = database
        .query_one(sql, vec![slug.into()])
        .await
        .map_err(to_domain)?;
    let Some(row) = row else {
        return former_name(database, slug).await;
    };
    let merged: Option<String> = row.try_get("", "merged_slug").map_err(to_domain)?;
    let current: String = row.try_get("", "slug").map_err(to_domain)?;
    if let Some(slug) = merged {
        return Ok(Resolved::Moved { slug });
    }
    if current != slug {
        return Ok(Resolved::Moved { slug: current });
    }
    read(&row).map(Resolved::Here)
}

fn read(row: &QueryResult) -> Result<Condition> {
    let column = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
    let optional = |name: &str| row.try_get::<Option<String>>("", name).map_err(to_domain);
    let name = column("name")?;
    let ontology_name = column("ontology_name")?;
    let synonyms: Vec<(String, Scope)> = parse_json(&column("synonyms")?)?;
    let spellings = std::iter::once(&ontology_name).chain(synonyms.iter().map(|(name, _)| name));
    let name_in_sentence = text::within_sentence(&name, spellings.map(String::as_str));
    let id = row.try_get("", "id").map_err(to_domain)?;
    let source_id: Uuid = row.try_get("", "source_id").map_err(to_domain)?;
    let updated: i64 = row.try_get("", "updated_at").map_err(to_domain)?;
    let synonyms = in_order(synonyms, &name);
    Ok(Condition {
        id: Some(ConditionId(id)),
        slug: column("slug")?,
        ontology_name: (text::fold(&name) != text::fold(&ontology_name)).then_some(ontology_name),
        name,
        name_in_sentence,
        summary: optional("summary")?,
        definition: optional("definition")?,
        synonyms,
        codes: read_codes(row)?,
        family: optional("family_slug")?
            .zip(optional("family_name")?)
            .map(|(slug, name)| FamilyLink { slug, name }),
        families: family_links(&column("families")?)?,
        parents: links(&column("parents")?)?,
        children: links(&column("children")?)?,
        neighbours: links(&column("neighbours")?)?,
        // Nobody is credited for what members have asked for.
        source: (source_id != names::MEMBERS)
            .then(|| source(row, "source_name"))
            .transpose()?,
        registry: optional("registry_name")?
            .zip(optional("registry_link")?)
            .map(|(name, link)| OutsideRegistry { name, link }),
        updated: Timestamp(updated).iso_date(),
    })
}

/// The other names of something of this name, as a page lists them.
pub(super) fn in_order(synonyms: Vec<(String, Scope)>, name: &str) -> Vec<Synonym> {
    let display = text::fold(name);
    let mut synonyms: Vec<Synonym> = synonyms
        .into_iter()
        // What one source has as a synonym another may have made the name.
        .filter(|(synonym, _)| text::fold(synonym) != display)
        .map(|(name, scope)| Synonym { name, scope })
        .collect();
    synonyms.sort_by_key(|synonym| (is_older_name(&synonym.name), synonym.scope != Scope::Exact));
    synonyms
}

/// Its own CURIE, then the codes of other systems.
pub(super) fn read_codes(row: &QueryResult) -> Result<Vec<Code>> {
    let column = |name: &str| row.try_get::<String>("", name).map_err(to_domain);
    let own: Option<Code> = column("curie")?.parse().ok();
    let codes: Vec<(String, String)> = parse_json(&column("codes")?)?;
    let others = codes
        .into_iter()
        .filter_map(|(system, value)| format!("{system}:{value}").parse().ok());
    Ok(own.into_iter().chain(others).collect())
}

pub(super) fn family_links(json: &str) -> Result<Vec<FamilyLink>> {
    let pairs: Vec<(String, String)> = parse_json(json)?;
    Ok(pairs
        .into_iter()
        .map(|(slug, name)| FamilyLink { slug, name })
        .collect())
}

pub(super) fn source(row: &QueryResult, name: &str) -> Result<SourceRelease> {
    let read = || -> std::result::Result<SourceRelease, DbErr> {
        Ok(SourceRelease {
            name: row.try_get("", name)?,
            release: row.try_get("", "release")?,
            licence: row.try_get("", "licence")?,
            attribution: row.try_get("", "attribution")?,
            url: row.try_get("", "url")?,
        })
    };
    read().map_err(to_domain)
}

/// A synonym or ontology name that belongs to one condition alone leads to that condition.
async fn former_name(database: &Database, slug: &str) -> Result<Resolved<Condition>> {
    let rows = database
        .query(
            "SELECT DISTINCT c.slug FROM synonym s JOIN condition c ON c.id = s.condition_id \
             WHERE s.slug = $1 AND c.rank = 'condition' AND c.merged_into IS NULL LIMIT 2",
            vec![slug.into()],
        )
        .await
        .map_err(to_domain)?;
    match rows.as_slice() {
        [row] => Ok(Resolved::Moved {
            slug: row.try_get("", "slug").map_err(to_domain)?,
        }),
        _ => Err(Error::NotFound),
    }
}

pub(super) async fn list(
    database: &Database,
    letter: Option<Letter>,
    after: Option<&str>,
) -> Result<ConditionList> {
    let mut sql = "SELECT c.slug, c.name FROM condition c \
                   WHERE c.rank = 'condition' AND c.merged_into IS NULL"
        .to_owned();
    let mut values: Vec<Value> = Vec::new();
    if let Some(letter) = letter {
        values.push(letter.as_char().to_string().into());
        let _ = write!(sql, " AND c.letter = ${}", values.len());
    }
    if let Some(after) = after {
        let key = sort_key(database, "condition", after).await?;
        values.push(key.into());
        let _ = write!(sql, " AND (c.sort_key, c.slug) > (${}", values.len());
        values.push(after.into());
        let _ = write!(sql, ", ${})", values.len());
    }
    let _ = write!(sql, " ORDER BY c.sort_key, c.slug LIMIT {}", PAGE + 1);
    let rows = database.query(&sql, values).await.map_err(to_domain)?;
    page_of(&rows, after.is_some())
}

/// The sort key of the condition that a cursor names. A cursor that names none is an address that
/// does not exist.
pub(super) async fn sort_key(database: &Database, rank: &str, slug: &str) -> Result<String> {
    if !text::is_slug(slug) {
        return Err(Error::NotFound);
    }
    let row = database
        .query_one(
            "SELECT sort_key FROM condition WHERE rank = $1 AND slug = $2",
            vec![rank.into(), slug.into()],
        )
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    row.try_get("", "sort_key").map_err(to_domain)
}

/// Rows of slug and name, one more than a page if there is a next one.
pub(super) fn page_of(rows: &[QueryResult], continued: bool) -> Result<ConditionList> {
    let mut conditions = rows
        .iter()
        .take(PAGE)
        .map(|row| {
            Ok(ConditionLink {
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            })
        })
        .collect::<std::result::Result<Vec<_>, DbErr>>()
        .map_err(to_domain)?;
    conditions.shrink_to_fit();
    let next = (rows.len() > PAGE)
        .then(|| conditions.last().map(|last| last.slug.clone()))
        .flatten();
    Ok(ConditionList {
        conditions,
        next,
        continued,
    })
}

pub(super) async fn overview(database: &Database) -> Result<Overview> {
    let complete = database.kind().json_rows(
        "t.slug, t.name, t.summary",
        "t.sort_key",
        "(SELECT c.slug, c.name, c.summary, c.sort_key FROM condition c \
         JOIN section s ON s.condition_id = c.id JOIN revision r ON r.id = s.head_id \
         WHERE r.origin <> 'import' AND c.merged_into IS NULL AND r.entries IS NULL \
         GROUP BY c.id, c.slug, c.name, c.summary, c.sort_key HAVING count(*) >= 8 \
         ORDER BY c.sort_key LIMIT 6) AS t",
    );
    let sql = format!(
        "SELECT (SELECT count(*) FROM condition WHERE rank = 'condition' \
         AND merged_into IS NULL) AS conditions, {complete} AS complete"
    );
    let row = database
        .query_one(&sql, vec![])
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let conditions: i64 = row.try_get("", "conditions").map_err(to_domain)?;
    let complete: String = row.try_get("", "complete").map_err(to_domain)?;
    Ok(Overview {
        conditions: conditions.unsigned_abs(),
        complete: parse_json::<Vec<(String, String, Option<String>)>>(&complete)?
            .into_iter()
            .map(|(slug, name, summary)| ConditionTeaser {
                slug,
                name,
                summary,
            })
            .collect(),
    })
}

pub(super) async fn sources(database: &Database) -> Result<Vec<SourceRelease>> {
    let rows = database
        .query(
            "SELECT name, release, licence, attribution, url FROM source \
             WHERE id <> $1 AND id <> $2",
            vec![names::MEMBERS.into(), names::EVERYDAY.into()],
        )
        .await
        .map_err(to_domain)?;
    let mut sources = rows
        .iter()
        .map(|row| source(row, "name"))
        .collect::<Result<Vec<_>>>()?;
    sources.sort_by_cached_key(|source| (text::fold(&source.name), source.name.clone()));
    Ok(sources)
}

/// What [`domain::wiki::WikiPage::has_human_content`] and a summary say, as SQL: all of it at once.
/// What people have written is far less than what there is, so that it is gathered first.
pub(super) async fn sitemap(database: &Database) -> Result<Vec<SitemapEntry>> {
    let greatest = match database.kind() {
        DatabaseKind::Sqlite => "max",
        DatabaseKind::Postgres => "greatest",
    };
    let sql = format!(
        "WITH written AS (SELECT s.condition_id, max(r.created_at) AS updated, \
         max(CASE WHEN s.kind IN ('synonyms', 'references') THEN 0 ELSE 1 END) AS human \
         FROM section s JOIN revision r ON r.id = s.head_id \
         WHERE r.origin <> 'import' GROUP BY s.condition_id) \
         SELECT c.slug, {greatest}(c.updated_at, coalesce(w.updated, 0)) AS updated \
         FROM condition c LEFT JOIN written w ON w.condition_id = c.id \
         WHERE c.rank = 'condition' AND c.merged_into IS NULL \
         AND (c.summary IS NOT NULL OR w.human = 1) ORDER BY c.slug"
    );
    let rows = database.query(&sql, vec![]).await.map_err(to_domain)?;
    rows.iter()
        .map(|row| {
            let updated: i64 = row.try_get("", "updated").map_err(to_domain)?;
            Ok(SitemapEntry {
                slug: row.try_get("", "slug").map_err(to_domain)?,
                updated: Timestamp(updated).iso_date(),
            })
        })
        .collect()
}
