//! What is encrypted at rest: whoever has the database alone cannot read it.

mod cipher;
mod cursor;
mod data_key;
pub mod entity;
mod master_key;
mod source;

pub(crate) use cursor::Cursors;
pub(crate) use data_key::DataKey;
pub use master_key::MasterKey;
pub(crate) use master_key::SiteKey;
pub use source::{KeySource, Stamp};

use domain::{Error, Result};
use sea_orm::{
    ConnectionTrait, EntityTrait, QuerySelect, Set,
    sea_query::{LockType, OnConflict},
};

use crate::{Database, error::to_domain, write::Write};

/// Where what is known is sealed.
const PLACE: &str = "key_check.sealed";

/// What says which key is the current one.
async fn row<C: ConnectionTrait>(on: &C, lock: Option<LockType>) -> Result<Option<entity::Model>> {
    let mut find = entity::Entity::find_by_id(1);
    if let Some(lock) = lock {
        find = find.lock(lock);
    }
    find.one(on).await.map_err(to_domain)
}

/// Whether the key under which this database has its secrets is among these. The first one that is asked
/// about is.
pub(crate) async fn is_key_of(database: &Database, key: &MasterKey) -> Result<bool> {
    keep(database.writer(), &key.first()).await?;
    let row = row(database.writer(), None)
        .await?
        .ok_or(Error::Unavailable)?;
    Ok(key.recognise(&row.sealed).is_some())
}

/// Looks whether another key has become the current one. To be called about once a second.
pub(crate) async fn notice(database: &Database, key: &MasterKey) -> Result<()> {
    let row = row(database.readers(), None).await?;
    if row.is_some_and(|row| key.recognise(&row.sealed).is_none()) {
        tracing::error!("this database has another key now, which this server has not been given");
    }
    Ok(())
}

/// Makes the key that of the database in place of the one that is.
pub(crate) async fn replace(write: &Write<'_>, key: &SiteKey) -> Result<()> {
    put(write.on(), key, true).await
}

/// Makes the key the current one in place of one that is known. `false` where it is already.
///
/// # Errors
///
/// [`Error::Conflict`] where the current one is not known.
pub(crate) async fn switch(write: &Write<'_>, master: &MasterKey, key: &SiteKey) -> Result<bool> {
    // Whoever has sealed under the current one and is not finished is waited for.
    let current = match row(write.on(), Some(LockType::Update)).await? {
        Some(row) => Some(master.recognise(&row.sealed).ok_or(Error::Conflict)?),
        None => None,
    };
    if current.is_some_and(|current| *current == *key) {
        return Ok(false);
    }
    put(write.on(), key, true).await?;
    Ok(true)
}

/// Makes the key that of the database, if it has none.
async fn keep<C: ConnectionTrait>(on: &C, key: &SiteKey) -> Result<()> {
    put(on, key, false).await
}

async fn put<C: ConnectionTrait>(on: &C, key: &SiteKey, replaces: bool) -> Result<()> {
    let check = entity::ActiveModel {
        id: Set(1),
        sealed: Set(key.seal(PLACE, b"RareShare")?),
    };
    let mut conflict = OnConflict::column(entity::Column::Id);
    if replaces {
        conflict.update_column(entity::Column::Sealed);
    } else {
        conflict.do_nothing();
    }
    entity::Entity::insert(check)
        .on_conflict(conflict)
        .exec_without_returning(on)
        .await
        .map(|_| ())
        .map_err(to_domain)
}
