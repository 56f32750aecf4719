//! Sealing the event log: numbers and a chain of hashes.
//!
//! Writers leave an event's sequence empty, because numbers that are given out before the commit
//! become visible out of order. The sequencer numbers what is committed, without gaps, and gives
//! each row the SHA-256 of these bytes, one after the other:
//!
//! 1. `rareshare event 1` and a zero byte,
//! 2. the hash of the row before; nothing for the first,
//! 3. `sequence` and `time`, 8 bytes each, big endian,
//! 4. `id`, `actor_id`, `subject_id`, `community_id`: for each a byte 1 and its 16 bytes, or a byte
//!    0 where it is empty,
//! 5. `actor` and `kind`: for each its length as 8 bytes, big endian, and its UTF-8.
//!
//! Who changes a row has to change every hash after it and the head, and no copy of any of them may
//! exist elsewhere. An operator keeps one: see `rareshare audit verify --expect`.

use std::sync::Arc;

use domain::{
    Result,
    event::{BrokenSeal, SealFault, Verified},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};

use super::{entity, head};
use crate::{
    Database, DatabaseKind,
    error::{internal, to_domain},
    write::Write,
};

/// Rows sealed in one transaction.
const BATCH: u64 = 500;
/// Rows checked at a time.
const CHECKED: u64 = 1_000;
/// Rows of one statement.
const ROWS: usize = 400;

/// Seals and checks the event log.
#[derive(Debug)]
pub struct EventStore {
    database: Arc<Database>,
}

impl EventStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self { database }
    }

    /// Numbers and chains what has been committed. Tells how many events that were. Of several
    /// processes one does it at a time.
    pub async fn seal(&self) -> Result<u64> {
        let mut sealed = 0;
        // Nearly always there is nothing, and looking writes nothing.
        while self.is_waiting().await? {
            let batch = self.seal_batch().await?;
            sealed += batch;
            if batch < BATCH {
                break;
            }
        }
        Ok(sealed)
    }

    async fn is_waiting(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM event WHERE sequence IS NULL LIMIT 1";
        let row = self.database.query_one(sql, vec![]).await;
        Ok(row.map_err(to_domain)?.is_some())
    }

    async fn seal_batch(&self) -> Result<u64> {
        let write = Write::begin(&self.database, domain::account::Actor::Operator).await?;
        if self.database.kind() == DatabaseKind::Postgres {
            // Any number will do that nothing else in this database locks. Before the rows are
            // read, so that no two sequencers see the same.
            write
                .on()
                .execute_unprepared("SELECT pg_advisory_xact_lock(7238242)")
                .await
                .map_err(to_domain)?;
        }
        let head = self.head(write.on()).await?;
        let waiting = entity::Entity::find()
            .filter(entity::Column::Sequence.is_null())
            .order_by_asc(entity::Column::Time)
            .order_by_asc(entity::Column::Id)
            .limit(BATCH)
            .all(write.on())
            .await
            .map_err(to_domain)?;
        let count = waiting.len() as u64;
        let (mut sequence, mut hash) = (head.sequence, head.hash);
        for event in waiting {
            sequence += 1;
            hash = digest(&hash, sequence, &event);
            let sql = "UPDATE event SET sequence = $1, hash = $2 WHERE id = $3";
            let values = vec![sequence.into(), hash.clone().into(), event.id.into()];
            write
                .on()
                .execute_raw(self.database.statement(sql, values))
                .await
                .map_err(to_domain)?;
        }
        let sql = "UPDATE event_head SET sequence = $1, hash = $2 WHERE id = 1";
        write
            .on()
            .execute_raw(
                self.database
                    .statement(sql, vec![sequence.into(), hash.into()]),
            )
            .await
            .map_err(to_domain)?;
        write.commit().await?;
        Ok(count)
    }

    async fn head<C: ConnectionTrait>(&self, on: &C) -> Result<head::Model> {
        head::Entity::find_by_id(1)
            .one(on)
            .await
            .map_err(to_domain)?
            .ok_or_else(|| internal(&"the head of the event log is missing"))
    }

    /// Walks along the sealed log and names the first row that does not hold, and the one with an
    /// expected hash.
    pub async fn verify(&self, expected_hash: Option<&[u8]>) -> Result<Verified> {
        let readers = self.database.readers();
        // Read first: what is sealed from now on comes behind it.
        let head = self.head(readers).await?;
        let mut expected = 1;
        let mut hash = Vec::new();
        let mut broken = None;
        let mut found = None;
        while broken.is_none() && expected <= head.sequence {
            let rows = entity::Entity::find()
                .filter(entity::Column::Sequence.gte(expected))
                .filter(entity::Column::Sequence.lte(head.sequence))
                .order_by_asc(entity::Column::Sequence)
                .limit(CHECKED)
                .all(readers)
                .await
                .map_err(to_domain)?;
            if rows.is_empty() {
                broken = Some(missing(expected));
            }
            for row in rows {
                if row.sequence != Some(expected) {
                    broken = Some(missing(expected));
                    break;
                }
                hash = digest(&hash, expected, &row);
                if row.hash.as_deref() != Some(hash.as_slice()) {
                    broken = Some(changed(expected, &row));
                    break;
                }
                if expected_hash == Some(hash.as_slice()) {
                    found = Some(expected);
                }
                expected += 1;
            }
        }
        if broken.is_none() && hash != head.hash {
            // Every row holds in itself, so the last ones were sealed anew behind the head's back.
            broken = Some(BrokenSeal {
                sequence: head.sequence,
                id: None,
                fault: SealFault::Changed,
            });
        }
        if broken.is_none() {
            // A number beyond the head was not given by the sequencer.
            let beyond = entity::Entity::find()
                .filter(entity::Column::Sequence.gt(self.head(readers).await?.sequence))
                .order_by_asc(entity::Column::Sequence)
                .one(readers)
                .await
                .map_err(to_domain)?;
            // Unless it was given since.
            let now = self.head(readers).await?.sequence;
            broken = beyond
                .filter(|row| row.sequence > Some(now))
                .map(|row| changed(row.sequence.unwrap_or_default(), &row));
        }
        let waiting = entity::Entity::find()
            .filter(entity::Column::Sequence.is_null())
            .count(readers)
            .await
            .map_err(to_domain)?;
        Ok(Verified {
            sealed: u64::try_from(head.sequence).unwrap_or_default(),
            waiting,
            hash: head.hash,
            expected: found,
            broken,
        })
    }
}

