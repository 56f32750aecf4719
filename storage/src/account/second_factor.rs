//! Second factors: codes from an app (RFC 6238) and recovery codes.

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{
        Actor, Member, Password, RECOVERY_CODE_DIGITS, RECOVERY_CODES, SET_UP_BEGUN_FOR,
        SecondFactor, SecondFactorCode, SecondFactors, throttle::Counted,
    },
    event::EventKind,
    mail::Letter,
    policy::Action,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use super::{
    AccountStore, begun_sign_in,
    entity::{account, recovery_code, second_factor},
    session,
    throttle::Attempt,
};
use crate::{
    Database,
    error::{internal, to_domain},
    mail::post,
    token,
    write::Write,
};

/// Bytes of a secret: as many as a code is made with (RFC 4226, 4, requirement 6).
const SECRET_BYTES: usize = 20;

pub(super) fn place(account: Uuid) -> String {
    format!("second_factor.secret {}", account.simple())
}

/// Until the first code has come the secret is for the session alone that began: no other may read it,
/// or have put it there.
fn place_in(member: Member) -> String {
    place_begun(member.account.0, member.session.0)
}

pub(super) fn place_begun(account: Uuid, session: Uuid) -> String {
    format!("{} begun in {}", place(account), session.simple())
}

fn totp(secret: Vec<u8>) -> Result<Totp> {
    let secret = Secret::new(secret.into());
    let totp = Builder::new().with_secret(secret).build();
    totp.map_err(|error| internal(&error))
}

/// The time step of a code that is right now, a step early or a step late.
fn step(totp: &Totp, code: &str, database: &Database) -> Option<i64> {
    let seconds = u64::try_from(database.now().0 / 1_000_000).ok()?;
    totp.check(code, seconds)
        .and_then(|step| i64::try_from(step).ok())
}

pub(super) fn wrong_code() -> Error {
    Error::invalid(
        "code",
        "This code is not right. Wait for the next one in your app, and check that your phone sets its time automatically.",
    )
}

fn recovery_hash(account: Uuid, code: &str) -> Vec<u8> {
    token::hash_of(&["recovery code", &account.simple().to_string(), code])
}

/// The same as [`is_on`], as a column beside the row of an account: how many there are, 0 or 1.
pub(super) const SECOND_FACTORS: &str = "(SELECT count(*) FROM second_factor \
     WHERE second_factor.account_id = account.id \
     AND second_factor.set_up_at IS NOT NULL) AS second_factors";

/// Whether signing in to the account takes a code.
pub(super) async fn is_on<C: ConnectionTrait>(on: &C, account: Uuid) -> Result<bool> {
    second_factor::Entity::find_by_id(account)
        .filter(second_factor::Column::SetUpAt.is_not_null())
        .count(on)
        .await
        .map(|rows| rows > 0)
        .map_err(to_domain)
}

/// Turns it off and tells the person. `false` where it was not on.
pub(super) async fn remove(
    write: &Write<'_>,
    database: &Database,
    account: &account::Model,
) -> Result<bool> {
    let deleted = second_factor::Entity::delete_many()
        .filter(second_factor::Column::AccountId.eq(account.id))
        .filter(second_factor::Column::SetUpAt.is_not_null())
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    if deleted.rows_affected == 0 {
        return Ok(false);
    }
    forget_recovery_codes(write, account.id).await?;
    begun_sign_in::end_all(write, account.id).await?;
    let letter = Letter::SecondFactorTurnedOff;
    post(write, database, &account.email, &letter).await?;
    Ok(true)
}

