//! Whose participants an account looks after. Only what is sealed says it.

use std::collections::HashMap;

use domain::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::holder;
use crate::{
    Database, DatabaseKind, MasterKey,
    encryption::SiteKey,
    error::{internal, to_domain},
    rotation::{BATCH, Resealed},
    write::Write,
};

/// One participant of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// The random part of the addresses of their pages. It opens nothing by itself.
    pub(super) address: String,
    /// Who it is, in the other tables.
    pub(super) pseudonym: String,
}

/// Bytes that the list of an account has at least: its length says nothing of how many there are.
const PADDED: usize = 2_048;

/// The name of an account's row: nobody finds the account by it without the key of the site.
fn name(site: &SiteKey, account: Uuid) -> String {
    site.name_of(&format!("registry holder {}", account.simple()))
}

/// Its names under all keys that are known: while the key of the site is being replaced, it has one of them.
fn names(master: &MasterKey, account: Uuid) -> Vec<String> {
    let known = master.known();
    known.iter().map(|site| name(site, account)).collect()
}

fn place(name: &str) -> String {
    format!("registry_holder.sealed {name}")
}

/// Lets nobody else change whom the account looks after before this change is made. `false` where there is no
/// such account any more.
///
/// The lock is of the account's number and not of its row: PostgreSQL would write into the row which change had
/// it, and that change names a participant.
pub(super) async fn lock(write: &Write<'_>, database: &Database, account: Uuid) -> Result<bool> {
    if database.kind() == DatabaseKind::Postgres {
        let (first, _) = account.as_u64_pair();
        let number = i64::from_be_bytes(first.to_be_bytes());
        let lock = database.statement("SELECT pg_advisory_xact_lock($1)", vec![number.into()]);
        write.on().execute_raw(lock).await.map_err(to_domain)?;
    }
    let sql = "SELECT id FROM account WHERE id = $1";
    let row = write
        .on()
        .query_one_raw(database.statement(sql, vec![account.into()]))
        .await;
    row.map(|row| row.is_some()).map_err(to_domain)
}

/// All of an account, the first enrolled first.
pub(super) async fn of<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    account: Uuid,
) -> Result<Vec<Held>> {
    let tried = names(master, account);
    let mut row = find(on, &tried).await?;
    if row.is_none() {
        // It may have a name by now that this process could not make.
        master.catch_up(on).await?;
        let names = names(master, account);
        if names != tried {
            row = find(on, &names).await?;
        }
    }
    match row {
        Some(row) => opened(master, &row),
        None => Ok(Vec::new()),
    }
}

async fn find<C: ConnectionTrait>(on: &C, names: &[String]) -> Result<Option<holder::Model>> {
    holder::Entity::find()
        .filter(holder::Column::Name.is_in(names.iter().map(String::as_str)))
        .one(on)
        .await
        .map_err(to_domain)
}

fn opened(master: &MasterKey, row: &holder::Model) -> Result<Vec<Held>> {
    let opened = master.open(&place(&row.name), &row.sealed)?;
    serde_json::from_slice(&opened).map_err(|error| internal(&error))
}

/// Every account that looks after anybody, with whom. Reads the names of all accounts: for what is done once a
/// day, or by staff who have said why.
pub(super) async fn all(database: &Database, master: &MasterKey) -> Result<Vec<(Uuid, Vec<Held>)>> {
    let reader = database.readers();
    master.catch_up(reader).await?;
    let rows = holder::Entity::find()
        .all(reader)
        .await
        .map_err(to_domain)?;
    let rows: HashMap<&str, &holder::Model> =
        rows.iter().map(|row| (row.name.as_str(), row)).collect();
    let accounts = database.query("SELECT id FROM account", vec![]).await;
    let mut all = Vec::new();
    for account in accounts.map_err(to_domain)? {
        let account: Uuid = account.try_get("", "id").map_err(to_domain)?;
        let names = names(master, account);
        if let Some(row) = names.iter().find_map(|name| rows.get(name.as_str())) {
            match opened(master, row) {
                Ok(held) => all.push((account, held)),
                // One that is damaged keeps nobody else from what is done for all.
                Err(error) => {
                    tracing::error!(%error, "a row of the registry's holders does not open");
                }
            }
        }
    }
    Ok(all)
}