/// Adds events that are numbered and chained at once: for a database that nobody else uses yet, where all
/// events so far are sealed.
pub(crate) async fn record_sealed(
    write: &Write<'_>,
    database: &Database,
    events: Vec<entity::Model>,
) -> Result<()> {
    let head = head::Entity::find_by_id(1).one(write.on()).await;
    let head = head
        .map_err(to_domain)?
        .ok_or_else(|| internal(&"the head of the event log is missing"))?;
    let (mut sequence, mut hash) = (head.sequence, head.hash);
    let mut rows = Vec::with_capacity(ROWS);
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        sequence += 1;
        hash = digest(&hash, sequence, &event);
        rows.push(
            entity::Model {
                sequence: Some(sequence),
                hash: Some(hash.clone()),
                ..event
            }
            .into_active_model(),
        );
        if rows.len() == ROWS || events.peek().is_none() {
            entity::Entity::insert_many(std::mem::take(&mut rows))
                .exec_without_returning(write.on())
                .await
                .map_err(to_domain)?;
        }
    }
    let sql = "UPDATE event_head SET sequence = $1, hash = $2 WHERE id = 1";
    let values = vec![sequence.into(), hash.into()];
    let moved = write.on().execute_raw(database.statement(sql, values));
    moved.await.map(|_| ()).map_err(to_domain)
}

fn missing(sequence: i64) -> BrokenSeal {
    BrokenSeal {
        sequence,
        id: None,
        fault: SealFault::Missing,
    }
}

fn changed(sequence: i64, row: &entity::Model) -> BrokenSeal {
    BrokenSeal {
        sequence,
        id: Some(row.id),
        fault: SealFault::Changed,
    }
}

fn digest(before: &[u8], sequence: i64, event: &entity::Model) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"rareshare event 1\0");
    hash.update(before);
    hash.update(sequence.to_be_bytes());
    hash.update(event.time.to_be_bytes());
    for id in [
        Some(event.id),
        event.actor_id,
        event.subject_id,
        event.community_id,
    ] {
        match id {
            Some(id) => {
                hash.update([1]);
                hash.update(id.as_bytes());
            }
            None => hash.update([0]),
        }
    }
    for text in [&event.actor, &event.kind] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().to_vec()
}
