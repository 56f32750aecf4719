//! Leaders as others see them. What is not for everyone does not leave here but for leaders of the same
//! community.

use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::{ConditionLink, Resolved},
    community::{
        CommunityLeaders, GatheredLeader, GatheredLeaders, LEADERS_MOST, Leader, LeaderRecord,
        LeadershipObstacle, LeadershipState, Leading, OwnLeadership,
    },
    policy::{Action, Scope, permit, permit_in},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{COUNTS, CommunityStore};
use crate::{
    Database,
    catalogue::address::{self, Present},
    changes,
    community::discussions::reading::person,
    error::to_domain,
    profile,
    token::storable,
    wiki::markdown,
};

/// Leaders on one page of the list of all.
const PAGE: usize = 30;
/// Leaderships that others have ended, of which their person reads why.
const ENDED: usize = 10;

/// Leaderships `l` that count, as everyone sees them.
fn leaders_sql(which: &str) -> String {
    format!(
        "SELECT l.id AS leadership_id, l.public_id, l.words, l.since, account.handle, \
         account.display_name, CASE WHEN profile.picture_audience = 'everyone' \
         THEN picture.version END AS version, c.slug, c.name \
         FROM leadership l JOIN condition c ON c.id = l.condition_id \
         JOIN account ON account.id = l.account_id \
         JOIN profile ON profile.account_id = account.id \
         LEFT JOIN picture ON picture.account_id = account.id WHERE {COUNTS} {which}"
    )
}

fn leader(row: &QueryResult) -> std::result::Result<Leader, DbErr> {
    Ok(Leader {
        handle: row.try_get("", "handle")?,
        name: row.try_get("", "display_name")?,
        picture: row.try_get("", "version")?,
        words: row.try_get("", "words")?,
    })
}

fn condition(row: &QueryResult) -> std::result::Result<ConditionLink, DbErr> {
    Ok(ConditionLink {
        slug: row.try_get("", "slug")?,
        name: row.try_get("", "name")?,
    })
}

fn is_set(row: &QueryResult, column: &str) -> std::result::Result<bool, DbErr> {
    Ok(row.try_get::<i32>("", column)? == 1)
}

fn own(row: &QueryResult) -> std::result::Result<OwnLeadership, DbErr> {
    let state = LeadershipState::from_name(&row.try_get::<String>("", "state")?);
    let mut obstacles = Vec::new();
    for (column, obstacle) in [
        ("secured", LeadershipObstacle::SecondFactor),
        ("named", LeadershipObstacle::Name),
        ("shown", LeadershipObstacle::Membership),
    ] {
        // Accepting shows name and membership.
        let counts = state == LeadershipState::Leading
            || (state == LeadershipState::Invited && column == "secured");
        if counts && !is_set(row, column)? {
            obstacles.push(obstacle);
        }
    }
    Ok(OwnLeadership {
        id: row.try_get("", "public_id")?,
        condition: condition(row)?,
        state,
        words: row.try_get("", "words")?,
        reason: row.try_get("", "reason")?,
        since: Timestamp(row.try_get("", "since")?),
        obstacles,
    })
}

fn record(row: &QueryResult) -> std::result::Result<LeaderRecord, DbErr> {
    let state: String = row.try_get("", "state")?;
    Ok(LeaderRecord {
        id: row.try_get("", "public_id")?,
        handle: row.try_get("", "handle")?,
        name: row.try_get("", "shown_name")?,
        invited: LeadershipState::from_name(&state) == LeadershipState::Invited,
        counts: is_set(row, "counts")?,
        since: Timestamp(row.try_get("", "since")?),
    })
}

/// Who leads a community, as everyone sees it: who has done so longest first.
pub(crate) async fn leaders_of(database: &Database, condition: Uuid) -> Result<Vec<Leader>> {
    let sql = leaders_sql("AND l.condition_id = $1 ORDER BY l.since, l.id");
    let reading = database.query(&sql, vec![condition.into()]);
    let rows = changes::of_condition(condition, reading).await;
    let rows = rows.map_err(to_domain)?;
    let leaders: std::result::Result<Vec<_>, _> = rows.iter().map(leader).collect();
    leaders.map_err(to_domain)
}

impl CommunityStore {
    pub(super) async fn leaders_here(
        &self,
        actor: Actor,
        condition: Uuid,
    ) -> Result<CommunityLeaders> {
        let leaders = leaders_of(&self.database, condition).await?;
        let here = self.in_community(actor, condition).await?;
        let welcome = if here.joined {
            self.welcome(condition).await?
        } else {
            None
        };
        Ok(CommunityLeaders {
            leaders,
            welcome: welcome.map(|(_, html)| markdown::stored(html)),
            may_lead: permit_in(actor, Action::AppointLeaders, here.role).is_ok(),
        })
    }

