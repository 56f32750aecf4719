//! Requests as who made them reads them, and who decides.

use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::ConditionLink,
    community::{
        CommunityRequest, RequestList, RequestState, RequestToDecide, Waiting, WaitingResource,
    },
    policy::Scope,
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{CommunityStore, may_decide};
use crate::{
    catalogue::MEMBERS,
    community::{discussions::reading::person, queue::Queue},
    error::to_domain,
    token::storable,
    wiki::{author, author_columns},
};

/// Requests on one page of the list.
const PAGE: usize = 30;
/// Requests of one's own that one is shown.
const OWN: usize = 20;
/// Suggestions of all communities on the page of what waits: when some are decided, others follow.
const WAITING: usize = 50;

/// Requests `r`.
const REQUESTS: &str = "SELECT r.id, r.public_id, r.name, r.why, r.links, r.leads, r.state, r.words, \
     r.made_at, r.decided_at, c.slug AS condition_slug, c.name AS condition_name \
     FROM community_request r LEFT JOIN condition c ON c.id = r.condition_id ";

/// What who decides needs besides.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub(super) id: Uuid,
    pub(super) account: Uuid,
    /// The condition that was made for it, or was there before.
    pub(super) condition: Option<Uuid>,
    pub(super) own: bool,
}

fn request(row: &QueryResult) -> std::result::Result<CommunityRequest, DbErr> {
    let links: String = row.try_get("", "links")?;
    let state: String = row.try_get("", "state")?;
    let slug: Option<String> = row.try_get("", "condition_slug")?;
    let name: Option<String> = row.try_get("", "condition_name")?;
    Ok(CommunityRequest {
        id: row.try_get("", "public_id")?,
        name: row.try_get("", "name")?,
        why: row.try_get("", "why")?,
        links: links.lines().map(str::to_owned).collect(),
        leads: row.try_get("", "leads")?,
        state: RequestState::from_name(&state),
        words: row.try_get("", "words")?,
        condition: slug
            .zip(name)
            .map(|(slug, name)| ConditionLink { slug, name }),
        made: Timestamp(row.try_get("", "made_at")?),
        decided: row.try_get::<Option<i64>>("", "decided_at")?.map(Timestamp),
    })
}

fn all(rows: &[QueryResult]) -> Result<Vec<CommunityRequest>> {
    let requests: std::result::Result<Vec<_>, _> = rows.iter().map(request).collect();
    requests.map_err(to_domain)
}

impl CommunityStore {
    pub(super) async fn request_of(&self, member: Member, id: &str) -> Result<CommunityRequest> {
        let sql = format!("{REQUESTS}WHERE r.account_id = $1 AND r.public_id = $2");
        let values = vec![member.account.0.into(), storable(id)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        request(&row).map_err(to_domain)
    }

    pub(super) async fn requests_of(&self, member: Member) -> Result<Vec<CommunityRequest>> {
        let sql = format!(
            "{REQUESTS}WHERE r.account_id = $1 ORDER BY r.made_at DESC, r.id DESC LIMIT {OWN}"
        );
        let values = vec![member.account.0.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        all(&rows)
    }

    pub(super) async fn request_list(
        &self,
        decided: bool,
        after: Option<&str>,
    ) -> Result<RequestList> {
        let queue = Queue {
            table: "community_request",
            row: "r",
        };
        let (part, values) = self.part_of(queue, decided, after, PAGE).await?;
        let sql = format!("{REQUESTS}{part}");
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let mut requests = all(&rows)?;
        let more = requests.len() > PAGE;
        requests.truncate(PAGE);
        let next = requests.last().filter(|_| more).map(|last| last.id.clone());
        Ok(RequestList { requests, next })
    }

    /// A request for who decides.
    pub(super) async fn to_decide_request(
        &self,
        actor: Actor,
        id: &str,
    ) -> Result<(Keys, RequestToDecide)> {
        let sql = format!(
            "SELECT q.*, account.id AS account_id, o.id AS condition_id, \
             CASE WHEN account.id = $1 THEN 1 ELSE 0 END AS own, \
             CASE WHEN o.source_id = $3 AND o.merged_into IS NULL THEN 1 ELSE 0 END AS made_here, {} \
             FROM ({REQUESTS}WHERE r.public_id = $2) q \
             JOIN community_request s ON s.id = q.id \
             JOIN account ON account.id = s.account_id \
             JOIN profile ON profile.account_id = account.id \
             LEFT JOIN condition o ON o.id = s.condition_id",
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), storable(id)?.into(), MEMBERS.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let read = || -> std::result::Result<_, DbErr> {
            let own = row.try_get::<i32>("", "own")? == 1;
            let request = request(&row)?;
            let made_here = row.try_get::<i32>("", "made_here")? == 1;
            let keys = Keys {
                id: row.try_get("", "id")?,
                account: row.try_get("", "account_id")?,
                condition: row.try_get("", "condition_id")?,
                own,
            };
            let may_decide = may_decide(actor, own).is_ok();
            let whole = RequestToDecide {
                by: author(&row)?,
                may_decide: may_decide && request.state == RequestState::Waiting,
                may_merge: may_decide && request.state == RequestState::Accepted && made_here,
                request,
            };
            Ok((keys, whole))
        };
        read().map_err(to_domain)
    }

    pub(super) async fn all_waiting(&self, actor: Actor) -> Result<Waiting> {
        let sql = format!(
            "SELECT r.public_id, r.title, r.created_at, c.slug, c.name FROM resource r \
             JOIN condition c ON c.id = r.condition_id WHERE r.state = 'waiting' \
             ORDER BY r.created_at, r.id LIMIT {WAITING}"
        );
        let rows = self.database.query(&sql, vec![]).await.map_err(to_domain)?;
        let resources = rows.iter().map(|row| {
            Ok(WaitingResource {
                id: row.try_get("", "public_id")?,
                condition: ConditionLink {
                    slug: row.try_get("", "slug")?,
                    name: row.try_get("", "name")?,
                },
                title: row.try_get("", "title")?,
                since: Timestamp(row.try_get("", "created_at")?),
            })
        });
        let resources: std::result::Result<Vec<_>, DbErr> = resources.collect();
        Ok(Waiting {
            requests: self.request_list(false, None).await?.requests,
            resources: resources.map_err(to_domain)?,
            first_posts: self.with_first_posts(WAITING).await?,
            appeals: self.appeal_list(false, None).await?.appeals,
            reports: self.case_list(actor, false, None).await?.cases,
        })
    }
}
