//! Resources as somebody reads them. What waits does not leave here but for its author and for whoever
//! decides.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    account::Actor,
    catalogue::{ConditionLink, Resolved},
    community::{
        GatheredResource, GatheredResources, Resource, ResourceKind, ResourceLanguage,
        ResourceLine, ResourceList, ResourceState,
    },
    policy::{Action, CommunityRole, permit, permit_in},
    time::{PartialDate, Timestamp},
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{CommunityStore, may_decide};
use crate::{
    catalogue::address,
    changes,
    community::{
        discussions::reading::person,
        leaders::{self, InCommunity},
    },
    error::to_domain,
    token::storable,
};

/// Resources on one page of a list.
const PAGE: usize = 30;
/// Resources on the page of their condition.
const NEWEST: usize = 3;
/// Suggestions that wait, on the page of their community: when some are decided, others follow.
const WAITING: usize = 50;
/// Declined and removed ones that their author is shown.
const REFUSED: usize = 20;

/// Rows `r` of resources, for the person `$1`.
fn resources_sql() -> String {
    format!(
        "SELECT r.id AS resource_id, r.public_id, r.condition_id, r.state, r.kind, \
         r.title, r.description, r.link, r.published, r.language, r.reason, \
         coalesce(r.decided_at, r.created_at) AS since, c.slug, c.name, \
         CASE WHEN r.account_id = $1 THEN 1 ELSE 0 END AS own, {} AS leads \
         FROM resource r JOIN condition c ON c.id = r.condition_id WHERE",
        leaders::leads("r.condition_id")
    )
}

/// The keys of a resource.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub(super) id: Uuid,
    pub(super) condition: Uuid,
    /// What who asks is in its community.
    pub(super) role: CommunityRole,
}

fn line(row: &QueryResult) -> std::result::Result<ResourceLine, DbErr> {
    let published: Option<String> = row.try_get("", "published")?;
    let kind: String = row.try_get("", "kind")?;
    let language: String = row.try_get("", "language")?;
    Ok(ResourceLine {
        id: row.try_get("", "public_id")?,
        title: row.try_get("", "title")?,
        description: row.try_get("", "description")?,
        link: row.try_get("", "link")?,
        date: published.as_deref().and_then(PartialDate::parse),
        kind: ResourceKind::from_name(&kind)
            .ok_or_else(|| DbErr::Type(format!("no kind of resource: {kind}")))?,
        language: ResourceLanguage::from_code(&language).unwrap_or(ResourceLanguage::ENGLISH),
        since: Timestamp(row.try_get("", "since")?),
    })
}

fn condition(row: &QueryResult) -> std::result::Result<ConditionLink, DbErr> {
    Ok(ConditionLink {
        slug: row.try_get("", "slug")?,
        name: row.try_get("", "name")?,
    })
}

fn gathered(row: &QueryResult) -> std::result::Result<GatheredResource, DbErr> {
    Ok(GatheredResource {
        condition: condition(row)?,
        resource: line(row)?,
    })
}

/// A resource with what who asks may do about it.
fn whole(actor: Actor, row: &QueryResult) -> std::result::Result<Resource, DbErr> {
    let state: String = row.try_get("", "state")?;
    let state = ResourceState::from_name(&state);
    let own = row.try_get::<i32>("", "own")? == 1;
    let role = role(row)?;
    Ok(Resource {
        condition: condition(row)?,
        line: line(row)?,
        state,
        reason: row.try_get("", "reason")?,
        own,
        may_decide: state == ResourceState::Waiting && may_decide(actor, role, own).is_ok(),
        may_remove: state == ResourceState::Approved && decides(actor, role),
    })
}

/// What who asks is in the community of a resource.
fn role(row: &QueryResult) -> std::result::Result<CommunityRole, DbErr> {
    let leads: i32 = row.try_get("", "leads")?;
    Ok(CommunityRole::of(leads == 1))
}

fn decides(actor: Actor, role: CommunityRole) -> bool {
    permit_in(actor, Action::DecideResources, role).is_ok()
}

/// Names of kinds as a list of SQL; none of them needs quoting.
fn names(kinds: &[ResourceKind]) -> String {
    let names: Vec<_> = kinds
        .iter()
        .map(|kind| format!("'{}'", kind.as_str()))
        .collect();
    names.join(", ")
}

impl CommunityStore {
    /// Approved resources of a community or of all, of some kinds, so many behind the one with an id,
    /// and whether there are more.
    async fn approved(
        &self,
        community: Option<Uuid>,
        kinds: &[ResourceKind],
        after: Option<&str>,
        most: usize,
    ) -> Result<(Vec<GatheredResource>, Option<String>)> {
        let reading = self.approved_of(community, kinds, after, most);
        changes::of_condition(community, reading).await
    }

