use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Mutes of an alias.
pub(super) struct Migration;

const UP: &[&str] = &[
    // Such a mute names topic and alias, and no account.
    "ALTER TABLE mute ADD COLUMN alias BIGINT",
    "CREATE UNIQUE INDEX mute_alias ON mute (account_id, topic_id, alias)
        WHERE alias IS NOT NULL",
];

const DOWN: &[&str] = &[
    // Without their alias they would be of nobody.
    "DELETE FROM mute WHERE alias IS NOT NULL",
    "DROP INDEX mute_alias",
    "ALTER TABLE mute DROP COLUMN alias",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000029_muted_aliases"
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
