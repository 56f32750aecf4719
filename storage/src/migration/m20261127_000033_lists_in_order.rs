use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Lists that are read in their order: of the members of a community, with the name where its index can
/// have it, and of what visitors see last anywhere.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE membership ADD COLUMN name_key {key} NOT NULL DEFAULT ''",
    "UPDATE membership SET name_key =
        (SELECT a.name_key FROM account a WHERE a.id = membership.account_id)",
    "CREATE INDEX membership_name ON membership (condition_id, name_key, account_id)",
    "CREATE INDEX topic_active ON topic (last_post_at)
        WHERE audience = 'everyone' AND (title <> '' OR posts > 1)",
    "CREATE INDEX resource_decided ON resource (decided_at) WHERE state = 'approved'",
];

const DOWN: &[&str] = &[
    "DROP INDEX resource_decided",
    "DROP INDEX topic_active",
    "DROP INDEX membership_name",
    "ALTER TABLE membership DROP COLUMN name_key",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000033_lists_in_order"
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