    /// A community's welcome message as Markdown and as HTML.
    async fn welcome(&self, condition: Uuid) -> Result<Option<(String, String)>> {
        let sql = "SELECT text, html FROM community_welcome WHERE condition_id = $1";
        let row = self.database.query_one(sql, vec![condition.into()]).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Ok(None);
        };
        let column = |name: &str| row.try_get("", name).map_err(to_domain);
        Ok(Some((column("text")?, column("html")?)))
    }

    pub(super) async fn gathered_leaders(&self, after: Option<&str>) -> Result<GatheredLeaders> {
        let mut values: Vec<Value> = Vec::new();
        let mut behind = String::new();
        if let Some(after) = after {
            // One that is not in this list has no place in it.
            let sql = leaders_sql("AND l.public_id = $1");
            let row = self.database.query_one(&sql, vec![storable(after)?.into()]);
            let row = row.await.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let since: i64 = row.try_get("", "since").map_err(to_domain)?;
            let id: Uuid = row.try_get("", "leadership_id").map_err(to_domain)?;
            values.extend([since.into(), id.into()]);
            behind.push_str("AND (l.since, l.id) < ($1, $2) ");
        }
        let sql = leaders_sql(&format!(
            "{behind}ORDER BY l.since DESC, l.id DESC LIMIT {}",
            PAGE + 1
        ));
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let read = |row: &QueryResult| {
            let gathered = GatheredLeader {
                condition: condition(row)?,
                leader: leader(row)?,
            };
            Ok((gathered, row.try_get::<String>("", "public_id")?))
        };
        let leaders: std::result::Result<Vec<_>, DbErr> = rows.iter().map(read).collect();
        let mut leaders = leaders.map_err(to_domain)?;
        let more = leaders.len() > PAGE;
        leaders.truncate(PAGE);
        let next = leaders.last().filter(|_| more).map(|(_, id)| id.clone());
        Ok(GatheredLeaders {
            leaders: leaders.into_iter().map(|(leader, _)| leader).collect(),
            next,
        })
    }

    pub(super) async fn leaderships_of(&self, member: Member) -> Result<Vec<OwnLeadership>> {
        let sql = format!(
            "SELECT l.public_id, l.state, l.words, l.reason, l.since, c.slug, c.name, \
             CASE WHEN EXISTS (SELECT 1 FROM second_factor s WHERE s.account_id = l.account_id \
             AND s.set_up_at IS NOT NULL) THEN 1 ELSE 0 END AS secured, \
             CASE WHEN profile.name_audience = 'everyone' THEN 1 ELSE 0 END AS named, \
             CASE WHEN EXISTS (SELECT 1 FROM membership m WHERE m.account_id = l.account_id \
             AND m.condition_id = l.condition_id AND m.audience = 'everyone') \
             THEN 1 ELSE 0 END AS shown \
             FROM leadership l JOIN condition c ON c.id = l.condition_id \
             JOIN profile ON profile.account_id = l.account_id \
             WHERE l.account_id = $1 AND l.state IN ('invited', 'leading', 'ended') \
             ORDER BY CASE l.state WHEN 'invited' THEN 0 WHEN 'leading' THEN 1 ELSE 2 END, \
             l.since DESC, l.id DESC LIMIT {}",
            LEADERS_MOST + ENDED
        );
        let values = vec![member.account.0.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let leaderships: std::result::Result<Vec<_>, _> = rows.iter().map(own).collect();
        leaderships.map_err(to_domain)
    }

    /// A community in which who asks has the tools of leaders.
    pub(super) async fn led(
        &self,
        actor: Actor,
        action: Action,
        slug: &str,
    ) -> Result<Resolved<Present>> {
        // Who leads nothing learns nothing.
        if actor.member().is_none() {
            permit(actor, action)?;
        }
        let condition = match address::at(&self.database, slug).await {
            Ok(Resolved::Here(condition)) => condition,
            Ok(Resolved::Moved { slug }) => return Ok(Resolved::Moved { slug }),
            Err(error) => {
                permit(actor, action)?;
                return Err(error);
            }
        };
        let here = self.in_community(actor, condition.id).await?;
        permit_in(actor, action, here.role)?;
        Ok(Resolved::Here(condition))
    }

    pub(super) async fn tools(&self, actor: Actor, slug: &str) -> Result<Resolved<Leading>> {
        let condition = match self.led(actor, Action::AppointLeaders, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let named = profile::admits(Scope::of(actor), "profile.name_audience");
        let sql = format!(
            "SELECT l.public_id, l.state, l.since, account.handle, \
             CASE WHEN {named} THEN account.display_name END AS shown_name, \
             CASE WHEN {COUNTS} THEN 1 ELSE 0 END AS counts \
             FROM leadership l JOIN account ON account.id = l.account_id \
             JOIN profile ON profile.account_id = account.id \
             WHERE l.condition_id = $2 AND l.state IN ('invited', 'leading') \
             ORDER BY l.since, l.id"
        );
        let values = vec![person(actor), condition.id.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let leaders: std::result::Result<Vec<_>, _> = rows.iter().map(record).collect();
        let welcome = self.welcome(condition.id).await?;
        let registry = self.outside_registry(condition.id).await?;
        Ok(Resolved::Here(Leading {
            condition: condition.link,
            leaders: leaders.map_err(to_domain)?,
            welcome: welcome.map(|(text, _)| text).unwrap_or_default(),
            registry,
            may_end: permit(actor, Action::EndLeaderships).is_ok(),
        }))
    }
}
