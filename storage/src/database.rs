//! Connections, and everything in which SQLite and PostgreSQL differ.

use std::{sync::Arc, time::Duration};

use domain::{
    account::hour_of,
    time::{Clock, Timestamp},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, QueryResult,
    Statement, Value, sqlx::sqlite::SqliteSynchronous,
};

use crate::changes::{Changes, note_statement};

/// Stands in statements for the beginning of the present hour.
const HOUR: &str = "$hour";

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// The embedded default: one file.
    Sqlite,
    /// For more than one machine.
    Postgres,
}

/// An open database: a pool of readers and, on SQLite, one writer beside it.
pub struct Database {
    kind: DatabaseKind,
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    clock: Arc<dyn Clock>,
    changes: Changes,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Database")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl Database {
    /// Connects; a missing SQLite file is made.
    pub async fn connect(url: &str, clock: Arc<dyn Clock>) -> Result<Self, DbErr> {
        let kind = if url.starts_with("sqlite:") {
            DatabaseKind::Sqlite
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            DatabaseKind::Postgres
        } else {
            return Err(DbErr::Custom(
                "a database URL begins with sqlite: or postgres:".to_owned(),
            ));
        };
        let (mut readers, writer) = match kind {
            DatabaseKind::Sqlite => {
                // The writer comes first: it makes the file and switches it to WAL.
                let writer = sea_orm::Database::connect(sqlite_options(url, 1, false)).await?;
                let readers = sea_orm::Database::connect(sqlite_options(url, 4, true)).await?;
                (readers, writer)
            }
            DatabaseKind::Postgres => {
                let pool = sea_orm::Database::connect(postgres_options(url)).await?;
                (pool.clone(), pool)
            }
        };
        // What is kept is kept with what its statements have read.
        readers.set_metric_callback(|statement| note_statement(&statement.statement.sql));
        Ok(Self {
            kind,
            readers,
            writer,
            clock,
            changes: Changes::default(),
        })
    }

    /// Which database it is.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// For statements that only read.
    pub fn readers(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// For [`crate::write`] and migrations alone.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The present moment by the clock that was passed in.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What has changed, for caches.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Reads rows by a statement whose parameters are written `$1`, `$2`, … on both databases.
    pub(crate) async fn query(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<QueryResult>, DbErr> {
        self.readers
            .query_all_raw(self.statement(sql, values))
            .await
    }

    /// Reads the first row.
    pub(crate) async fn query_one(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Option<QueryResult>, DbErr> {
        self.readers
            .query_one_raw(self.statement(sql, values))
            .await
    }

    /// A statement for this database. `$hour` in it is the beginning of the present hour.
    pub(crate) fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        let backend = match self.kind {
            DatabaseKind::Sqlite => DatabaseBackend::Sqlite,
            DatabaseKind::Postgres => DatabaseBackend::Postgres,
        };
        let sql = if sql.contains(HOUR) {
            sql.replace(HOUR, &hour_of(self.now()).0.to_string())
        } else {
            sql.to_owned()
        };
        Statement::from_sql_and_values(backend, sql, values)
    }

    /// What is damaged, as far as the database can tell.
    pub async fn check(&self) -> Result<Option<String>, DbErr> {
        if self.kind == DatabaseKind::Postgres {
            // PostgreSQL checks its pages itself, where checksums are on.
            return self.ping().await.map(|()| None);
        }
        let row = self.query_one("PRAGMA quick_check(1)", vec![]).await?;
        let finding: String = match row {
            Some(row) => row.try_get_by_index(0)?,
            None => return Ok(None),
        };
        Ok((finding != "ok").then_some(finding))
    }

    /// Ends all connections: what SQLite has beside its file goes into it.
    pub(crate) async fn close(&self) -> Result<(), DbErr> {
        self.readers.close_by_ref().await?;
        self.writer.close_by_ref().await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.query_one("SELECT 1", vec![]).await.map(|_| ())
    }
}

impl DatabaseKind {
    /// Ends a subselect that chooses a row to change: rows that another transaction holds are
    /// passed over. SQLite has one writer.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// Ends a subselect of rows to change: they are locked in its order. SQLite has one writer.
    pub(crate) fn locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// An SQL expression: the rows of a subselect as one JSON array of arrays, so that a page with
    /// all its lists is one row of one statement. `rest` begins behind `FROM`.
    pub(crate) fn json_rows(self, columns: &str, order: &str, rest: &str) -> String {
        match self {
            Self::Sqlite => format!(
                "(SELECT json_group_array(json_array({columns}) ORDER BY {order}) FROM {rest})"
            ),
            Self::Postgres => format!(
                "(SELECT coalesce(json_agg(json_build_array({columns}) ORDER BY {order}), '[]')::text FROM {rest})"
            ),
        }
    }
}

/// Connections that stay open. Where they have an end, what looks after it in `SQLx` 0.9.0 can misread how
/// many there are, and then takes a processor for itself until the process ends
/// (<https://github.com/transact-rs/sqlx/issues/3645>). Whether a connection to `PostgreSQL` still holds is
/// asked each time before it is used.
fn kept_open(url: String) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>);
    options
}

fn sqlite_options(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    // SeaORM opens `sqlite:` URLs as they are; `mode=rwc` makes the file where it is missing.
    let url = if url.contains('?') {
        url.to_owned()
    } else {
        format!("{url}?mode=rwc")
    };
    let mut options = kept_open(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("secure_delete", "ON")
                .pragma("temp_store", "MEMORY");
            if read_only {
                // Pages that a reader has at hand: enough for the hottest conditions and the upper
                // levels of the trees. The rest is in the system's cache, once for all readers.
                sqlite
                    .pragma("query_only", "ON")
                    .pragma("cache_size", "-768")
            } else {
                sqlite
            }
        });
    options
}

fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = kept_open(url.to_owned());
    options
        .max_connections(10)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        // As patient as SQLite's busy timeout; PostgreSQL would wait for ever.
        .map_sqlx_postgres_opts(|postgres| postgres.options([("lock_timeout", "5s")]));
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_looks_after_the_end_of_connections() {
        for options in [
            sqlite_options("sqlite:any.db", 4, true),
            sqlite_options("sqlite:any.db", 1, false),
            postgres_options("postgres://localhost/any"),
        ] {
            assert_eq!(options.get_idle_timeout(), Some(None));
            assert_eq!(options.get_max_lifetime(), Some(None));
        }
    }
}
