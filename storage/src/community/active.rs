//! Communities in which something has happened, as visitors see it.

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{ActiveCommunities, ActiveCommunity, Communities, MOST_COUNTED},
    policy::{Action, permit},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};

use super::{CommunityStore, leaders::COUNTS};
use crate::{error::to_domain, token::storable};

/// Communities on one page.
const PAGE: usize = 30;

/// Whether visitors see a topic, and a resource.
const TOPIC_SHOWN: &str = "t.audience = 'everyone' AND (t.title <> '' OR t.posts > 1)";
const RESOURCE_SHOWN: &str = "r.state = 'approved'";

/// Of each kind of thing that happens, so many of the latest are looked at first.
const RECENT: usize = 200;

/// What visitors see that was added last, and how far back it was looked at: in a community that is not
/// among them, nothing has been added since. `until` leaves out what is later.
fn recent_sql(until: &str) -> String {
    let kinds = [
        ("topic t", "t.condition_id", "t.last_post_at", TOPIC_SHOWN),
        (
            "resource r",
            "r.condition_id",
            "r.decided_at",
            RESOURCE_SHOWN,
        ),
        ("leadership l", "l.condition_id", "l.since", COUNTS),
    ];
    let (mut parts, mut names, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (table, condition, time, shown)) in kinds.into_iter().enumerate() {
        let until = if until.is_empty() {
            String::new()
        } else {
            format!("AND {time} <= {until} ")
        };
        parts.push(format!(
            "n{number} AS MATERIALIZED (SELECT {condition} AS id, {time} AS moment FROM {table} \
             WHERE {shown} {until}ORDER BY {time} DESC LIMIT {RECENT}), "
        ));
        names.push(format!("SELECT id FROM n{number}"));
        ends.push(format!(
            "UNION ALL SELECT CASE WHEN count(*) < {RECENT} THEN 0 ELSE min(moment) END FROM n{number}"
        ));
    }
    format!(
        "{}recent AS ({}), back AS (SELECT max(moment) AS moment FROM (SELECT 0 AS moment {}) e), ",
        parts.concat(),
        names.join(" UNION "),
        ends.join(" ")
    )
}

/// Conditions with the time at which something was added last that visitors see: one look into an
/// index for each condition and kind, however much there is. It is kept for the statement, which names
/// each time more than once: written into it, the times would be looked up as often.
fn active_sql(recent: &str, which: &str) -> String {
    // In this order, so that SQLite does not look through all conditions for the recent ones.
    let (tables, among) = if recent.is_empty() {
        ("condition c", "")
    } else {
        ("recent CROSS JOIN condition c", "AND c.id = recent.id ")
    };
    format!(
        "WITH {recent}a AS MATERIALIZED (SELECT c.id, c.slug, c.name, \
         (SELECT max(t.last_post_at) FROM topic t WHERE t.condition_id = c.id \
         AND {TOPIC_SHOWN}) AS posted, \
         (SELECT max(r.decided_at) FROM resource r WHERE r.condition_id = c.id \
         AND {RESOURCE_SHOWN}) AS approved, \
         (SELECT max(l.since) FROM leadership l WHERE l.condition_id = c.id AND {COUNTS}) AS led \
         FROM {tables} WHERE c.rank = 'condition' AND c.merged_into IS NULL {among}{which}) "
    )
}

/// The latest of the three, or nothing.
const LATEST: &str = "SELECT a.id, a.slug, a.name, CASE \
     WHEN coalesce(a.posted, 0) >= coalesce(a.approved, 0) \
     AND coalesce(a.posted, 0) >= coalesce(a.led, 0) THEN coalesce(a.posted, 0) \
     WHEN coalesce(a.approved, 0) >= coalesce(a.led, 0) THEN coalesce(a.approved, 0) \
     ELSE coalesce(a.led, 0) END AS active FROM a";

