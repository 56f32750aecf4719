use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What new people write, until a leader has read it.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE first_post (
        id {uuid} NOT NULL PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        topic_id {uuid} REFERENCES topic (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        title TEXT,
        audience TEXT,
        in_reply_to BIGINT,
        answers_as TEXT,
        text TEXT NOT NULL,
        content_note TEXT,
        anonymous BOOLEAN NOT NULL,
        created_at BIGINT NOT NULL,
        declined_at BIGINT,
        reason TEXT
    )",
    "CREATE INDEX first_post_waiting ON first_post (condition_id, created_at, id)
        WHERE declined_at IS NULL",
    "CREATE INDEX first_post_account ON first_post (account_id)",
    "CREATE INDEX first_post_topic ON first_post (topic_id)",
    "CREATE INDEX first_post_declined ON first_post (declined_at)
        WHERE declined_at IS NOT NULL",
];

const DOWN: &[&str] = &["DROP TABLE first_post"];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000028_first_posts"
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
        run(DOWN, manager).await?;
        run(
            &["DELETE FROM notification WHERE kind IN ('waiting', 'approval')"],
            manager,
        )
        .await
    }
}
