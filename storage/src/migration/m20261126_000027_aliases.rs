use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Names under which people write who do not show theirs.
pub(super) struct Migration;

const UP: &[&str] = &[
    // The one table that says who it is.
    "CREATE TABLE alias (
        topic_id {uuid} NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
        number BIGINT NOT NULL CHECK (number > 0),
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        PRIMARY KEY (topic_id, number),
        UNIQUE (topic_id, account_id)
    )",
    "CREATE INDEX alias_account ON alias (account_id)",
    "CREATE TABLE alias_lookup (
        id {uuid} NOT NULL PRIMARY KEY,
        topic_id {uuid} NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
        number BIGINT NOT NULL,
        account_id {uuid} REFERENCES account (id) ON DELETE SET NULL,
        reason TEXT NOT NULL,
        looked_up_at BIGINT NOT NULL
    )",
    "CREATE INDEX alias_lookup_alias ON alias_lookup (topic_id, number, looked_up_at)",
    "CREATE INDEX alias_lookup_account ON alias_lookup (account_id)",
    "ALTER TABLE topic ADD COLUMN alias BIGINT",
    "ALTER TABLE post ADD COLUMN alias BIGINT",
];

const DOWN: &[&str] = &[
    "ALTER TABLE post DROP COLUMN alias",
    "ALTER TABLE topic DROP COLUMN alias",
    "DROP TABLE alias_lookup",
    "DROP TABLE alias",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000027_aliases"
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
