//! Links in emails: each is used once and for a while, and only as long as the account still has the
//! address and the password with which the link was made.

use domain::{
    Error, Result,
    account::{LinkPurpose, Token},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::entity::{
    account,
    mail_link::{self, Column, Entity},
};
use crate::{
    Database,
    error::{internal, to_domain},
    token,
    write::Write,
};

/// The part of any link's content that says which address it is about, where it is not the
/// account's.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct About {
    pub(super) email: Option<String>,
}

/// What a link sets that sets nothing beforehand.
#[derive(Deserialize, Serialize)]
pub(super) struct Nothing {}

/// Whom a link is for.
#[derive(Clone, Copy)]
pub(super) enum For<'a> {
    /// An account as it is.
    Account(&'a account::Model),
    /// An address without an account, as it is compared.
    Address(&'a str),
}

/// Makes a link that sets `content`. An older one of the same purpose for the same account or address
/// ends.
pub(super) async fn make(
    write: &Write<'_>,
    database: &Database,
    purpose: LinkPurpose,
    whom: For<'_>,
    content: &impl Serialize,
) -> Result<Token> {
    let same = match whom {
        For::Account(account) => Column::AccountId.eq(account.id),
        For::Address(key) => Column::AddressKey.eq(key),
    };
    Entity::delete_many()
        .filter(same)
        .filter(Column::Purpose.eq(purpose.as_str()))
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    let (account_id, generation, address_key) = match whom {
        For::Account(account) => (Some(account.id), account.generation, None),
        For::Address(key) => (None, 0, Some(key.to_owned())),
    };
    let link = token::random()?;
    let row = mail_link::ActiveModel {
        token_hash: Set(token::hash(&link)),
        purpose: Set(purpose.as_str().to_owned()),
        account_id: Set(account_id),
        address_key: Set(address_key),
        generation: Set(generation),
        content: Set(serde_json::to_string(content).map_err(|error| internal(&error))?),
        expires_at: Set(database.now().0 + token::micros(purpose.lifetime())),
    };
    Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    Ok(link)
}

/// What a good link sets, and whose it is. Uses nothing up.
pub(super) async fn read<T: DeserializeOwned>(
    database: &Database,
    purpose: LinkPurpose,
    link: &Token,
) -> Result<(Option<Uuid>, T)> {
    let row = database
        .query_one(
            "SELECT mail_link.account_id, mail_link.content FROM mail_link \
             LEFT JOIN account ON account.id = mail_link.account_id \
             WHERE mail_link.token_hash = $1 AND mail_link.purpose = $2 \
             AND mail_link.expires_at > $3 \
             AND (mail_link.account_id IS NULL OR mail_link.generation = account.generation)",
            vec![
                token::hash(link).into(),
                purpose.as_str().into(),
                database.now().0.into(),
            ],
        )
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let content: String = row.try_get("", "content").map_err(to_domain)?;
    let content = serde_json::from_str(&content).map_err(|error| internal(&error))?;
    Ok((row.try_get("", "account_id").map_err(to_domain)?, content))
}

/// Uses the link of an address up, and ends all others of that address. Of two who do at once, the
/// second finds nothing.
pub(super) async fn consume_of_address(
    write: &Write<'_>,
    link: &Token,
    address_key: &str,
) -> Result<()> {
    let deleted = Entity::delete_by_id(token::hash(link))
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    if deleted.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Entity::delete_many()
        .filter(Column::AddressKey.eq(address_key))
        .exec(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Uses the link of an account up, and with it every other: the account is about to get another
/// address or password. A link from before the last such change is not found.
pub(super) async fn consume(write: &Write<'_>, database: &Database, link: &Token) -> Result<()> {
    let row = write
        .on()
        .query_one_raw(database.statement(
            "SELECT account_id, generation FROM mail_link WHERE token_hash = $1",
            vec![token::hash(link).into()],
        ))
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let account: Option<Uuid> = row.try_get("", "account_id").map_err(to_domain)?;
    let generation: i64 = row.try_get("", "generation").map_err(to_domain)?;
    let account = account.ok_or(Error::NotFound)?;
    if end_all(write, account, generation).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Ends all links of an account because its address or password changes. `false` where either has
/// changed since `generation` was read; then nothing may be changed on its strength.
pub(super) async fn end_all(write: &Write<'_>, account: Uuid, generation: i64) -> Result<bool> {
    let moved = account::Entity::update_many()
        .col_expr(
            account::Column::Generation,
            Expr::col(account::Column::Generation).add(1),
        )
        .filter(
            Condition::all()
                .add(account::Column::Id.eq(account))
                .add(account::Column::Generation.eq(generation)),
        )
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    if moved.rows_affected == 0 {
        return Ok(false);
    }
    Entity::delete_many()
        .filter(Column::AccountId.eq(account))
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    Ok(true)
}
