use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Lists of members that are read in their order: the name is where the index of a community can have
/// it.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE membership ADD COLUMN name_key {key} NOT NULL DEFAULT ''",
    "UPDATE membership SET name_key =
        (SELECT a.name_key FROM account a WHERE a.id = membership.account_id)",
    "CREATE INDEX membership_name ON membership (condition_id, name_key, account_id)",
];

const DOWN: &[&str] = &[
    "DROP INDEX membership_name",
    "ALTER TABLE membership DROP COLUMN name_key",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000033_members_by_name"
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
