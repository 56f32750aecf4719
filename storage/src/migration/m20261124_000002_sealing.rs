use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::dialect;

/// The seal of the event log.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE INDEX event_waiting ON event (time, id) WHERE sequence IS NULL",
    "CREATE TABLE event_head (
        id INTEGER PRIMARY KEY,
        sequence BIGINT NOT NULL,
        hash {bytes} NOT NULL
    )",
    "INSERT INTO event_head (id, sequence, hash) VALUES (1, 0, {no_bytes})",
];

const DOWN: &[&str] = &[
    "DROP TABLE event_head",
    "DROP INDEX event_waiting",
    "UPDATE event SET sequence = NULL, hash = NULL",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261124_000002_sealing"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        for sql in UP {
            connection
                .execute_unprepared(&dialect(sql, backend))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in DOWN {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