async fn forget_recovery_codes(write: &Write<'_>, account: Uuid) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account))
        .exec(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Makes recovery codes in place of those that there are.
async fn make_recovery_codes(write: &Write<'_>, account: Uuid) -> Result<Vec<String>> {
    forget_recovery_codes(write, account).await?;
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let code = token::digits::<RECOVERY_CODE_DIGITS>()?;
        let row = recovery_code::ActiveModel {
            code_hash: Set(recovery_hash(account, &code)),
            account_id: Set(account),
        };
        recovery_code::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        codes.push(code);
    }
    Ok(codes)
}

impl AccountStore {
    /// Uses a code up, if it is one. Of two who enter the same at once, one has.
    pub(super) async fn accepts(
        &self,
        write: &Write<'_>,
        account: (Uuid, &str),
        code: &SecondFactorCode,
    ) -> Result<bool> {
        let (id, email) = account;
        match code {
            SecondFactorCode::Time(digits) => {
                let row = second_factor::Entity::find_by_id(id)
                    .filter(second_factor::Column::SetUpAt.is_not_null())
                    .one(write.on())
                    .await
                    .map_err(to_domain)?;
                let Some(row) = row else { return Ok(false) };
                let totp = totp(self.key.open(&place(id), &row.secret)?)?;
                let Some(step) = step(&totp, digits, &self.database) else {
                    return Ok(false);
                };
                second_factor::Entity::update_many()
                    .col_expr(second_factor::Column::LastStep, Expr::value(step))
                    .filter(second_factor::Column::AccountId.eq(id))
                    .filter(second_factor::Column::LastStep.lt(step))
                    .exec(write.on())
                    .await
                    .map(|done| done.rows_affected > 0)
                    .map_err(to_domain)
            }
            SecondFactorCode::Recovery(digits) => {
                let used = recovery_code::Entity::delete_by_id(recovery_hash(id, digits))
                    .filter(recovery_code::Column::AccountId.eq(id))
                    .exec(write.on())
                    .await
                    .map_err(to_domain)?;
                if used.rows_affected == 0 {
                    return Ok(false);
                }
                post(write, &self.database, email, &Letter::RecoveryCodeUsed).await?;
                Ok(true)
            }
        }
    }

    /// Begins a change that somebody who is signed in opens with a code, which it uses up. Wrong ones are counted as
    /// where one signs in: after five they wait, longer and longer.
    pub(crate) async fn begin_with_code<'a>(
        &'a self,
        actor: Actor,
        member: Member,
        code: &SecondFactorCode,
    ) -> Result<Write<'a>> {
        let row = self.row(member).await?;
        // Of the account: whoever has several sessions has no more attempts.
        let counted = format!("present {}", row.id.simple());
        let attempt = Attempt::new()
            .by(Counted::Code, &counted)
            .begin(&self.database)
            .await?;
        let write = Write::begin(&self.database, actor).await?;
        if !self.accepts(&write, (row.id, &row.email), code).await? {
            return Err(wrong_code());
        }
        attempt.succeeded(&write, &self.database).await?;
        Ok(write)
    }

    /// Checks password and code of somebody who is signed in, and uses the code up.
    async fn check_both<'a>(
        &'a self,
        actor: Actor,
        member: Member,
        present: &Password,
        code: &SecondFactorCode,
    ) -> Result<(account::Model, Write<'a>)> {
        let (row, attempt) = self.check_present(member, present).await?;
        let write = Write::begin(&self.database, actor).await?;
        if !self.accepts(&write, (row.id, &row.email), code).await? {
            return Err(wrong_code());
        }
        attempt.succeeded(&write, &self.database).await?;
        Ok((row, write))
    }
}

#[async_trait]
impl SecondFactors for AccountStore {
    async fn second_factor(&self, actor: Actor) -> Result<SecondFactor> {
        let member = Self::person(actor, Action::SetUpSecondFactor)?;
        let row = second_factor::Entity::find_by_id(member.account.0)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        let oldest = self.database.now().0 - token::micros(SET_UP_BEGUN_FOR);
        match row {
            Some(second_factor::Model {
                set_up_at: Some(since),
                ..
            }) => {
                let left = recovery_code::Entity::find()
                    .filter(recovery_code::Column::AccountId.eq(member.account.0))
                    .count(self.database.readers())
                    .await
                    .map_err(to_domain)?;
                Ok(SecondFactor::On {
                    since: Timestamp(since),
                    recovery_codes: u32::try_from(left).unwrap_or(u32::MAX),
                })
            }
            Some(row) if row.begun_at > oldest => {
                let secret = self.key.unseal(&place_in(member), &row.secret);
                Ok(
                    secret.map_or(SecondFactor::Off, |secret| SecondFactor::Begun {
                        secret: Secret::new(secret.into()).to_base32(),
                    }),
                )
            }
            _ => Ok(SecondFactor::Off),
        }
    }

