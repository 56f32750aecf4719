//! Questions that are not for an expert to answer, and that are opened again.

use domain::{Result, account::Actor, community::check_decline_reason, event::EventKind};
use sea_orm::ConnectionTrait;

use super::forbidden;
use crate::{community::CommunityStore, error::to_domain, write::Write};

impl CommunityStore {
    pub(super) async fn decline_question(
        &self,
        actor: Actor,
        id: &str,
        reason: &str,
    ) -> Result<()> {
        let topic = self.readable_question(actor, id).await?;
        let reason = check_decline_reason("reason", reason)?;
        if topic.declined.is_some() {
            return Ok(());
        }
        let write = Write::begin(&self.database, actor).await?;
        // An answer that comes at the same time waits for this row, or is there before.
        let declined = write
            .on()
            .execute_raw(self.database.statement(
                "UPDATE topic SET decline_reason = $1 \
                 WHERE id = $2 AND decline_reason IS NULL AND expert_answers = 0",
                vec![reason.into(), topic.id.into()],
            ))
            .await
            .map_err(to_domain)?;
        if declined.rows_affected() == 0 {
            return Err(forbidden("an expert has answered this question."));
        }
        let kind = EventKind::QuestionDeclined;
        write
            .record(kind, Some(topic.id), Some(topic.condition_id))
            .await?;
        write.commit().await
    }

    pub(super) async fn reopen_question(&self, actor: Actor, id: &str) -> Result<()> {
        let topic = self.readable_question(actor, id).await?;
        let write = Write::begin(&self.database, actor).await?;
        let reopened = write
            .on()
            .execute_raw(self.database.statement(
                "UPDATE topic SET decline_reason = NULL \
                 WHERE id = $1 AND decline_reason IS NOT NULL",
                vec![topic.id.into()],
            ))
            .await
            .map_err(to_domain)?;
        if reopened.rows_affected() == 0 {
            return Ok(());
        }
        let kind = EventKind::QuestionReopened;
        write
            .record(kind, Some(topic.id), Some(topic.condition_id))
            .await?;
        write.commit().await
    }
}
