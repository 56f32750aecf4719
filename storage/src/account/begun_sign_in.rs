//! Sign-ins that wait for a code: the password was right.

use domain::{
    Error, Result,
    account::{
        Actor, Client, SIGN_IN_BEGUN_FOR, SecondFactorCode, SignedIn, Token, throttle::Counted,
    },
    mail::Letter,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{
    AccountStore,
    entering::password_attempt,
    entity::{account, begun_sign_in},
    second_factor::wrong_code,
    session,
    throttle::Attempt,
};
use crate::{Database, error::to_domain, mail::post, token, write::Write};

/// After this many wrong codes the password has to be entered again, and the person is told.
const MOST_WRONG_CODES: i64 = 5;

/// Lets somebody who has entered the right password enter a code.
pub(super) async fn make(
    write: &Write<'_>,
    database: &Database,
    account: &account::Model,
) -> Result<Token> {
    let begun = token::random()?;
    let row = begun_sign_in::ActiveModel {
        token_hash: Set(token::hash(&begun)),
        account_id: Set(account.id),
        generation: Set(account.generation),
        wrong_codes: Set(0),
        expires_at: Set(database.now().0 + token::micros(SIGN_IN_BEGUN_FOR)),
    };
    begun_sign_in::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    Ok(begun)
}

/// Ends the sign-ins that wait for a code.
pub(super) async fn end_all(write: &Write<'_>, account: Uuid) -> Result<()> {
    begun_sign_in::Entity::delete_many()
        .filter(begun_sign_in::Column::AccountId.eq(account))
        .exec(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

impl AccountStore {
    pub(super) async fn finish_sign_in(
        &self,
        actor: Actor,
        client: &Client,
        begun: &Token,
        code: &SecondFactorCode,
    ) -> Result<SignedIn> {
        let hash = token::hash(begun);
        let row = self
            .database
            .query_one(
                "SELECT account.id, account.email, account.email_key FROM begun_sign_in \
                 JOIN account ON account.id = begun_sign_in.account_id \
                 AND account.generation = begun_sign_in.generation \
                 WHERE begun_sign_in.token_hash = $1 AND begun_sign_in.expires_at > $2",
                vec![hash.clone().into(), self.database.now().0.into()],
            )
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let email: String = row.try_get("", "email").map_err(to_domain)?;
        let key: String = row.try_get("", "email_key").map_err(to_domain)?;
        let known = session::is_known(&self.database, client.device.as_ref(), &key).await?;
        let attempt = match &client.device {
            Some(device) if known => {
                Attempt::new().by(Counted::Device, &format!("code {}", device.expose()))
            }
            _ => Attempt::new().by(Counted::Code, &id.simple().to_string()),
        };
        let attempt = attempt.begin(&self.database).await?;
        let write = Write::begin(&self.database, actor).await?;
        if !self.accepts(&write, (id, &email), code).await? {
            let ended = self.count_wrong_code(&write, &hash, (id, &email)).await?;
            write.commit().await?;
            return Err(if ended { Error::NotFound } else { wrong_code() });
        }
        let used = begun_sign_in::Entity::delete_by_id(hash)
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if used.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        let signed_in = session::open(&write, &self.database, (actor, client), id).await?;
        attempt.succeeded(&write, &self.database).await?;
        self.set_wrong_codes(&write, "0", id).await?;
        // The password was right, which only now is known to be worth something. What its network has
        // tried was taken back then.
        let password = password_attempt(client, known, &key).but_networks();
        password.succeeded(&write, &self.database).await?;
        write.commit().await?;
        Ok(signed_in)
    }

    /// Tells whether that was the last one that could be entered.
    async fn count_wrong_code(
        &self,
        write: &Write<'_>,
        hash: &[u8],
        (id, email): (Uuid, &str),
    ) -> Result<bool> {
        // Of the account: whoever has the password can begin to sign in as often as they like.
        let of_account = self.set_wrong_codes(write, "wrong_codes + 1", id).await?;
        if of_account > 0 && of_account % MOST_WRONG_CODES == 0 {
            post(write, &self.database, email, &Letter::CodesRefused).await?;
        }
        let row = write
            .on()
            .query_one_raw(self.database.statement(
                "UPDATE begun_sign_in SET wrong_codes = wrong_codes + 1 WHERE token_hash = $1 \
                 RETURNING wrong_codes",
                vec![hash.to_vec().into()],
            ))
            .await
            .map_err(to_domain)?;
        let Some(row) = row else { return Ok(true) };
        let wrong: i64 = row.try_get("", "wrong_codes").map_err(to_domain)?;
        if wrong < MOST_WRONG_CODES {
            return Ok(false);
        }
        begun_sign_in::Entity::delete_by_id(hash.to_vec())
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        Ok(true)
    }

    /// Sets how many wrong codes there were, and tells it; 0 where there is no second factor any more.
    async fn set_wrong_codes(&self, write: &Write<'_>, to: &str, id: Uuid) -> Result<i64> {
        let sql = format!(
            "UPDATE second_factor SET wrong_codes = {to} WHERE account_id = $1 RETURNING wrong_codes"
        );
        let row = write
            .on()
            .query_one_raw(self.database.statement(&sql, vec![id.into()]))
            .await
            .map_err(to_domain)?;
        row.map_or(Ok(0), |row| {
            row.try_get("", "wrong_codes").map_err(to_domain)
        })
    }
}
