use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What feeds read: the events of a community by their numbers, and when people last visited theirs.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE INDEX event_community ON event (community_id, sequence)",
    // Whose text was saved by an event.
    "CREATE INDEX revision_section_time ON revision (section_id, created_at, number)",
    // A community has the events of those that were merged into it.
    "CREATE INDEX condition_merged ON condition (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE TABLE feed_visit (
        account_id {uuid} NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        visited_at BIGINT NOT NULL,
        before_at BIGINT
    )",
];

const DOWN: &[&str] = &[
    "DROP TABLE feed_visit",
    "DROP INDEX condition_merged",
    "DROP INDEX revision_section_time",
    "DROP INDEX event_community",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000022_feed"
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
