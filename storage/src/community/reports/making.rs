//! Reporting something.

use domain::{
    Error, Result,
    account::{Actor, Member, Submission},
    community::{ReportDraft, ReportReason, ReportState, ReportSubject},
    event::EventKind,
    policy::Quota,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, Value};
use uuid::Uuid;

use super::{CommunityStore, finding::Found};
use crate::{community::entity::report, error::to_domain, quota, token, write::Write};

/// Where in the queue a report with this reason puts its case.
fn place(reason: ReportReason) -> i64 {
    i64::from(reason != ReportReason::Danger)
}

impl CommunityStore {
    pub(super) async fn add_report(
        &self,
        (actor, member): (Actor, Member),
        subject: &ReportSubject,
        draft: ReportDraft,
        submission: &Submission,
    ) -> Result<()> {
        let draft = draft.check()?;
        let found = self.to_report(actor, subject).await?;
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first("reports/make", submission).await? {
            return Ok(());
        }
        quota::spend(&write, &self.database, actor, Quota::Reports).await?;
        let case = self.open_case(&write, subject, found).await?;
        let account = member.account.0;
        let before = report::Entity::find()
            .filter(report::Column::CaseId.eq(case))
            .filter(report::Column::AccountId.eq(account))
            .one(write.on())
            .await
            .map_err(to_domain)?;
        let place = place(draft.reason);
        let new = if let Some(before) = before {
            self.add_words(&write, before, draft).await?;
            0_i64
        } else {
            self.insert_report(&write, case, account, draft).await?;
            1
        };
        let sql = "UPDATE report_case SET reports = reports + $2, \
             place = CASE WHEN $3 < place THEN $3 ELSE place END WHERE id = $1";
        let values: Vec<Value> = vec![case.into(), new.into(), place.into()];
        write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?;
        write
            .record(EventKind::ReportMade, Some(case), None)
            .await?;
        write.commit().await
    }

    /// The open case about something, a new one where there is none. Its row is locked.
    async fn open_case(
        &self,
        write: &Write<'_>,
        subject: &ReportSubject,
        found: Found,
    ) -> Result<Uuid> {
        let sql = "INSERT INTO report_case (id, public_id, kind, subject, topic_id, post_number, \
             resource_id, member_id, condition_id, section, tip, revision_number, copy_title, \
             copy_text, place, reports, opened_at, state, answer) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, 0, $15, $16, '') \
             ON CONFLICT (subject) WHERE closed_at IS NULL \
             DO UPDATE SET subject = excluded.subject RETURNING id";
        let (topic, number) = found.topic.unzip();
        let values: Vec<Value> = vec![
            Uuid::now_v7().into(),
            token::public_id()?.into(),
            subject.kind().into(),
            found.key.into(),
            topic.into(),
            number.into(),
            found.resource.into(),
            found.member.into(),
            found.condition.into(),
            found.section.map(|kind| kind.as_str().to_owned()).into(),
            found.tip.into(),
            found.revision.into(),
            found.title.into(),
            found.text.into(),
            self.database.now().0.into(),
            ReportState::Open.as_str().into(),
        ];
        let row = write
            .on()
            .query_one_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?
            .ok_or(Error::Conflict)?;
        row.try_get("", "id").map_err(to_domain)
    }

    async fn insert_report(
        &self,
        write: &Write<'_>,
        case: Uuid,
        account: Uuid,
        draft: ReportDraft,
    ) -> Result<()> {
        let row = report::ActiveModel {
            id: Set(Uuid::now_v7()),
            public_id: Set(token::public_id()?),
            case_id: Set(case),
            account_id: Set(account),
            reason: Set(draft.reason.as_str().to_owned()),
            text: Set(draft.text),
            made_at: Set(self.database.now().0),
            added_at: Set(None),
        };
        report::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map(drop)
            .map_err(to_domain)
    }

    /// Adds to what somebody has said about the same before.
    async fn add_words(
        &self,
        write: &Write<'_>,
        before: report::Model,
        draft: ReportDraft,
    ) -> Result<()> {
        if before.added_at.is_some() {
            return Err(Error::invalid(
                "text",
                "You have reported this and added to it already. A moderator will look at it.",
            ));
        }
        let text = match (before.text.is_empty(), draft.text.is_empty()) {
            (_, true) => before.text,
            (true, _) => draft.text,
            _ => format!("{}\n\n{}", before.text, draft.text),
        };
        // That somebody may be in danger outweighs what was said before.
        let reason = if draft.reason == ReportReason::Danger {
            draft.reason.as_str().to_owned()
        } else {
            before.reason
        };
        let row = report::ActiveModel {
            id: Set(before.id),
            text: Set(text),
            reason: Set(reason),
            added_at: Set(Some(self.database.now().0)),
            ..Default::default()
        };
        report::Entity::update(row)
            .exec(write.on())
            .await
            .map(drop)
            .map_err(to_domain)
    }
}
