//! Lists of the trials of a condition.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    catalogue::{Resolved, SitemapEntry},
    time::Timestamp,
    trials::{AgeGroup, NctId, Trial, TrialFilter, TrialList},
};
use sea_orm::Value;
use uuid::Uuid;

use crate::{Database, catalogue::address, error::to_domain};

/// Trials on one page of the list.
const PAGE: usize = 20;
/// Trials on the page of their condition.
const FIRST: usize = 3;
/// Longer than the name of any country.
const COUNTRY_LONGEST: usize = 200;

/// All countries in which a condition has trials, one step of the index for each.
const COUNTRIES: &str = "WITH RECURSIVE step (country) AS (\
     SELECT (SELECT min(p.country) FROM trial_condition p \
     WHERE p.condition_id = $1 AND p.country > '') \
     UNION ALL SELECT (SELECT min(p.country) FROM trial_condition p \
     WHERE p.condition_id = $1 AND p.country > step.country) \
     FROM step WHERE step.country IS NOT NULL) \
     SELECT country FROM step WHERE country IS NOT NULL";

/// What a page of a list has: the trials, whether there are more, and when they were read in.
struct Found {
    trials: Vec<Trial>,
    more: bool,
    read_at: Option<Timestamp>,
}

/// So many trials of a condition, behind the one with an id.
async fn find(
    database: &Database,
    condition: Uuid,
    filter: &TrialFilter,
    after: Option<&NctId>,
    most: usize,
) -> Result<Found> {
    let country = filter.country.clone().unwrap_or_default();
    let mut values: Vec<Value> = vec![condition.into(), country.into()];
    let mut among = "p.condition_id = $1 AND p.country = $2".to_owned();
    if let Some(after) = after {
        // One that is not in this list has no place in it.
        let mut named = values.clone();
        named.push(after.as_str().into());
        let sql = format!(
            "SELECT p.rank, p.updated FROM trial_condition p WHERE {among} AND p.nct_id = $3"
        );
        let row = database.query_one(&sql, named).await.map_err(to_domain)?;
        let row = row.ok_or(Error::NotFound)?;
        let rank: i32 = row.try_get("", "rank").map_err(to_domain)?;
        let updated: String = row.try_get("", "updated").map_err(to_domain)?;
        values.extend([rank.into(), updated.into(), after.as_str().into()]);
        among.push_str(" AND (p.rank, p.updated, p.nct_id) < ($3, $4, $5)");
    }
    if let Some(recruitment) = filter.recruitment {
        // Writing to a String cannot fail.
        let _ = write!(among, " AND p.rank = {}", recruitment.rank());
    }
    if let Some(age) = filter.age {
        among.push_str(match age {
            AgeGroup::Child => " AND t.child",
            AgeGroup::Adult => " AND t.adult",
            AgeGroup::OlderAdult => " AND t.older_adult",
        });
    }
    let sql = format!(
        "SELECT t.facts, t.read_at FROM trial_condition p JOIN trial t ON t.nct_id = p.nct_id \
         WHERE {among} ORDER BY p.rank DESC, p.updated DESC, p.nct_id DESC LIMIT {}",
        most + 1
    );
    let rows = database.query(&sql, values).await.map_err(to_domain)?;
    let mut found = Found {
        trials: Vec::with_capacity(rows.len()),
        more: rows.len() > most,
        read_at: None,
    };
    for row in rows.iter().take(most) {
        let facts: String = row.try_get("", "facts").map_err(to_domain)?;
        let read_at = Timestamp(row.try_get("", "read_at").map_err(to_domain)?);
        found.read_at = Some(found.read_at.map_or(read_at, |before| before.min(read_at)));
        found.trials.push(super::matching::trial(&facts)?);
    }
    Ok(found)
}

pub(super) async fn list(
    database: &Database,
    slug: &str,
    filter: TrialFilter,
    after: Option<&str>,
) -> Result<Resolved<TrialList>> {
    let condition = match address::at(database, slug).await? {
        Resolved::Here(condition) => condition,
        Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
    };
    // PostgreSQL keeps no NUL in a text.
    let country = filter.country.as_deref().unwrap_or("-");
    if country.is_empty() || country.len() > COUNTRY_LONGEST || country.contains('\0') {
        return Err(Error::NotFound);
    }
    let after = after.map(|after| NctId::parse(after).ok_or(Error::NotFound));
    let after = after.transpose()?;
    let found = find(database, condition.id, &filter, after.as_ref(), PAGE).await?;
    let rows = database
        .query(COUNTRIES, vec![condition.id.into()])
        .await
        .map_err(to_domain)?;
    let countries = rows.iter().map(|row| row.try_get("", "country"));
    let countries: std::result::Result<Vec<String>, _> = countries.collect();
    Ok(Resolved::Here(TrialList {
        condition: condition.link,
        filter,
        next: found
            .trials
            .last()
            .filter(|_| found.more)
            .map(|last| last.id.clone()),
        trials: found.trials,
        countries: countries.map_err(to_domain)?,
        read_at: found.read_at,
    }))
}

pub(super) async fn first(database: &Database, condition: Uuid) -> Result<Vec<Trial>> {
    let filter = TrialFilter::default();
    let found = find(database, condition, &filter, None, FIRST).await?;
    Ok(found.trials)
}

pub(super) async fn sitemap(database: &Database) -> Result<Vec<SitemapEntry>> {
    let sql = "SELECT c.slug, max(t.changed_at) AS changed_at FROM trial_condition p \
               JOIN trial t ON t.nct_id = p.nct_id JOIN condition c ON c.id = p.condition_id \
               WHERE p.country = '' AND c.merged_into IS NULL GROUP BY c.id, c.slug ORDER BY c.slug";
    let rows = database.query(sql, vec![]).await.map_err(to_domain)?;
    rows.iter()
        .map(|row| {
            let changed_at: i64 = row.try_get("", "changed_at").map_err(to_domain)?;
            Ok(SitemapEntry {
                slug: row.try_get("", "slug").map_err(to_domain)?,
                updated: Timestamp(changed_at).iso_date(),
            })
        })
        .collect()
}