    async fn begin(&self, actor: Actor, present: &Password) -> Result<()> {
        let member = Self::person(actor, Action::SetUpSecondFactor)?;
        let (row, attempt) = self.check_present(member, present).await?;
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(|error| internal(&error))?;
        let write = Write::begin(&self.database, actor).await?;
        let key = self.key.current(write.on()).await?;
        let begun = second_factor::ActiveModel {
            account_id: Set(row.id),
            secret: Set(key.seal(&place_in(member), &secret)?),
            begun_at: Set(self.database.now().0),
            set_up_at: Set(None),
            last_step: Set(0),
            wrong_codes: Set(0),
        };
        let made = second_factor::Entity::insert(begun)
            .on_conflict(
                OnConflict::column(second_factor::Column::AccountId)
                    .update_columns([
                        second_factor::Column::Secret,
                        second_factor::Column::BegunAt,
                    ])
                    .action_and_where(
                        Expr::col((second_factor::Entity, second_factor::Column::SetUpAt))
                            .is_null(),
                    )
                    .to_owned(),
            )
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        if made == 0 {
            return Err(Error::Conflict);
        }
        attempt.succeeded(&write, &self.database).await?;
        write.commit().await
    }

    async fn set_up(&self, actor: Actor, code: &SecondFactorCode) -> Result<Vec<String>> {
        let member = Self::person(actor, Action::SetUpSecondFactor)?;
        let attempt = Attempt::new()
            .by(
                Counted::Device,
                &format!("set-up {}", member.session.0.simple()),
            )
            .begin(&self.database)
            .await?;
        let write = Write::begin(&self.database, actor).await?;
        let key = self.key.current(write.on()).await?;
        let oldest = self.database.now().0 - token::micros(SET_UP_BEGUN_FOR);
        let row = second_factor::Entity::find_by_id(member.account.0)
            .filter(second_factor::Column::SetUpAt.is_null())
            .filter(second_factor::Column::BegunAt.gt(oldest))
            // The same secret may be about to be sealed anew.
            .lock_exclusive()
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let secret = self.key.unseal(&place_in(member), &row.secret);
        let secret = secret.ok_or(Error::NotFound)?;
        let kept = key.seal(&place(row.account_id), &secret)?;
        let totp = totp(secret)?;
        let step = match code {
            SecondFactorCode::Time(digits) => step(&totp, digits, &self.database),
            SecondFactorCode::Recovery(_) => None,
        };
        let Some(step) = step else {
            return Err(wrong_code());
        };
        let now = self.database.now().0;
        let moved = second_factor::Entity::update_many()
            .col_expr(second_factor::Column::SetUpAt, Expr::value(now))
            .col_expr(second_factor::Column::LastStep, Expr::value(step))
            .col_expr(second_factor::Column::Secret, Expr::value(kept))
            // What was begun anew meanwhile is another secret.
            .filter(second_factor::Column::Secret.eq(row.secret.clone()))
            .filter(second_factor::Column::AccountId.eq(row.account_id))
            .filter(second_factor::Column::SetUpAt.is_null())
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if moved.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        let codes = make_recovery_codes(&write, row.account_id).await?;
        // Whoever else is signed in was so by the password alone.
        let but = Some(member.session);
        session::end_all(&write, &self.database, row.account_id, but).await?;
        session::forget_devices(&write, row.account_id).await?;
        let email = self.row(member).await?.email;
        post(&write, &self.database, &email, &Letter::SecondFactorSetUp).await?;
        write
            .record(EventKind::SecondFactorSetUp, Some(row.account_id), None)
            .await?;
        attempt.succeeded(&write, &self.database).await?;
        write.commit().await?;
        Ok(codes)
    }

    async fn new_recovery_codes(
        &self,
        actor: Actor,
        present: &Password,
        code: &SecondFactorCode,
    ) -> Result<Vec<String>> {
        let member = Self::person(actor, Action::SetUpSecondFactor)?;
        let (row, write) = self.check_both(actor, member, present, code).await?;
        let codes = make_recovery_codes(&write, row.id).await?;
        let letter = Letter::RecoveryCodesReplaced;
        post(&write, &self.database, &row.email, &letter).await?;
        write
            .record(EventKind::RecoveryCodesReplaced, Some(row.id), None)
            .await?;
        write.commit().await?;
        Ok(codes)
    }

    async fn turn_off(
        &self,
        actor: Actor,
        present: &Password,
        code: &SecondFactorCode,
    ) -> Result<()> {
        let member = Self::person(actor, Action::SetUpSecondFactor)?;
        let (row, write) = self.check_both(actor, member, present, code).await?;
        if !remove(&write, &self.database, &row).await? {
            return Err(Error::NotFound);
        }
        write
            .record(EventKind::SecondFactorTurnedOff, Some(row.id), None)
            .await?;
        write.commit().await
    }
}
