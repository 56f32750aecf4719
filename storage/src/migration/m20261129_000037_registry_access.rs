use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// That staff of the registry have looked at who a participant is, and what researchers ask.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE registry_access (
        id TEXT NOT NULL PRIMARY KEY,
        pseudonym TEXT NOT NULL REFERENCES registry_participant (pseudonym),
        opened_on TEXT NOT NULL,
        sealed {bytes} NOT NULL,
        closed_at BIGINT
    ){unordered}",
    "CREATE INDEX registry_access_pseudonym ON registry_access (pseudonym, opened_on)",
    "CREATE TABLE registry_request (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        organisation TEXT NOT NULL,
        email TEXT NOT NULL,
        text TEXT NOT NULL,
        sent_at BIGINT NOT NULL,
        closed_at BIGINT
    )",
    "CREATE INDEX registry_access_opened_on ON registry_access (opened_on)",
];

const DOWN: &[&str] = &["DROP TABLE registry_request", "DROP TABLE registry_access"];

/// Anything but closing it, once.
const NO_CLOSING: &str = "OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL \
     OR NEW.id <> OLD.id OR NEW.pseudonym <> OLD.pseudonym \
     OR NEW.opened_on <> OLD.opened_on OR NEW.sealed <> OLD.sealed";

fn triggers(backend: DatabaseBackend) -> Vec<String> {
    let named = "CREATE TRIGGER registry_access_no";
    let on = "ON registry_access";
    if backend == DatabaseBackend::Postgres {
        let keeps = "EXECUTE FUNCTION registry_is_kept()";
        return vec![
            format!("{named}_truncate BEFORE TRUNCATE {on} FOR EACH STATEMENT {keeps}"),
            format!("{named}_delete BEFORE DELETE {on} FOR EACH ROW {keeps}"),
            format!("{named}_update BEFORE UPDATE {on} FOR EACH ROW WHEN ({NO_CLOSING}) {keeps}"),
        ];
    }
    let keeps = "BEGIN SELECT RAISE(ABORT, 'this stays as it is'); END";
    vec![
        format!("{named}_delete BEFORE DELETE {on} {keeps}"),
        format!("{named}_update BEFORE UPDATE {on} WHEN {NO_CLOSING} {keeps}"),
    ]
}

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261129_000037_registry_access"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await?;
        for sql in triggers(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(DOWN, manager).await
    }
}
