use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// The patient registry: who takes part, under keys of their own. Nothing in it can be read without the key
/// of the site, and nothing joins an account and a participant but what is sealed.
pub(super) struct Migration;

// In the order of names that are random: the order in which rows were added would join an account, which
// is seen elsewhere, and a participant.
const UP: &[&str] = &[
    "CREATE TABLE registry_participant (
        pseudonym TEXT NOT NULL PRIMARY KEY,
        begun_on TEXT NOT NULL
    ){unordered}",
    "CREATE TABLE registry_key (
        pseudonym TEXT NOT NULL REFERENCES registry_participant (pseudonym),
        purpose TEXT NOT NULL CHECK (purpose IN ('record', 'consent')),
        wrapped {bytes} NOT NULL,
        PRIMARY KEY (pseudonym, purpose)
    ){unordered}",
    "CREATE TABLE registry_holder (
        name TEXT NOT NULL PRIMARY KEY,
        sealed {bytes} NOT NULL
    ){unordered}",
    "CREATE TABLE registry_identity (
        pseudonym TEXT NOT NULL PRIMARY KEY REFERENCES registry_participant (pseudonym),
        sealed {bytes} NOT NULL
    ){unordered}",
    "CREATE TABLE registry_screening (
        pseudonym TEXT NOT NULL PRIMARY KEY REFERENCES registry_participant (pseudonym),
        sealed {bytes} NOT NULL
    ){unordered}",
    "CREATE TABLE registry_document (
        whom TEXT NOT NULL,
        language TEXT NOT NULL,
        version BIGINT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (whom, language, version)
    )",
    "CREATE TABLE registry_event (
        number BIGINT NOT NULL PRIMARY KEY,
        pseudonym TEXT NOT NULL REFERENCES registry_participant (pseudonym),
        sealed {bytes} NOT NULL,
        hash {bytes} NOT NULL
    )",
    "CREATE INDEX registry_event_pseudonym ON registry_event (pseudonym, number)",
    "CREATE TABLE registry_event_head (
        id INTEGER PRIMARY KEY,
        number BIGINT NOT NULL,
        hash {bytes} NOT NULL
    )",
    "INSERT INTO registry_event_head (id, number, hash) VALUES (1, 0, {no_bytes})",
];

/// What was signed and allowed stays as it was, whatever our own code does.
const KEPT: [&str; 2] = ["registry_document", "registry_event"];

const DOWN: &[&str] = &[
    "DROP TABLE registry_event_head",
    "DROP TABLE registry_event",
    "DROP TABLE registry_document",
    "DROP TABLE registry_screening",
    "DROP TABLE registry_identity",
    "DROP TABLE registry_holder",
    "DROP TABLE registry_key",
    "DROP TABLE registry_participant",
];

fn triggers(backend: DatabaseBackend) -> Vec<String> {
    let mut statements = Vec::new();
    if backend == DatabaseBackend::Postgres {
        statements.push(
            "CREATE FUNCTION registry_is_kept() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'this stays as it is'; END $$"
                .to_owned(),
        );
    }
    for table in KEPT {
        if backend == DatabaseBackend::Postgres {
            statements.push(format!(
                "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION registry_is_kept()"
            ));
        }
        for act in ["UPDATE", "DELETE"] {
            let name = format!("{table}_no_{}", act.to_lowercase());
            statements.push(if backend == DatabaseBackend::Postgres {
                format!(
                    "CREATE TRIGGER {name} BEFORE {act} ON {table} \
                     FOR EACH ROW EXECUTE FUNCTION registry_is_kept()"
                )
            } else {
                format!(
                    "CREATE TRIGGER {name} BEFORE {act} ON {table} \
                     BEGIN SELECT RAISE(ABORT, 'this stays as it is'); END"
                )
            });
        }
    }
    statements
}

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261128_000036_registry"
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
        run(DOWN, manager).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            manager
                .get_connection()
                .execute_unprepared("DROP FUNCTION registry_is_kept")
                .await?;
        }
        Ok(())
    }
}
