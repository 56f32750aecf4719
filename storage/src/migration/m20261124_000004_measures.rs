use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::dialect;

/// What was done with accounts, and why.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE measure (
        id {uuid} PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        role TEXT,
        reason TEXT NOT NULL,
        actor_id {uuid},
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX measure_account ON measure (account_id, created_at)",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261124_000004_measures"
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
        let connection = manager.get_connection();
        connection
            .execute_unprepared("DROP TABLE measure")
            .await
            .map(|_| ())
    }
}
