use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What people have begun to write in communities.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE post_draft (
        id {uuid} NOT NULL PRIMARY KEY,
        version TEXT NOT NULL UNIQUE,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        condition_id {uuid} REFERENCES condition (id),
        topic_id {uuid} REFERENCES topic (id) ON DELETE CASCADE,
        kind TEXT,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        content_note TEXT,
        in_reply_to BIGINT,
        saved_at BIGINT NOT NULL,
        CHECK ((topic_id IS NULL) = (condition_id IS NOT NULL)),
        CHECK ((kind IS NULL) = (condition_id IS NULL))
    )",
    "CREATE INDEX post_draft_account ON post_draft (account_id, topic_id)",
    "CREATE INDEX post_draft_topic ON post_draft (topic_id)",
    "CREATE INDEX post_draft_condition ON post_draft (condition_id)",
];

const DOWN: &[&str] = &["DROP TABLE post_draft"];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000030_post_drafts"
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
