//! What administrators and the operator do with other people's accounts.

use domain::{
    Error, Result,
    account::{AccountRecord, Actor, ModerationAction, Standing},
    event::EventKind,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{OnConflict, Query},
};
use uuid::Uuid;

use super::{
    AccountStore,
    entity::{account, account_role, moderation_action, second_factor as second_factor_row},
    second_factor, session,
};
use crate::{error::to_domain, write::Write};

/// Most characters of a reason.
const REASON_LONGEST: usize = 500;

fn check_reason(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.is_empty()
        || reason.chars().count() > REASON_LONGEST
        || reason.contains(char::is_control)
    {
        return Err(Error::invalid(
            "reason",
            format!(
                "Say why in one line of at most {REASON_LONGEST} characters. They will see this."
            ),
        ));
    }
    Ok(reason)
}

impl AccountStore {
    pub(super) async fn record_action(
        &self,
        actor: Actor,
        who: &str,
        taken: ModerationAction,
        reason: &str,
    ) -> Result<AccountRecord> {
        let reason = check_reason(reason)?;
        let row = self.named(who).await?;
        if actor
            .member()
            .is_some_and(|member| member.account.0 == row.id)
        {
            return Err(Error::Forbidden {
                reason: "someone else must do that with your account.".to_owned(),
            });
        }
        if taken == ModerationAction::ResetSecondFactor && actor != Actor::Operator {
            return Err(Error::Forbidden {
                reason: "only the operator does that, who makes sure who asks for it.".to_owned(),
            });
        }
        let write = Write::begin(&self.database, actor).await?;
        if self.apply(&write, &row, taken, reason).await? {
            // Whatever it is: no page of a visitor shows the account as it was.
            write.commit().await?;
        }
        self.record(&row.handle).await
    }

    /// Turns everybody's second factor off, because the key is lost under which the secrets are. Tells
    /// how many.
    pub(crate) async fn reset_second_factors(
        &self,
        write: &Write<'_>,
        reason: &str,
    ) -> Result<usize> {
        let reason = check_reason(reason)?;
        let rows = account::Entity::find()
            .filter(
                account::Column::Id.in_subquery(
                    Query::select()
                        .column(second_factor_row::Column::AccountId)
                        .from(second_factor_row::Entity)
                        .and_where(second_factor_row::Column::SetUpAt.is_not_null())
                        .take(),
                ),
            )
            .all(write.on())
            .await
            .map_err(to_domain)?;
        let mut turned_off = 0;
        for row in rows {
            let taken = ModerationAction::ResetSecondFactor;
            turned_off += usize::from(self.apply(write, &row, taken, reason).await?);
        }
        second_factor_row::Entity::delete_many()
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        Ok(turned_off)
    }

    /// Takes the action and records it. Tells whether anything is different afterwards.
    async fn apply(
        &self,
        write: &Write<'_>,
        row: &account::Model,
        taken: ModerationAction,
        reason: &str,
    ) -> Result<bool> {
        if !self.change(write, row, taken).await? {
            return Ok(false);
        }
        let done = moderation_action::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(row.id),
            kind: Set(taken.as_str().to_owned()),
            role: Set(taken.role().map(|role| role.as_str().to_owned())),
            reason: Set(reason.to_owned()),
            actor_id: Set(write.actor().member().map(|member| member.account.0)),
            created_at: Set(self.database.now().0),
        };
        moderation_action::Entity::insert(done)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let kind = match taken {
            ModerationAction::Grant(_) => EventKind::RoleGranted,
            ModerationAction::Revoke(_) => EventKind::RoleRevoked,
            ModerationAction::Suspend => EventKind::AccountSuspended,
            ModerationAction::Restore => EventKind::AccountRestored,
            ModerationAction::EndSessions => EventKind::SessionsEnded,
            ModerationAction::ResetSecondFactor => EventKind::SecondFactorTurnedOff,
        };
        write.record(kind, Some(row.id), None).await?;
        Ok(true)
    }

    async fn change(
        &self,
        write: &Write<'_>,
        row: &account::Model,
        taken: ModerationAction,
    ) -> Result<bool> {
        let id = row.id;
        match taken {
            ModerationAction::Grant(role) => {
                let row = account_role::ActiveModel {
                    account_id: Set(id),
                    role: Set(role.as_str().to_owned()),
                    granted_at: Set(self.database.now().0),
                };
                account_role::Entity::insert(row)
                    .on_conflict(OnConflict::new().do_nothing().to_owned())
                    .exec_without_returning(write.on())
                    .await
                    .map(|rows| rows > 0)
                    .map_err(to_domain)
            }
            ModerationAction::Revoke(role) => {
                account_role::Entity::delete_by_id((id, role.as_str().to_owned()))
                    .exec(write.on())
                    .await
                    .map(|done| done.rows_affected > 0)
                    .map_err(to_domain)
            }
            ModerationAction::Suspend => self.set_standing(write, id, Standing::Suspended).await,
            ModerationAction::Restore => self.set_standing(write, id, Standing::Good).await,
            // Kept as a decision also where there was nothing to end.
            ModerationAction::EndSessions => {
                session::end_all(write, &self.database, id, None).await?;
                session::forget_devices(write, id).await?;
                Ok(true)
            }
            ModerationAction::ResetSecondFactor => {
                let was_on = second_factor::remove(write, &self.database, row).await?;
                if was_on {
                    session::end_all(write, &self.database, id, None).await?;
                    session::forget_devices(write, id).await?;
                }
                Ok(was_on)
            }
        }
    }

    async fn set_standing(&self, write: &Write<'_>, id: Uuid, standing: Standing) -> Result<bool> {
        let row = account::Entity::find_by_id(id)
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        if Standing::from_name(&row.standing) == standing {
            return Ok(false);
        }
        let row = account::ActiveModel {
            id: Set(id),
            standing: Set(standing.as_str().to_owned()),
            updated_at: Set(self.database.now().0),
            ..Default::default()
        };
        row.update(write.on())
            .await
            .map(|_| true)
            .map_err(to_domain)
    }
}
