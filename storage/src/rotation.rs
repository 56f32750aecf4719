//! Another key of the site in place of the one that is, while the site runs.
//!
//! First the next key becomes the current one: from then on every change seals under it, in whichever
//! process. Then all that is under the former one is sealed anew, some rows at a time, each on the condition
//! that it still is what was read: what somebody changes or deletes meanwhile stays changed or deleted. A
//! pass after which nothing was left is the last. Interrupted anywhere, it can be begun again.

use std::{sync::Arc, time::Instant};

use domain::{Error, Result, account::Actor};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{
    DatabaseKind, MasterKey, Storage,
    account::resealed as resealed_second_factors,
    encryption::{self, SiteKey},
    error::to_domain,
    registry::{resealed_holders, resealed_keys, resealed_links, unknown_holders},
    write::Write,
};

/// Rows of one change.
pub(crate) const BATCH: u64 = 500;

/// Nobody enrols so fast that there is something left after as many passes.
const PASSES: usize = 100;

/// Rows that are under another key than the next, and how they are under that.
#[derive(Debug)]
pub(crate) struct Resealed<P> {
    /// What finds each row as it was read, and what it becomes.
    pub(crate) rows: Vec<Vec<Value>>,
    /// The last row that was looked at; `None` behind all of them.
    pub(crate) last: Option<P>,
    /// How many open under no key that is known.
    closed: u64,
}

impl<P> Default for Resealed<P> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            last: None,
            closed: 0,
        }
    }
}

impl<P> Resealed<P> {
    /// What was sealed at the first place as it is sealed at the second under the next key; `None` where it
    /// is so already, and where nothing opens it.
    pub(crate) fn seal(
        &mut self,
        (master, next): (&MasterKey, &SiteKey),
        (was, place): (&str, &str),
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>> {
        if next.unseal(was, sealed).is_some() {
            return Ok(None);
        }
        let Some(text) = master.unseal(was, sealed) else {
            self.closed += 1;
            return Ok(None);
        };
        next.seal(place, &text).map(Some)
    }
}

/// What is sealed under the key of the site.
#[derive(Clone, Copy, Debug)]
enum Table {
    SecondFactors,
    Keys,
    Holders,
    Links,
}

impl Table {
    /// Makes of rows that still are what was read what they become.
    fn update(self) -> &'static str {
        match self {
            Self::SecondFactors => {
                "UPDATE second_factor SET secret = v.column3 FROM (VALUES $rows) AS v \
                 WHERE second_factor.account_id = v.column1 AND second_factor.secret = v.column2"
            }
            Self::Keys => {
                "UPDATE registry_key SET wrapped = v.column4 FROM (VALUES $rows) AS v \
                 WHERE registry_key.pseudonym = v.column1 AND registry_key.purpose = v.column2 \
                 AND registry_key.wrapped = v.column3"
            }
            Self::Holders => {
                "UPDATE registry_holder SET name = v.column3, sealed = v.column4 \
                 FROM (VALUES $rows) AS v \
                 WHERE registry_holder.name = v.column1 AND registry_holder.sealed = v.column2"
            }
            Self::Links => {
                "UPDATE registry_hand_over SET sealed = v.column3 FROM (VALUES $rows) AS v \
                 WHERE registry_hand_over.name = v.column1 AND registry_hand_over.sealed = v.column2"
            }
        }
    }
}

/// How far one pass through all that is sealed has come.
#[derive(Debug)]
pub struct Pass(Option<Position>);

#[derive(Debug)]
enum Position {
    SecondFactors(Uuid),
    Keys((String, String)),
    Holders(Uuid),
    Links(String),
}

impl Default for Pass {
    fn default() -> Self {
        Self(Some(Position::SecondFactors(Uuid::nil())))
    }
}

/// Some rows that are still to be sealed anew.
#[derive(Debug)]
pub struct Batch {
    table: Table,
    rows: Vec<Vec<Value>>,
    closed: u64,
}

/// How many were sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SealedAnew {
    /// Secrets of second factors.
    pub second_factors: u64,
    /// Keys of participants of the registry.
    pub keys: u64,
    /// Rows of the registry that say whom an account looks after.
    pub holders: u64,
    /// Links by which a participant is handed over.
    pub links: u64,
    /// Values that open under no key that is known, and are as they were.
    pub closed: u64,
}

/// The change to another key.
#[derive(Debug)]
pub struct Rotation<'a> {
    storage: &'a Storage,
    next: Arc<SiteKey>,
}

impl Storage {
    /// Begins to replace the key of the site by the first of these, which is where it cannot be lost, and
    /// where every process that has this database finds it.
    pub fn rotation(&self, next: &MasterKey) -> Rotation<'_> {
        let next = next.first();
        self.key.add((*next).clone());
        Rotation {
            storage: self,
            next,
        }
    }
}

