//! The queue of cases. Nobody finds one about themselves in it.

use domain::{
    Error, Result,
    account::Actor,
    community::{CaseLine, CaseList, ReportState},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    community::{aliases::is_by, discussions::reading::person},
    error::to_domain,
    token::storable,
};

/// Cases on one page.
const PAGE: usize = 30;

/// The columns of a case `k` in a list.
pub(super) const LINE: &str =
    "k.public_id, k.kind, k.copy_title, k.place, k.reports, k.opened_at, k.state";

/// The rows through which it is found whose thing the case `k` is about.
pub(super) const OWNED: &str = "LEFT JOIN post p ON p.topic_id = k.topic_id AND p.number = k.post_number \
     LEFT JOIN resource q ON q.id = k.resource_id \
     LEFT JOIN revision v ON v.number = k.revision_number";

/// Whose it is.
pub(super) const OWNER: &str = "coalesce(k.member_id, p.account_id, q.account_id, v.author_id)";

/// Whether the case `k` is for the person `$1`: not about themselves.
pub(super) fn anothers() -> String {
    format!(
        "(({OWNER} IS NULL OR {OWNER} <> $1) AND NOT {})",
        is_by("p", "p.topic_id", "$1")
    )
}

pub(super) fn line(row: &QueryResult) -> std::result::Result<CaseLine, DbErr> {
    let state: String = row.try_get("", "state")?;
    Ok(CaseLine {
        id: row.try_get("", "public_id")?,
        kind: row.try_get("", "kind")?,
        title: row.try_get("", "copy_title")?,
        urgent: row.try_get::<i64>("", "place")? == 0,
        reports: row.try_get("", "reports")?,
        opened: Timestamp(row.try_get("", "opened_at")?),
        state: ReportState::from_name(&state),
    })
}

impl CommunityStore {
    pub(in crate::community) async fn case_list(
        &self,
        actor: Actor,
        closed: bool,
        after: Option<&str>,
    ) -> Result<CaseList> {
        let mut values: Vec<Value> = vec![person(actor)];
        let which = if closed {
            "k.closed_at IS NOT NULL"
        } else {
            "k.closed_at IS NULL"
        };
        let mut behind = "";
        if let Some(after) = after {
            // One that was closed since it was on the page before still has its place among the open.
            let placed = if closed { which } else { "1 = 1" };
            let sql = format!(
                "SELECT k.place, k.opened_at, k.closed_at, k.id FROM report_case k {OWNED} \
                 WHERE k.public_id = $2 AND {placed} AND {}",
                anothers()
            );
            let named = vec![person(actor), storable(after)?.into()];
            let row = self.database.query_one(&sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let at = if closed { "closed_at" } else { "opened_at" };
            let at: i64 = row.try_get("", at).map_err(to_domain)?;
            let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
            values.extend([at.into(), id.into()]);
            behind = if closed {
                "AND (k.closed_at, k.id) < ($2, $3) "
            } else {
                values.push(row.try_get::<i64>("", "place").map_err(to_domain)?.into());
                "AND (k.place, k.opened_at, k.id) > ($4, $2, $3) "
            };
        }
        let order = if closed {
            "k.closed_at DESC, k.id DESC"
        } else {
            "k.place, k.opened_at, k.id"
        };
        let sql = format!(
            "SELECT {LINE} FROM report_case k {OWNED} WHERE {which} AND {} {behind}\
             ORDER BY {order} LIMIT {}",
            anothers(),
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let cases: std::result::Result<Vec<_>, _> = rows.iter().map(line).collect();
        let mut cases = cases.map_err(to_domain)?;
        let more = cases.len() > PAGE;
        cases.truncate(PAGE);
        let next = cases.last().filter(|_| more).map(|last| last.id.clone());
        Ok(CaseList { cases, next })
    }
}
