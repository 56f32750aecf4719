//! What somebody has reported, and what became of it.

use domain::{
    Error, Result,
    account::Member,
    community::{OwnReport, OwnReports, ReportReason, ReportState, ReportSubject},
    time::Timestamp,
    wiki::SectionKind,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::CommunityStore;
use crate::{error::to_domain, token::storable};

/// Reports on one page.
const PAGE: usize = 30;

/// What names the thing that the case `k` is about, where it is still there.
pub(super) const NAMES: &str = "k.kind, k.post_number, k.section, k.tip, \
     t.public_id AS topic_public_id, r.public_id AS resource_public_id, \
     m.handle AS member_handle, c.slug AS condition_slug";

/// The rows that it is named by.
pub(super) const NAMED: &str = "LEFT JOIN topic t ON t.id = k.topic_id \
     LEFT JOIN resource r ON r.id = k.resource_id \
     LEFT JOIN account m ON m.id = k.member_id \
     LEFT JOIN condition o ON o.id = k.condition_id \
     LEFT JOIN condition c ON c.id = coalesce(o.merged_into, o.id)";

/// What a case is about, by the columns of [`NAMES`].
pub(super) fn subject(row: &QueryResult) -> std::result::Result<Option<ReportSubject>, DbErr> {
    let kind: String = row.try_get("", "kind")?;
    let text = |column: &str| row.try_get::<Option<String>>("", column);
    let slug = text("condition_slug")?;
    Ok(match kind.as_str() {
        "post" => text("topic_public_id")?
            .zip(row.try_get::<Option<i64>>("", "post_number")?)
            .map(|(topic, number)| ReportSubject::Post { topic, number }),
        "resource" => text("resource_public_id")?.map(|id| ReportSubject::Resource { id }),
        "member" => text("member_handle")?.map(|handle| ReportSubject::Member { handle }),
        "section" => slug
            .zip(text("section")?.as_deref().and_then(SectionKind::parse))
            .map(|(slug, kind)| ReportSubject::Section { slug, kind }),
        _ => slug
            .zip(text("tip")?)
            .map(|(slug, id)| ReportSubject::Tip { slug, id }),
    })
}

fn own_report(row: &QueryResult) -> std::result::Result<OwnReport, DbErr> {
    let reason: String = row.try_get("", "reason")?;
    let state: String = row.try_get("", "state")?;
    Ok(OwnReport {
        id: row.try_get("", "public_id")?,
        kind: row.try_get("", "kind")?,
        subject: subject(row)?,
        reason: ReportReason::from_name(&reason),
        text: row.try_get("", "text")?,
        made: Timestamp(row.try_get("", "made_at")?),
        state: ReportState::from_name(&state),
        answer: row.try_get("", "answer")?,
    })
}

impl CommunityStore {
    pub(super) async fn reports_of(
        &self,
        member: Member,
        after: Option<&str>,
    ) -> Result<OwnReports> {
        let mut values: Vec<Value> = vec![member.account.0.into()];
        let mut behind = "";
        if let Some(after) = after {
            let sql = "SELECT x.made_at, x.id FROM report x \
                 WHERE x.account_id = $1 AND x.public_id = $2";
            let named = vec![member.account.0.into(), storable(after)?.into()];
            let row = self.database.query_one(sql, named).await;
            let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let at: i64 = row.try_get("", "made_at").map_err(to_domain)?;
            let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
            values.extend([at.into(), id.into()]);
            behind = "AND (x.made_at, x.id) < ($2, $3) ";
        }
        let sql = format!(
            "SELECT x.public_id, x.reason, x.text, x.made_at, k.state, k.answer, {NAMES} \
             FROM report x JOIN report_case k ON k.id = x.case_id {NAMED} \
             WHERE x.account_id = $1 {behind}ORDER BY x.made_at DESC, x.id DESC LIMIT {}",
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let reports: std::result::Result<Vec<_>, _> = rows.iter().map(own_report).collect();
        let mut reports = reports.map_err(to_domain)?;
        let more = reports.len() > PAGE;
        reports.truncate(PAGE);
        let next = reports.last().filter(|_| more).map(|last| last.id.clone());
        Ok(OwnReports { reports, next })
    }
}
