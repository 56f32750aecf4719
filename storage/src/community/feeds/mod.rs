//! What is new: pages of the event log ([`reading`]), and what is told of it while somebody looks
//! ([`live`]).

pub mod live;
mod reading;

use async_trait::async_trait;
use domain::{
    Result,
    account::Actor,
    catalogue::Resolved,
    community::{CommunityFeed, FeedKind, Feeds, OwnFeed},
    policy::Action,
    policy::permit,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{CommunityStore, entity::feed_visit};
use crate::{catalogue::address, changes, error::to_domain, write::Write};

/// Communities that a feed is made of, those that were merged into others included; of more, the ones
/// that were joined last.
const COMMUNITIES: usize = 60;
/// How long a visit lasts, in microseconds.
const VISIT: i64 = 10 * 60 * 1_000_000;

impl CommunityStore {
    /// A community, and those whose events it has because they were merged into it.
    async fn community_and_merged(&self, condition: Uuid) -> Result<Vec<Uuid>> {
        let sql = format!(
            "SELECT c.id AS id FROM condition c WHERE c.merged_into = $1 LIMIT {}",
            COMMUNITIES - 1
        );
        let mut ids = vec![condition];
        ids.extend(self.ids(&sql, condition).await?);
        Ok(ids)
    }

    /// The same of all that a person has joined.
    async fn own_and_merged(&self, account: Uuid) -> Result<Vec<Uuid>> {
        let sql = format!(
            "SELECT own.id AS id FROM (SELECT m.condition_id AS id, m.created_at AS joined \
             FROM membership m WHERE m.account_id = $1 UNION ALL \
             SELECT c.id, m.created_at FROM membership m \
             JOIN condition c ON c.merged_into = m.condition_id WHERE m.account_id = $1) AS own \
             ORDER BY own.joined DESC, own.id LIMIT {COMMUNITIES}"
        );
        self.ids(&sql, account).await
    }

    async fn ids(&self, sql: &str, of: Uuid) -> Result<Vec<Uuid>> {
        let rows = self.database.query(sql, vec![of.into()]).await;
        let rows = rows.map_err(to_domain)?;
        rows.iter()
            .map(|row| row.try_get("", "id").map_err(to_domain))
            .collect()
    }
}

#[async_trait]
impl Feeds for CommunityStore {
    async fn feed(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<FeedKind>,
        after: Option<&str>,
    ) -> Result<Resolved<CommunityFeed>> {
        permit(actor, Action::ReadDiscussions)?;
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let communities = self.community_and_merged(condition.id).await?;
        let feed = self.feed_page(actor, &communities, kind, (None, false), after);
        let feed = changes::of_condition(condition.id, feed);
        Ok(Resolved::Here(CommunityFeed {
            feed: feed.await?,
            joined: self.is_joined(actor, condition.id).await?,
            condition: condition.link,
            since: condition.since,
        }))
    }

    async fn own_feed(
        &self,
        actor: Actor,
        kind: Option<FeedKind>,
        only_new: bool,
        after: Option<&str>,
    ) -> Result<OwnFeed> {
        let account = Self::person(actor, Action::ReadOwnAccount)?.account.0;
        let visit = feed_visit::Entity::find_by_id(account)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        // What has happened since a visit that is over; of one that goes on, since the one before.
        let now = self.database.now().0;
        let last_visit = visit.and_then(|visit| {
            if now - visit.visited_at < VISIT {
                visit.before_at
            } else {
                Some(visit.visited_at)
            }
        });
        let last_visit = last_visit.map(Timestamp);
        let communities = self.own_and_merged(account).await?;
        let since = (last_visit, only_new);
        let feed = self.feed_page(actor, &communities, kind, since, after);
        Ok(OwnFeed {
            feed: feed.await?,
            joined: !communities.is_empty(),
            last_visit,
        })
    }

    async fn visit_feed(&self, actor: Actor) -> Result<()> {
        let account = Self::person(actor, Action::ReadOwnAccount)?.account.0;
        let now = self.database.now().0;
        let over = now - VISIT;
        let visit = feed_visit::Entity::find_by_id(account)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        if visit.is_some_and(|visit| visit.visited_at > over) {
            return Ok(());
        }
        let write = Write::begin(&self.database, actor).await?;
        // Of two tabs that are opened at once, one begins the visit.
        let sql = "INSERT INTO feed_visit (account_id, visited_at) VALUES ($1, $2) \
             ON CONFLICT (account_id) DO UPDATE SET before_at = feed_visit.visited_at, \
             visited_at = $2 WHERE feed_visit.visited_at <= $3";
        let values = vec![account.into(), now.into(), over.into()];
        write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?;
        write.commit().await
    }
}