/// How many rows are under another key than this: those of accounts are sealed anew, and these are found by
/// none of the names that are known.
pub(crate) async fn unknown(database: &Database, site: &SiteKey) -> Result<u64> {
    let rows = holder::Entity::find().all(database.readers()).await;
    let rows = rows.map_err(to_domain)?;
    let unknown = rows
        .iter()
        .filter(|row| site.unseal(&place(&row.name), &row.sealed).is_none());
    Ok(unknown.count() as u64)
}

/// Puts these in the place of those of an account, in a change that has read them.
pub(super) async fn put<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    account: Uuid,
    held: &[Held],
) -> Result<()> {
    let mut text = serde_json::to_vec(held).map_err(|error| internal(&error))?;
    text.resize(text.len().max(PADDED), b' ');
    let site = master.current(on).await?;
    let name = name(&site, account);
    let mut former = names(master, account);
    former.retain(|other| *other != name);
    // First, or a rotation that is just giving the row its new name would wait for this, and this for it.
    if !former.is_empty() {
        delete(on, &former).await?;
    }
    let row = holder::ActiveModel {
        sealed: Set(site.seal(&place(&name), &text)?),
        name: Set(name),
    };
    let conflict = OnConflict::column(holder::Column::Name)
        .update_column(holder::Column::Sealed)
        .to_owned();
    holder::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

async fn delete<C: ConnectionTrait>(on: &C, names: &[String]) -> Result<()> {
    holder::Entity::delete_many()
        .filter(holder::Column::Name.is_in(names.iter().map(String::as_str)))
        .exec(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

/// The account looks after nobody any more.
pub(super) async fn remove(write: &Write<'_>, master: &MasterKey, account: Uuid) -> Result<()> {
    // No other key becomes the current one, and gives the row another name, before this is made.
    master.current(write.on()).await?;
    delete(write.on(), &names(master, account)).await
}

/// The rows of the accounts behind one of them, sealed anew under the names that they get.
pub(crate) async fn resealed(
    database: &Database,
    master: &MasterKey,
    next: &SiteKey,
    after: Uuid,
) -> Result<Resealed<Uuid>> {
    let sql = format!("SELECT id FROM account WHERE id > $1 ORDER BY id LIMIT {BATCH}");
    let accounts = database.query(&sql, vec![after.into()]).await;
    let mut former = master.known();
    former.retain(|site| **site != *next);
    let mut resealed = Resealed::default();
    let mut whose = HashMap::new();
    for account in accounts.map_err(to_domain)? {
        let account: Uuid = account.try_get("", "id").map_err(to_domain)?;
        for site in &former {
            whose.insert(name(site, account), account);
        }
        resealed.last = Some(account);
    }
    let rows = holder::Entity::find()
        .filter(holder::Column::Name.is_in(whose.keys().map(String::as_str)))
        .all(database.readers())
        .await
        .map_err(to_domain)?;
    for row in rows {
        let Some(account) = whose.get(&row.name) else {
            continue;
        };
        let renamed = name(next, *account);
        let places = (place(&row.name), place(&renamed));
        let places = (places.0.as_str(), places.1.as_str());
        if let Some(anew) = resealed.seal((master, next), places, &row.sealed)? {
            let row = vec![
                row.name.into(),
                row.sealed.into(),
                renamed.into(),
                anew.into(),
            ];
            resealed.rows.push(row);
        }
    }
    Ok(resealed)
}

/// No account does.
pub(super) async fn remove_all(write: &Write<'_>) -> Result<()> {
    let removed = holder::Entity::delete_many().exec(write.on()).await;
    removed.map(drop).map_err(to_domain)
}
