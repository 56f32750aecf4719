use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

/// What was done with accounts gets the name that moderators use for it.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE measure RENAME TO moderation_action",
    "DROP INDEX measure_account",
    "CREATE INDEX moderation_action_account ON moderation_action (account_id, created_at)",
];

const DOWN: &[&str] = &[
    "DROP INDEX moderation_action_account",
    "ALTER TABLE moderation_action RENAME TO measure",
    "CREATE INDEX measure_account ON measure (account_id, created_at)",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000008_moderation_actions"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in UP {
            manager.get_connection().execute_unprepared(sql).await?;
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
