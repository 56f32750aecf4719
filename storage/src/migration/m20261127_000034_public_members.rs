use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Which members of a community visitors find in its list: most chose otherwise, and reading past them
/// costs what the community has members.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE membership ADD COLUMN public BOOLEAN NOT NULL DEFAULT FALSE",
    "UPDATE membership SET public = TRUE WHERE audience = 'everyone' AND EXISTS
        (SELECT 1 FROM profile p WHERE p.account_id = membership.account_id
            AND p.listed_audience = 'everyone' AND p.name_audience = 'everyone')",
    "CREATE INDEX membership_public ON membership (condition_id, name_key, account_id) WHERE public",
];

const DOWN: &[&str] = &[
    "DROP INDEX membership_public",
    "ALTER TABLE membership DROP COLUMN public",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000034_public_members"
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
