//! What becomes of appeals.

use domain::{
    Error, Result,
    account::Actor,
    community::{
        AppealDecision, AppealObstacle, AppealState, AppealToDecide, ContentAction, DecisionKind,
        check_appeal_answer,
    },
    event::EventKind,
};
use sea_orm::ConnectionTrait;

use super::{acting::event_of, appeals::Keys, changing::Change};
use crate::{
    account::{self, SUSPEND},
    community::{CommunityStore, forbidden},
    error::to_domain,
    write::Write,
};

impl CommunityStore {
    pub(super) async fn settle_appeal(
        &self,
        actor: Actor,
        id: &str,
        decision: AppealDecision,
        words: &str,
    ) -> Result<()> {
        let (keys, present) = self.appeal_with(actor, id).await?;
        match present.obstacle {
            Some(AppealObstacle::TookDecision) => {
                return Err(forbidden(
                    "you have taken this decision, so someone else decides about the appeal.",
                ));
            }
            Some(AppealObstacle::Concerned) => {
                return Err(forbidden(
                    "this is about you, so someone else decides about the appeal.",
                ));
            }
            None => {}
        }
        let words = check_appeal_answer("words", words)?;
        if present.appeal.state != AppealState::Waiting {
            return if present.appeal.state == decision.state() {
                Ok(())
            } else {
                Err(Error::Conflict)
            };
        }
        let write = Write::begin(&self.database, actor).await?;
        let values = vec![
            decision.state().as_str().into(),
            words.clone().into(),
            self.database.now().0.into(),
            keys.appeal.into(),
        ];
        let decided = write
            .on()
            .execute_raw(self.database.statement(
                "UPDATE appeal SET state = $1, answer = $2, decided_at = $3 \
                 WHERE id = $4 AND state = 'waiting'",
                values,
            ))
            .await
            .map_err(to_domain)?;
        // Of two who decide at once, one does.
        if decided.rows_affected() == 0 {
            return Err(Error::Conflict);
        }
        if decision == AppealDecision::Lift {
            self.undo(&write, &keys, &present, &words).await?;
        }
        let community = keys.content.map(|(_, _, community)| community);
        write
            .record(EventKind::AppealDecided, Some(keys.appeal), community)
            .await?;
        write.commit().await
    }

    /// Undoes a decision, as far as it is in force.
    async fn undo(
        &self,
        write: &Write<'_>,
        keys: &Keys,
        present: &AppealToDecide,
        words: &str,
    ) -> Result<()> {
        let action = match &present.kind {
            DecisionKind::Content(action) => *action,
            DecisionKind::Account { action, .. } => {
                let account = keys.account.filter(|_| keys.is_last);
                if let Some(account) = account.filter(|_| action == SUSPEND) {
                    account::restore(write, &self.database, account, words).await?;
                }
                return Ok(());
            }
        };
        let (Some((decision, topic, mut community)), Some(post)) = (keys.content, &present.post)
        else {
            return Ok(());
        };
        let change = Change {
            write,
            database: &self.database,
        };
        // What has ended before is not ended again: it may have been done anew.
        if !change.end_one(decision).await? {
            return Ok(());
        }
        let (ended, undone) = match action {
            ContentAction::Hide => {
                let post = self.post(topic, post.number).await?;
                (ContentAction::Show, change.show(&post).await?)
            }
            ContentAction::Lock => (ContentAction::Unlock, change.unlock(topic).await?),
            ContentAction::Move => {
                let back = match keys.moved {
                    Some((from, to)) => change.relocate(topic, (to, from)).await?,
                    None => None,
                };
                community = back.unwrap_or(community);
                (ContentAction::Move, back.is_some())
            }
            ContentAction::Note => {
                let post = self.post(topic, post.number).await?;
                let removed = change.remove_note(post.id).await?;
                (ContentAction::RemoveNote, removed)
            }
            ContentAction::Show
            | ContentAction::Unlock
            | ContentAction::RemoveNote
            | ContentAction::Warn => return Ok(()),
        };
        if undone {
            write
                .record(event_of(ended), Some(decision), Some(community))
                .await?;
        }
        Ok(())
    }
}
