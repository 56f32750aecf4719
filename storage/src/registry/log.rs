//! The log of the registry: what was signed and decided. Every row has the hash of the one before it in
//! its own, so that nobody can take one out or change one unseen. It is written in the change itself.

use domain::{
    Result,
    event::{BrokenSeal, SealFault},
    registry::{
        Withdrawal, consent::Signature, permissions::PermissionAnswer, screening::Relationship,
    },
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::entity::{event, head};
use crate::{
    Database,
    encryption::DataKey,
    error::{internal, to_domain},
    write::Write,
};

/// Rows that are checked at a time.
const CHECKED: u64 = 1_000;

/// What has happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Happening {
    /// Something was signed.
    Signed {
        /// What.
        signature: Signature,
        /// What it says, in the words that stood beside it (21 CFR 11.50).
        said: String,
        /// What ties it to participant and text: see `signing`.
        bound: String,
    },
    /// Something was allowed, or not any more.
    Permission(PermissionAnswer),
    /// Somebody has left.
    Withdrawal(Withdrawal),
    /// The participant has taken over, with an account of their own. Nothing from before counts.
    HandedOver,
    /// The former guardian goes on for an adult, by this right. Nothing from before counts.
    Represented(Relationship),
    /// Staff have looked at who it is.
    Viewed {
        /// Why.
        reason: String,
        /// Whose account it was: for an audit, not for the participant.
        by: Uuid,
    },
}

/// A row, opened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) happening: Happening,
    pub(super) at: Timestamp,
}

fn place(pseudonym: &str, number: i64) -> String {
    format!("registry_event.sealed {pseudonym} {number}")
}

/// What a row of a participant says.
pub(super) fn opened(key: &DataKey, pseudonym: &str, number: i64, sealed: &[u8]) -> Result<Entry> {
    let text = key.open(&place(pseudonym, number), sealed)?;
    serde_json::from_slice(&text).map_err(|error| internal(&error))
}

/// Adds a row. Of two who do so at once one waits.
pub(super) async fn add(
    write: &Write<'_>,
    database: &Database,
    key: &DataKey,
    pseudonym: &str,
    entry: &Entry,
) -> Result<()> {
    let sql = format!(
        "SELECT number, hash FROM registry_event_head WHERE id = 1{}",
        database.kind().locked()
    );
    let row = write
        .on()
        .query_one_raw(database.statement(&sql, vec![]))
        .await
        .map_err(to_domain)?
        .ok_or_else(|| internal(&"the head of the registry's log is missing"))?;
    let before: Vec<u8> = row.try_get("", "hash").map_err(to_domain)?;
    let number = row.try_get::<i64>("", "number").map_err(to_domain)? + 1;
    let text = serde_json::to_vec(entry).map_err(|error| internal(&error))?;
    let sealed = key.seal(&place(pseudonym, number), &text)?;
    let hash = digest(&before, number, pseudonym, &sealed);
    let row = event::ActiveModel {
        number: Set(number),
        pseudonym: Set(pseudonym.to_owned()),
        sealed: Set(sealed),
        hash: Set(hash.clone()),
    };
    event::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    let sql = "UPDATE registry_event_head SET number = $1, hash = $2 WHERE id = 1";
    let values = vec![number.into(), hash.into()];
    let moved = write.on().execute_raw(database.statement(sql, values));
    moved.await.map(drop).map_err(to_domain)
}

/// Whether anything has happened with a participant.
pub(super) async fn has_any<C: ConnectionTrait>(on: &C, pseudonym: &str) -> Result<bool> {
    let row = event::Entity::find()
        .filter(event::Column::Pseudonym.eq(pseudonym))
        .one(on)
        .await;
    row.map(|row| row.is_some()).map_err(to_domain)
}

/// How many rows there are, and the first that does not hold. No key is needed.
pub(super) async fn verify(database: &Database) -> Result<(u64, Option<BrokenSeal>)> {
    let readers = database.readers();
    // Read first: what is added from now on comes behind it.
    let head = head::Entity::find_by_id(1)
        .one(readers)
        .await
        .map_err(to_domain)?
        .ok_or_else(|| internal(&"the head of the registry's log is missing"))?;
    let rows = u64::try_from(head.number).unwrap_or_default();
    let broken = |sequence, fault| {
        Ok((
            rows,
            Some(BrokenSeal {
                sequence,
                id: None,
                fault,
            }),
        ))
    };
    let mut expected = 1;
    let mut hash = Vec::new();
    while expected <= head.number {
        let rows = event::Entity::find()
            .filter(event::Column::Number.gte(expected))
            .order_by_asc(event::Column::Number)
            .limit(CHECKED)
            .all(readers)
            .await
            .map_err(to_domain)?;
        if rows.is_empty() {
            return broken(expected, SealFault::Missing);
        }
        for row in rows {
            if expected > head.number {
                break;
            }
            if row.number != expected {
                return broken(expected, SealFault::Missing);
            }
            hash = digest(&hash, expected, &row.pseudonym, &row.sealed);
            if row.hash != hash {
                return broken(expected, SealFault::Changed);
            }
            expected += 1;
        }
    }
    if hash != head.hash {
        // Every row holds in itself, so the last ones were written anew behind the head's back.
        return broken(head.number, SealFault::Changed);
    }
    Ok((rows, None))
}

fn digest(before: &[u8], number: i64, pseudonym: &str, sealed: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"rareshare registry event 1\0");
    hash.update(before);
    hash.update(number.to_be_bytes());
    hash.update((pseudonym.len() as u64).to_be_bytes());
    hash.update(pseudonym.as_bytes());
    hash.update((sealed.len() as u64).to_be_bytes());
    hash.update(sealed);
    hash.finalize().to_vec()
}
