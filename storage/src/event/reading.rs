//! Who reads the sealed log: each reader has a name, and a row that says how far it has come.
//!
//! What a reader makes of events is written in the transaction that moves its row ([`take`]). A crash
//! leaves neither, so nothing is lost or done twice; and of several processes that read under one name
//! each waits for the other.

use domain::{Error, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity as event;
use crate::{Database, error::to_domain, write::Write};

/// Events that are read in one transaction: few, so that whoever changes the same rows meanwhile waits
/// a moment only.
pub(crate) const BATCH: u64 = 20;

/// Whether there are events that the reader has not read. Looking writes nothing.
pub(crate) async fn is_behind(database: &Database, name: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM reader r JOIN event_head h ON h.sequence > r.sequence \
         WHERE r.name = $1";
    let row = database.query_one(sql, vec![name.into()]).await;
    Ok(row.map_err(to_domain)?.is_some())
}

/// The next events, as soon as nobody else reads under this name; they count as read if `write` is
/// committed.
pub(crate) async fn take(
    write: &Write<'_>,
    database: &Database,
    name: &str,
) -> Result<Vec<event::Model>> {
    // Changes nothing, and locks the row before it is read.
    let sql = "UPDATE reader SET sequence = sequence WHERE name = $1 RETURNING sequence";
    let row = write
        .on()
        .query_one_raw(database.statement(sql, vec![name.into()]))
        .await
        .map_err(to_domain)?
        .ok_or(Error::NotFound)?;
    let read: i64 = row.try_get("", "sequence").map_err(to_domain)?;
    let events = event::Entity::find()
        .filter(event::Column::Sequence.gt(read))
        .order_by_asc(event::Column::Sequence)
        .limit(BATCH)
        .all(write.on())
        .await
        .map_err(to_domain)?;
    if let Some(last) = events.last().and_then(|event| event.sequence) {
        let sql = "UPDATE reader SET sequence = $1 WHERE name = $2";
        write
            .on()
            .execute_raw(database.statement(sql, vec![last.into(), name.into()]))
            .await
            .map_err(to_domain)?;
    }
    Ok(events)
}
