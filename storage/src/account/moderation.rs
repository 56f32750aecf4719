//! What administrators and the operator do with other people's accounts.

use domain::{
    Error, Result,
    account::{AccountRecord, Actor, ModerationAction, Standing, suspension_end},
    event::EventKind,
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::{OnConflict, Query},
};
use uuid::Uuid;

use super::{
    AccountStore,
    entity::{account, account_role, moderation_action, second_factor as second_factor_row},
    second_factor, session,
};
use crate::{Database, error::to_domain, token, write::Write};

/// Most characters of a reason.
const REASON_LONGEST: usize = 500;

pub(super) fn check_reason(reason: &str) -> Result<&str> {
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
        // Asked once: the hour may end meanwhile.
        let until = end_of(&self.database, taken);
        if self.apply(&write, &row, (taken, until), reason).await? {
            // Whatever it is: no page of a visitor shows the account as it was.
            write.commit().await?;
            if let Some(end) = until {
                self.database.changes().ends_at(end);
            }
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
            turned_off += usize::from(self.apply(write, &row, (taken, None), reason).await?);
        }
        second_factor_row::Entity::delete_many()
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        Ok(turned_off)
    }

    /// Takes the action and records it. Tells whether anything is different afterwards.
    pub(super) async fn apply(
        &self,
        write: &Write<'_>,
        row: &account::Model,
        (taken, until): (ModerationAction, Option<Timestamp>),
        reason: &str,
    ) -> Result<bool> {
        if !self.change(write, row, (taken, until)).await? {
            return Ok(false);
        }
        let done = note(write, &self.database, row.id, (taken, until), reason).await?;
        let kind = match taken {
            ModerationAction::Grant(_) => EventKind::RoleGranted,
            ModerationAction::Revoke(_) => EventKind::RoleRevoked,
            ModerationAction::Warn => EventKind::AccountWarned,
            ModerationAction::Suspend { .. } => EventKind::AccountSuspended,
            ModerationAction::Restore => EventKind::AccountRestored,
            ModerationAction::EndSessions => EventKind::SessionsEnded,
            ModerationAction::ResetSecondFactor => EventKind::SecondFactorTurnedOff,
        };
        // Of these the person is told, which needs to know of which decision.
        let subject = match taken {
            ModerationAction::Warn | ModerationAction::Suspend { .. } => done,
            _ => row.id,
        };
        write.record(kind, Some(subject), None).await?;
        Ok(true)
    }

    async fn change(
        &self,
        write: &Write<'_>,
        row: &account::Model,
        (taken, until): (ModerationAction, Option<Timestamp>),
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
            // Kept as a decision. Of it the person is told.
            ModerationAction::Warn => Ok(true),
            ModerationAction::Suspend { .. } => {
                set_standing(write, &self.database, id, (Standing::Suspended, until)).await
            }
            ModerationAction::Restore => {
                set_standing(write, &self.database, id, (Standing::Good, None)).await
            }
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

    /// Makes good again whose suspension has run out, which they are without it.
    pub(super) async fn end_suspensions(&self) -> Result<()> {
        let now = self.database.now().0;
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let sql = "UPDATE account SET standing = 'good', suspended_until = NULL \
             WHERE suspended_until <= $1";
        write
            .on()
            .execute_raw(self.database.statement(sql, vec![now.into()]))
            .await
            .map_err(to_domain)?;
        write.commit().await
    }
}

/// When what is done now ends by itself.
pub(super) fn end_of(database: &Database, taken: ModerationAction) -> Option<Timestamp> {
    match taken {
        ModerationAction::Suspend { days } => days.map(|days| suspension_end(database.now(), days)),
        _ => None,
    }
}

/// Records what was done with an account. Returns the id of that.
async fn note(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    (taken, until): (ModerationAction, Option<Timestamp>),
    reason: &str,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let done = moderation_action::ActiveModel {
        id: Set(id),
        public_id: Set(token::public_id()?),
        account_id: Set(account),
        kind: Set(taken.as_str().to_owned()),
        role: Set(taken.role().map(|role| role.as_str().to_owned())),
        reason: Set(reason.to_owned()),
        actor_id: Set(write.actor().member().map(|member| member.account.0)),
        created_at: Set(database.now().0),
        until_at: Set(until.map(|end| end.0)),
    };
    moderation_action::Entity::insert(done)
        .exec_without_returning(write.on())
        .await
        .map(|_| id)
        .map_err(to_domain)
}

async fn set_standing(
    write: &Write<'_>,
    database: &Database,
    id: Uuid,
    (standing, until): (Standing, Option<Timestamp>),
) -> Result<bool> {
    let row = account::Entity::find_by_id(id)
        .one(write.on())
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let present = row.suspended_until.map(Timestamp);
    let is = Standing::at(&row.standing, present, database.now());
    // Another end of a suspension is another decision.
    if is == standing && (is == Standing::Good || present == until) {
        return Ok(false);
    }
    let row = account::ActiveModel {
        id: Set(id),
        standing: Set(standing.as_str().to_owned()),
        suspended_until: Set(until.map(|until| until.0)),
        updated_at: Set(database.now().0),
        ..Default::default()
    };
    row.update(write.on())
        .await
        .map(|_| true)
        .map_err(to_domain)
}

/// Ends a suspension because an appeal against it was right.
pub(crate) async fn restore(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    reason: &str,
) -> Result<()> {
    if set_standing(write, database, account, (Standing::Good, None)).await? {
        let taken = ModerationAction::Restore;
        note(write, database, account, (taken, None), reason).await?;
        let kind = EventKind::AccountRestored;
        write.record(kind, Some(account), None).await?;
    }
    Ok(())
}
