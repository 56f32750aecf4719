//! Whose participants an account looks after. Only what is sealed says it.

use domain::Result;
use sea_orm::{ConnectionTrait, EntityTrait, Set, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::holder;
use crate::{
    Database, MasterKey,
    encryption::Cursors,
    error::{internal, to_domain},
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
fn name(master: &MasterKey, account: Uuid) -> String {
    Cursors::of(master).name_of(&format!("registry holder {}", account.simple()))
}

fn place(name: &str) -> String {
    format!("registry_holder.sealed {name}")
}

/// Lets nobody else change whom the account looks after before this change is made.
pub(super) async fn lock(write: &Write<'_>, database: &Database, account: Uuid) -> Result<()> {
    let sql = format!(
        "SELECT id FROM account WHERE id = $1{}",
        database.kind().locked()
    );
    let row = write
        .on()
        .query_one_raw(database.statement(&sql, vec![account.into()]))
        .await;
    row.map(drop).map_err(to_domain)
}

/// All of an account, the first enrolled first.
pub(super) async fn of<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    account: Uuid,
) -> Result<Vec<Held>> {
    let name = name(master, account);
    let row = holder::Entity::find_by_id(name.clone()).one(on).await;
    let Some(row) = row.map_err(to_domain)? else {
        return Ok(Vec::new());
    };
    let opened = master.open(&place(&name), &row.sealed)?;
    serde_json::from_slice(&opened).map_err(|error| internal(&error))
}

/// Puts these in the place of those of an account, in a change that has read them.
pub(super) async fn put<C: ConnectionTrait>(
    on: &C,
    master: &MasterKey,
    account: Uuid,
    held: &[Held],
) -> Result<()> {
    let mut text = serde_json::to_vec(held).map_err(|error| internal(&error))?;
    let name = name(master, account);
    text.resize(text.len().max(PADDED), b' ');
    let row = holder::ActiveModel {
        sealed: Set(master.seal(&place(&name), &text)?),
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

/// The account looks after nobody any more.
pub(super) async fn remove(write: &Write<'_>, master: &MasterKey, account: Uuid) -> Result<()> {
    let name = name(master, account);
    let removed = holder::Entity::delete_by_id(name).exec(write.on()).await;
    removed.map(drop).map_err(to_domain)
}

/// No account does.
pub(super) async fn remove_all(write: &Write<'_>) -> Result<()> {
    let removed = holder::Entity::delete_many().exec(write.on()).await;
    removed.map(drop).map_err(to_domain)
}
