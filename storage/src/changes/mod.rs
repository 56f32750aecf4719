//! What has changed, and what was made of it: whether a page, a list or an index still holds.
//!
//! Triggers of the database write a row of `change` for every row of which visitors could be shown
//! something else ([`crate::migration`]). While something is made that is to be kept, [`recording`]
//! notes which tables its statements read ([`Reads`]). [`Changes::is_fresh`] compares the two.

mod memo;
mod reads;
mod tables;

use std::{
    collections::HashSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};

pub(crate) use memo::Memo;
pub use reads::{Reads, inherit, never_changes, recording, until};
pub(crate) use reads::{include, note_statement, of_condition, of_topic};
pub use tables::{HIDDEN, SHOWN};

use crate::{Database, DatabaseKind};

/// Tables have their own places, and what belongs to one condition or topic shares the rest: two that
/// meet in a place make each other old, no more.
const PLACES: usize = 1 << 15;
/// Changes are told to other processes for so long, in microseconds. Whoever has not looked for half of it
/// takes everything for changed.
const TOLD_FOR: i64 = 3_600_000_000;

/// Counts committed changes, and remembers when each table, condition and topic changed last.
#[derive(Debug)]
pub struct Changes {
    /// How many commits this process has seen that changed what visitors are shown.
    count: AtomicU64,
    /// The count at the last change of what is in a place.
    last: Box<[AtomicU64]>,
    /// How many commits of this process added to the event log.
    events: AtomicU64,
    /// When the next suspension ends, which shows visitors a person again.
    next_end: AtomicI64,
    others: Mutex<Others>,
    looked_at: AtomicI64,
}

/// How far this process has come with the changes of others.
#[derive(Debug, Default)]
struct Others {
    /// Every change before this one is known.
    from: i64,
    /// Known ones behind it.
    known: HashSet<i64>,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            count: AtomicU64::new(0),
            last: (0..PLACES).map(|_| AtomicU64::new(0)).collect(),
            events: AtomicU64::new(0),
            next_end: AtomicI64::new(i64::MAX),
            others: Mutex::default(),
            looked_at: AtomicI64::new(0),
        }
    }
}

