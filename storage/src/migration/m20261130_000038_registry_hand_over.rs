use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Links by which participants take over, and which reminders were sent. Rows have names that only keys of
/// the participant make, and days in place of moments: beside what else was done then, a moment would join
/// an account and a participant.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE registry_hand_over (
        name TEXT NOT NULL PRIMARY KEY,
        token_hash {bytes} NOT NULL UNIQUE,
        sealed {bytes} NOT NULL,
        expires_on TEXT NOT NULL
    ){unordered}",
    "CREATE TABLE registry_reminder (
        name TEXT NOT NULL PRIMARY KEY
    ){unordered}",
];

const DOWN: &[&str] = &[
    "DROP TABLE registry_reminder",
    "DROP TABLE registry_hand_over",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261130_000038_registry_hand_over"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(DOWN, manager).await
    }
}
