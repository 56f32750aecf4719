use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Content notes that moderators and leaders put before posts, and who has been slowed in lists of members.
pub(super) struct Migration;

const UP: &[&str] = &[
    // Apart from the author's own note, which stays as it is, with its versions.
    "ALTER TABLE post ADD COLUMN set_note TEXT",
    // Not whom they read: the list of that would be the list that nobody may make.
    "CREATE TABLE member_list_walk (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        day BIGINT NOT NULL,
        refused BIGINT NOT NULL,
        noted BOOLEAN NOT NULL,
        PRIMARY KEY (account_id, day)
    )",
    "CREATE INDEX member_list_walk_day ON member_list_walk (day)",
];

const DOWN: &[&str] = &[
    "DROP TABLE member_list_walk",
    "ALTER TABLE post DROP COLUMN set_note",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000032_notes_and_walks"
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