impl Changes {
    /// How many changes there were of what visitors are shown. Moves with each.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Acquire)
    }

    /// The count at the last change of a table of which visitors are shown something.
    pub fn last(&self, table: &str) -> u64 {
        self.last[usize::from(tables::place(table))].load(Ordering::Acquire)
    }

    /// Moves with every commit of this process that added to the event log.
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Acquire)
    }

    /// Whether nothing has changed of what was read, and no time has come since.
    pub fn is_fresh(&self, reads: &Reads, now: Timestamp) -> bool {
        if reads.until.is_some_and(|until| until <= now) {
            return false;
        }
        self.end_suspensions(now);
        reads.began == self.count()
            || reads
                .places
                .iter()
                .all(|place| self.last[usize::from(*place)].load(Ordering::Acquire) <= reads.began)
    }

    /// A suspension will end at this moment.
    pub(crate) fn ends_at(&self, end: Timestamp) {
        self.next_end.fetch_min(end.0, Ordering::AcqRel);
    }

    /// Where a suspension has ended, accounts are shown otherwise though no row has changed.
    fn end_suspensions(&self, now: Timestamp) {
        let end = self.next_end.load(Ordering::Acquire);
        if end <= now.0 {
            self.note(&["account".to_owned()]);
            // The end after it is looked up with the changes of others.
            let _ =
                self.next_end
                    .compare_exchange(end, i64::MAX, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    /// Tells the caches of this process what a commit has changed, after it.
    fn note(&self, tags: &[String]) {
        if tags.is_empty() {
            return;
        }
        let now = self.count.fetch_add(1, Ordering::AcqRel) + 1;
        for tag in tags {
            self.last[usize::from(tables::place(tag))].fetch_max(now, Ordering::AcqRel);
        }
    }

    /// Takes everything for changed.
    fn note_all(&self) {
        let now = self.count.fetch_add(1, Ordering::AcqRel) + 1;
        for place in &self.last {
            place.fetch_max(now, Ordering::AcqRel);
        }
    }

    /// What a change of this process has changed that is about to be committed. The second is what
    /// [`Changes::committed`] is told afterwards.
    pub(crate) async fn of<C: ConnectionTrait>(
        database: &Database,
        on: &C,
    ) -> Result<(Option<i64>, Vec<String>), DbErr> {
        let sql = match database.kind() {
            DatabaseKind::Sqlite => {
                "SELECT batch, tag FROM change WHERE batch = (SELECT value FROM change_batch)"
            }
            DatabaseKind::Postgres => {
                "SELECT batch, tag FROM change \
                 WHERE batch = pg_current_xact_id_if_assigned()::text::bigint"
            }
        };
        let rows = on.query_all_raw(database.statement(sql, vec![])).await?;
        let mut batch = None;
        let mut tags = Vec::with_capacity(rows.len());
        for row in &rows {
            batch = Some(row.try_get("", "batch")?);
            tags.push(row.try_get("", "tag")?);
        }
        if batch.is_some() && database.kind() == DatabaseKind::Sqlite {
            // The next change begins its own batch. There is one writer.
            let sql = "UPDATE change_batch SET value = value + 1";
            on.execute_raw(database.statement(sql, vec![])).await?;
        }
        Ok((batch, tags))
    }

    /// A change of this process is committed, with events or without.
    pub(crate) fn committed(&self, (batch, tags): (Option<i64>, Vec<String>), events: bool) {
        if let Some(batch) = batch {
            let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
            if batch >= others.from {
                others.known.insert(batch);
            }
        }
        self.note(&tags);
        if events {
            self.events.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// Takes over what other processes have changed. To be called about once a second.
    pub(crate) async fn notice(&self, database: &Database) -> Result<(), DbErr> {
        let now = database.now().0;
        // Before the rows are read: what is finished at this moment is among them.
        let next = finished(database).await?;
        let before = self.looked_at.swap(now, Ordering::AcqRel);
        let from = self
            .others
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .from;
        if let Some(end) = next_end(database, now).await? {
            self.ends_at(end);
        }
        let everything = before == 0 || now - before > TOLD_FOR / 2;
        let from = if everything { next } else { from };
        let sql = "SELECT batch, tag FROM change WHERE batch >= $1";
        let rows = database.query(sql, vec![from.into()]).await?;
        let mut tags = Vec::new();
        {
            let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
            let mut new = HashSet::new();
            for row in &rows {
                let batch: i64 = row.try_get("", "batch")?;
                if !others.known.contains(&batch) {
                    new.insert(batch);
                    tags.push(row.try_get("", "tag")?);
                }
            }
            others.known.extend(new);
            others.from = others.from.max(next);
            others.known.retain(|batch| *batch >= next);
        }
        if everything {
            self.note_all();
        } else {
            self.note(&tags);
        }
        Ok(())
    }

    /// Forgets what every process has been told.
    pub(crate) async fn sweep<C: ConnectionTrait>(
        database: &Database,
        on: &C,
    ) -> Result<(), DbErr> {
        // By the clock of the database, as the triggers note it.
        let now = match database.kind() {
            DatabaseKind::Sqlite => "unixepoch() * 1000000",
            DatabaseKind::Postgres => "(extract(epoch from now()) * 1000000)::bigint",
        };
        let sql = format!("DELETE FROM change WHERE noted_at < {now} - $1");
        on.execute_raw(database.statement(&sql, vec![TOLD_FOR.into()]))
            .await
            .map(|_| ())
    }
}

/// When the next suspension ends.
async fn next_end(database: &Database, now: i64) -> Result<Option<Timestamp>, DbErr> {
    let sql = "SELECT min(suspended_until) AS next FROM account WHERE suspended_until > $1";
    match database.query_one(sql, vec![now.into()]).await? {
        Some(row) => Ok(row.try_get::<Option<i64>>("", "next")?.map(Timestamp)),
        None => Ok(None),
    }
}

/// Every change before this one has been committed or given up.
async fn finished(database: &Database) -> Result<i64, DbErr> {
    let sql = match database.kind() {
        DatabaseKind::Sqlite => "SELECT value AS next FROM change_batch",
        DatabaseKind::Postgres => {
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS next"
        }
    };
    match database.query_one(sql, vec![]).await? {
        Some(row) => row.try_get("", "next"),
        None => Ok(0),
    }
}
