//! Communities in which something has happened, as visitors see it.

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{ActiveCommunities, ActiveCommunity, Communities},
    policy::{Action, permit},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};

use super::{CommunityStore, leaders::COUNTS};
use crate::{error::to_domain, token::storable};

/// Communities on one page.
const PAGE: usize = 30;

/// Conditions with the time at which something was added last that visitors see: one look into an
/// index for each condition and kind, however much there is. It is kept for the statement, which names
/// each time more than once: written into it, the times would be looked up as often.
fn active_sql() -> String {
    format!(
        "WITH a AS MATERIALIZED (SELECT c.id, c.slug, c.name, \
         (SELECT max(t.last_post_at) FROM topic t WHERE t.condition_id = c.id \
         AND t.audience = 'everyone' AND (t.title <> '' OR t.posts > 1)) AS posted, \
         (SELECT max(r.decided_at) FROM resource r WHERE r.condition_id = c.id \
         AND r.state = 'approved') AS approved, \
         (SELECT max(l.since) FROM leadership l WHERE l.condition_id = c.id AND {COUNTS}) AS led \
         FROM condition c WHERE c.rank = 'condition' AND c.merged_into IS NULL) "
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

#[async_trait]
impl Communities for CommunityStore {
    async fn active(&self, actor: Actor, after: Option<&str>) -> Result<ActiveCommunities> {
        permit(actor, Action::ReadCatalogue)?;
        let with = active_sql();
        let mut values: Vec<Value> = Vec::new();
        let mut behind = String::new();
        if let Some(after) = after {
            values.push(storable(after)?.into());
            let sql = format!(
                "{with}SELECT b.active FROM ({LATEST}) b WHERE b.slug = $1 AND b.active > 0"
            );
            let row = self.database.query_one(&sql, values.clone()).await;
            // One that is not in this list has no place in it.
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let active: i64 = row.try_get("", "active").map_err(to_domain)?;
            values.push(active.into());
            behind.push_str("AND (b.active < $2 OR (b.active = $2 AND b.slug > $1)) ");
        }
        let sql = format!(
            "{with}SELECT d.slug, d.name, d.active, \
             (SELECT count(*) FROM topic t WHERE t.condition_id = d.id \
             AND t.audience = 'everyone' AND (t.title <> '' OR t.posts > 1)) AS topics, \
             (SELECT count(*) FROM resource r WHERE r.condition_id = d.id \
             AND r.state = 'approved') AS resources, \
             (SELECT count(*) FROM leadership l WHERE l.condition_id = d.id AND {COUNTS}) AS leaders \
             FROM (SELECT b.id, b.slug, b.name, b.active FROM ({LATEST}) b \
             WHERE b.active > 0 {behind}ORDER BY b.active DESC, b.slug LIMIT {}) d \
             ORDER BY d.active DESC, d.slug",
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let communities: std::result::Result<Vec<_>, _> = rows.iter().map(read).collect();
        let mut communities = communities.map_err(to_domain)?;
        let more = communities.len() > PAGE;
        communities.truncate(PAGE);
        let next = communities
            .last()
            .filter(|_| more)
            .map(|last| last.condition.slug.clone());
        Ok(ActiveCommunities { communities, next })
    }
}