impl Rotation<'_> {
    /// Makes the next key the current one. Where it is, nothing happens.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] where the current one is not known here.
    pub async fn switch(&self) -> Result<()> {
        let write = Write::begin(&self.storage.database, Actor::Operator).await?;
        if encryption::switch(&write, &self.storage.key, &self.next).await? {
            write.commit().await?;
        }
        self.storage.key.make_current(&self.next);
        Ok(())
    }

    /// Seals anew whatever is under another key.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] where another rotation has begun meanwhile.
    pub async fn seal_anew(&self) -> Result<SealedAnew> {
        let mut sealed = SealedAnew::default();
        for _ in 0..PASSES {
            sealed.closed = 0;
            let mut left = false;
            let mut pass = Pass::default();
            while let Some(batch) = self.read(&mut pass).await? {
                sealed.closed += batch.closed;
                if batch.rows.is_empty() {
                    continue;
                }
                left = true;
                let begun = Instant::now();
                let count = self.write(&batch).await?;
                match batch.table {
                    Table::SecondFactors => sealed.second_factors += count,
                    Table::Keys => sealed.keys += count,
                    Table::Holders => sealed.holders += count,
                    Table::Links => sealed.links += count,
                }
                if self.storage.database.kind() == DatabaseKind::Sqlite {
                    // It has one writer: half of the time is for the others.
                    tokio::time::sleep(begun.elapsed()).await;
                }
            }
            if !left {
                // Nothing is to be done with the former key before that is sure.
                let writer = self.storage.database.writer();
                if *self.storage.key.current(writer).await? != *self.next {
                    return Err(Error::Conflict);
                }
                sealed.closed += unknown_holders(&self.storage.database, &self.next).await?;
                return Ok(sealed);
            }
        }
        Err(Error::Unavailable)
    }

    /// The next rows of a pass; `None` at its end.
    pub async fn read(&self, pass: &mut Pass) -> Result<Option<Batch>> {
        let Some(position) = pass.0.take() else {
            return Ok(None);
        };
        let (database, master) = (&self.storage.database, &self.storage.key);
        let next = &*self.next;
        let batch = match position {
            Position::SecondFactors(after) => {
                let found = resealed_second_factors(database, master, next, after).await?;
                let keys = Position::Keys((String::new(), String::new()));
                pass.0 = Some(found.last.map_or(keys, Position::SecondFactors));
                Batch {
                    table: Table::SecondFactors,
                    rows: found.rows,
                    closed: found.closed,
                }
            }
            Position::Keys(after) => {
                let found = resealed_keys(database, master, next, &after).await?;
                let holders = Position::Holders(Uuid::nil());
                pass.0 = Some(found.last.map_or(holders, Position::Keys));
                Batch {
                    table: Table::Keys,
                    rows: found.rows,
                    closed: found.closed,
                }
            }
            Position::Holders(after) => {
                let found = resealed_holders(database, master, next, after).await?;
                let links = Position::Links(String::new());
                pass.0 = Some(found.last.map_or(links, Position::Holders));
                Batch {
                    table: Table::Holders,
                    rows: found.rows,
                    closed: found.closed,
                }
            }
            Position::Links(after) => {
                let found = resealed_links(database, master, next, &after).await?;
                pass.0 = found.last.map(Position::Links);
                Batch {
                    table: Table::Links,
                    rows: found.rows,
                    closed: found.closed,
                }
            }
        };
        Ok(Some(batch))
    }

    /// Puts them in the place of what was read, and tells how many still were that.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] where another key is the current one.
    pub async fn write(&self, batch: &Batch) -> Result<u64> {
        if batch.rows.is_empty() {
            return Ok(0);
        }
        let database = &self.storage.database;
        let write = Write::begin(database, Actor::Operator).await?;
        if *self.storage.key.current(write.on()).await? != *self.next {
            return Err(Error::Conflict);
        }
        let sql = batch.table.update().replace("$rows", &placed(&batch.rows));
        let values = batch.rows.iter().flatten().cloned().collect();
        let done = write
            .on()
            .execute_raw(database.statement(&sql, values))
            .await
            .map_err(to_domain)?;
        write.commit().await?;
        Ok(done.rows_affected())
    }
}

/// `($1, $2), ($3, $4)`: the places of the values of rows in a statement.
fn placed(rows: &[Vec<Value>]) -> String {
    let mut number = 0;
    let rows: Vec<String> = rows
        .iter()
        .map(|row| {
            let places: Vec<String> = row
                .iter()
                .map(|_| {
                    number += 1;
                    format!("${number}")
                })
                .collect();
            format!("({})", places.join(", "))
        })
        .collect();
    rows.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let rows = vec![vec![1.into(), 2.into()], vec![3.into(), 4.into()]];
        assert_eq!(placed(&rows), "($1, $2), ($3, $4)");
        assert_eq!(placed(&[]), "");
    }
}