    async fn approved_of(
        &self,
        community: Option<Uuid>,
        kinds: &[ResourceKind],
        after: Option<&str>,
        most: usize,
    ) -> Result<(Vec<GatheredResource>, Option<String>)> {
        let resources = resources_sql();
        let mut values: Vec<Value> = vec![Uuid::nil().into()];
        let mut among = " r.state = 'approved' ".to_owned();
        // Writing to a String cannot fail.
        if let Some(community) = community {
            values.push(community.into());
            among.push_str("AND r.condition_id = $2 ");
        }
        if kinds.len() < ResourceKind::ALL.len() {
            let _ = write!(among, "AND r.kind IN ({}) ", names(kinds));
        }
        if let Some(after) = after {
            // One that is not in this list has no place in it.
            let mut named = values.clone();
            named.push(storable(after)?.into());
            let sql = format!("{resources}{among}AND r.public_id = ${}", named.len());
            let row = self.database.query_one(&sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let at: i64 = row.try_get("", "since").map_err(to_domain)?;
            let id: Uuid = row.try_get("", "resource_id").map_err(to_domain)?;
            values.extend([at.into(), id.into()]);
            let first = values.len() - 1;
            let _ = write!(
                among,
                "AND (r.decided_at, r.id) < (${first}, ${}) ",
                first + 1
            );
        }
        let sql = format!(
            "{resources}{among}ORDER BY r.decided_at DESC, r.id DESC LIMIT {}",
            most + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let resources = rows.iter().map(gathered);
        let resources: std::result::Result<Vec<_>, _> = resources.collect();
        let mut resources = resources.map_err(to_domain)?;
        let more = resources.len() > most;
        resources.truncate(most);
        let next = resources
            .last()
            .filter(|_| more)
            .map(|last| last.resource.id.clone());
        Ok((resources, next))
    }

    /// Resources of a community that are not approved, by a condition about the person `$1`.
    async fn others(
        &self,
        actor: Actor,
        community: Uuid,
        (which, order): (&str, &str),
        most: usize,
    ) -> Result<Vec<Resource>> {
        let sql = format!(
            "{} r.condition_id = $2 AND {which} ORDER BY {order} LIMIT {most}",
            resources_sql()
        );
        let values = vec![person(actor), community.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let resources = rows.iter().map(|row| whole(actor, row));
        let resources: std::result::Result<Vec<_>, _> = resources.collect();
        resources.map_err(to_domain)
    }

    pub(super) async fn resource_list(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<ResourceKind>,
        after: Option<&str>,
    ) -> Result<Resolved<ResourceList>> {
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let one = kind.map(|kind| [kind]);
        let kinds = one
            .as_ref()
            .map_or(&ResourceKind::ALL[..], |kind| &kind[..]);
        let (resources, next) = self
            .approved(Some(condition.id), kinds, after, PAGE)
            .await?;
        let InCommunity { joined, role } = self.in_community(actor, condition.id).await?;
        let (mut waiting, mut refused) = (Vec::new(), Vec::new());
        if actor.member().is_some() && after.is_none() {
            let which = if decides(actor, role) {
                "r.state = 'waiting'"
            } else {
                "r.state = 'waiting' AND r.account_id = $1"
            };
            let oldest = (which, "r.created_at, r.id");
            waiting = self.others(actor, condition.id, oldest, WAITING).await?;
            let newest = (
                "r.state IN ('declined', 'removed') AND r.account_id = $1",
                "since DESC, r.id DESC",
            );
            refused = self.others(actor, condition.id, newest, REFUSED).await?;
        }
        Ok(Resolved::Here(ResourceList {
            since: condition.since,
            condition: condition.link,
            kind,
            resources: resources.into_iter().map(|one| one.resource).collect(),
            next,
            joined,
            may_suggest: joined && permit(actor, Action::SuggestResources).is_ok(),
            may_decide: decides(actor, role),
            waiting,
            refused,
        }))
    }

    pub(super) async fn latest_resources(&self, condition: Uuid) -> Result<Vec<ResourceLine>> {
        let kinds = &ResourceKind::ALL;
        let (resources, _) = self.approved(Some(condition), kinds, None, NEWEST).await?;
        Ok(resources.into_iter().map(|one| one.resource).collect())
    }

    pub(super) async fn gathered_resources(
        &self,
        kind: Option<ResourceKind>,
        after: Option<&str>,
    ) -> Result<GatheredResources> {
        if kind.is_some_and(|kind| !ResourceKind::GATHERED.contains(&kind)) {
            return Err(Error::NotFound);
        }
        let one = kind.map(|kind| [kind]);
        let kinds = one
            .as_ref()
            .map_or(&ResourceKind::GATHERED[..], |kind| &kind[..]);
        let (resources, next) = self.approved(None, kinds, after, PAGE).await?;
        Ok(GatheredResources {
            kind,
            resources,
            next,
        })
    }

    /// The resource with an id, for whoever has suggested it or decides about it.
    pub(super) async fn one_resource(&self, actor: Actor, id: &str) -> Result<(Keys, Resource)> {
        let sql = resources_sql() + " r.public_id = $2";
        let values = vec![person(actor), storable(id)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let resource = whole(actor, &row).map_err(to_domain)?;
        let role = role(&row).map_err(to_domain)?;
        if !resource.own
            && let Err(refused) = permit_in(actor, Action::DecideResources, role)
        {
            return Err(match resource.state {
                ResourceState::Approved => refused,
                _ => Error::NotFound,
            });
        }
        let keys = Keys {
            id: row.try_get("", "resource_id").map_err(to_domain)?,
            condition: row.try_get("", "condition_id").map_err(to_domain)?,
            role,
        };
        Ok((keys, resource))
    }
}