fn read(row: &QueryResult) -> std::result::Result<ActiveCommunity, DbErr> {
    Ok(ActiveCommunity {
        condition: ConditionLink {
            slug: row.try_get("", "slug")?,
            name: row.try_get("", "name")?,
        },
        topics: row.try_get("", "topics")?,
        resources: row.try_get("", "resources")?,
        leaders: row.try_get("", "leaders")?,
        active: Timestamp(row.try_get("", "active")?),
    })
}

/// Where a page begins: behind the community with an address, which was active then.
type Behind<'a> = Option<(&'a str, i64)>;

impl CommunityStore {
    /// Communities from the latest on, one more than a page has: of the recent ones alone, with how far
    /// back those reach, or of all.
    async fn active_rows(&self, behind: Behind<'_>, recent: bool) -> Result<Vec<QueryResult>> {
        let mut values: Vec<Value> = Vec::new();
        let (mut further, mut until) = (String::new(), "");
        if let Some((slug, active)) = behind {
            values.extend([slug.into(), active.into()]);
            further.push_str("AND (b.active < $2 OR (b.active = $2 AND b.slug > $1)) ");
            until = "$2";
        }
        let (with, back) = if recent {
            let with = active_sql(&recent_sql(until), "");
            (with, "(SELECT moment FROM back)")
        } else {
            (active_sql("", ""), "0")
        };
        let sql = format!(
            "{with}SELECT d.slug, d.name, d.active, CAST({back} AS BIGINT) AS back, \
             (SELECT count(*) FROM (SELECT 1 FROM topic t WHERE t.condition_id = d.id \
             AND {TOPIC_SHOWN} LIMIT {most}) counted) AS topics, \
             (SELECT count(*) FROM (SELECT 1 FROM resource r WHERE r.condition_id = d.id \
             AND {RESOURCE_SHOWN} LIMIT {most}) counted) AS resources, \
             (SELECT count(*) FROM leadership l WHERE l.condition_id = d.id AND {COUNTS}) AS leaders \
             FROM (SELECT b.id, b.slug, b.name, b.active FROM ({LATEST}) b \
             WHERE b.active > 0 {further}ORDER BY b.active DESC, b.slug LIMIT {}) d \
             ORDER BY d.active DESC, d.slug",
            PAGE + 1,
            most = MOST_COUNTED + 1,
        );
        self.database.query(&sql, values).await.map_err(to_domain)
    }

    /// The communities of a page and one more. Where much happens they are among the recent ones, and
    /// the others need not be looked at.
    async fn page_of_active(&self, behind: Behind<'_>) -> Result<Vec<ActiveCommunity>> {
        let mut rows = self.active_rows(behind, true).await?;
        let whole = match rows.last() {
            // Perhaps all recent ones are on a page before.
            None => false,
            Some(last) => {
                let time = |column| last.try_get::<i64>("", column).map_err(to_domain);
                let (active, back) = (time("active")?, time("back")?);
                // What is as old as that may have a neighbour that was not looked at.
                back == 0 || (rows.len() > PAGE && active > back)
            }
        };
        if !whole {
            rows = self.active_rows(behind, false).await?;
        }
        let communities: std::result::Result<Vec<_>, _> = rows.iter().map(read).collect();
        communities.map_err(to_domain)
    }
}

#[async_trait]
impl Communities for CommunityStore {
    async fn active(&self, actor: Actor, after: Option<&str>) -> Result<ActiveCommunities> {
        permit(actor, Action::ReadCatalogue)?;
        let mut behind = None;
        if let Some(after) = after {
            let with = active_sql("", "AND c.slug = $1");
            let sql = format!("{with}SELECT b.active FROM ({LATEST}) b WHERE b.active > 0");
            let values = vec![storable(after)?.into()];
            let row = self.database.query_one(&sql, values).await;
            // One that is not in this list has no place in it.
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            behind = Some((after, row.try_get("", "active").map_err(to_domain)?));
        }
        let mut communities = self.page_of_active(behind).await?;
        let more = communities.len() > PAGE;
        communities.truncate(PAGE);
        let next = communities
            .last()
            .filter(|_| more)
            .map(|last| last.condition.slug.clone());
        Ok(ActiveCommunities { communities, next })
    }
}
