//! What moderators do with cases: notes, and closing them.

use std::time::Duration;

use domain::{
    Error, Result,
    account::{Actor, Submission},
    community::{ReportState, check_report_answer, check_report_note},
    event::EventKind,
};
use sea_orm::{ConnectionTrait, EntityTrait, Set, Value};
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    Database, community::entity::report_note, error::to_domain, token::micros, write::Write,
};

/// What was reported is kept for so long once the case is closed.
const COPY_KEPT: Duration = Duration::from_hours(24 * 182);

/// Deletes what closed cases keep of what was reported, when it is old.
pub(in crate::community) async fn forget_copies(database: &Database) -> Result<()> {
    let sql = "UPDATE report_case SET copy_title = '', copy_text = '' \
         WHERE copy_title <> '' AND closed_at < $1";
    let values = vec![(database.now().0 - micros(COPY_KEPT)).into()];
    database
        .writer()
        .execute_raw(database.statement(sql, values))
        .await
        .map(drop)
        .map_err(to_domain)
}

impl CommunityStore {
    pub(super) async fn add_note(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        submission: &Submission,
    ) -> Result<()> {
        let (keys, _) = self.found_case(actor, id).await?;
        let text = check_report_note("text", text)?;
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first("reports/note", submission).await? {
            return Ok(());
        }
        let row = report_note::ActiveModel {
            id: Set(Uuid::now_v7()),
            case_id: Set(keys.id),
            account_id: Set(actor.member().map(|member| member.account.0)),
            text: Set(text),
            written_at: Set(self.database.now().0),
        };
        report_note::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write.commit().await
    }

    pub(super) async fn close(
        &self,
        actor: Actor,
        id: &str,
        state: ReportState,
        answer: &str,
    ) -> Result<()> {
        let (keys, _) = self.found_case(actor, id).await?;
        if state == ReportState::Open {
            return Err(Error::invalid("state", "Choose whether you agree."));
        }
        let answer = check_report_answer("text", answer)?;
        let write = Write::begin(&self.database, actor).await?;
        let sql = "UPDATE report_case SET state = $2, answer = $3, closed_at = $4, closed_by = $5 \
             WHERE id = $1 AND closed_at IS NULL";
        let values: Vec<Value> = vec![
            keys.id.into(),
            state.as_str().into(),
            answer.into(),
            self.database.now().0.into(),
            actor.member().map(|member| member.account.0).into(),
        ];
        let closed = write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await
            .map_err(to_domain)?;
        if closed.rows_affected() == 0 {
            return Err(Error::Conflict);
        }
        write
            .record(EventKind::ReportClosed, Some(keys.id), None)
            .await?;
        write.commit().await
    }
}
