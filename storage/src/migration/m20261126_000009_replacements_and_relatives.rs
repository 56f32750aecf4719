use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What sources say of identifiers that they have withdrawn is kept: the term in whose place one
/// leads may come with a later file. And the nearest relatives of a condition and the conditions of a
/// family are found and counted when the tree is read in, not for every page.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE replacement (
        curie TEXT PRIMARY KEY,
        replaced_by TEXT NOT NULL,
        source_id {uuid} NOT NULL REFERENCES source (id)
    )",
    "CREATE TABLE relative (
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        position INTEGER NOT NULL,
        relative_id {uuid} NOT NULL REFERENCES condition (id),
        PRIMARY KEY (condition_id, position)
    )",
    "ALTER TABLE condition ADD COLUMN members INTEGER NOT NULL DEFAULT 0",
];

const DOWN: &[&str] = &[
    "ALTER TABLE condition DROP COLUMN members",
    "DROP TABLE relative",
    "DROP TABLE replacement",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000009_replacements_and_relatives"
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
