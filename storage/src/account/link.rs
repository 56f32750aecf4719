//! Links in mails: each is used once and for a while.

use domain::{
    Error, Result,
    account::{LinkPurpose, Token},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::entity::mail_link::{self, Column, Entity};
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

/// Makes a link that sets `content`. An older one of the same account and purpose ends.
pub(super) async fn make(
    write: &Write<'_>,
    database: &Database,
    purpose: LinkPurpose,
    account: Option<Uuid>,
    content: &impl Serialize,
) -> Result<Token> {
    if let Some(account) = account {
        Entity::delete_many()
            .filter(Column::AccountId.eq(account))
            .filter(Column::Purpose.eq(purpose.as_str()))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
    }
    let link = token::random()?;
    let row = mail_link::ActiveModel {
        token_hash: Set(token::hash(&link)),
        purpose: Set(purpose.as_str().to_owned()),
        account_id: Set(account),
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
    let row = Entity::find_by_id(token::hash(link))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::ExpiresAt.gt(database.now().0))
        .one(database.readers())
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let content = serde_json::from_str(&row.content).map_err(|error| internal(&error))?;
    Ok((row.account_id, content))
}

/// Uses a link up. Of two who do at once, the second finds nothing.
pub(super) async fn consume(write: &Write<'_>, link: &Token) -> Result<()> {
    let deleted = Entity::delete_by_id(token::hash(link))
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    if deleted.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}
