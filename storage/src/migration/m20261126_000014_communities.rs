use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Naming a condition is being in its community, and what its members write to each other.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE account_condition RENAME TO membership",
    "CREATE TABLE topic (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        account_id {uuid} REFERENCES account (id) ON DELETE SET NULL,
        title TEXT NOT NULL,
        audience TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        last_post_at BIGINT NOT NULL,
        posts BIGINT NOT NULL
    )",
    "CREATE INDEX topic_condition ON topic (condition_id, last_post_at, id)",
    "CREATE INDEX topic_last_post ON topic (last_post_at, id)",
    "CREATE INDEX topic_account ON topic (account_id)",
    "CREATE TABLE post (
        id {uuid} PRIMARY KEY,
        topic_id {uuid} NOT NULL REFERENCES topic (id),
        account_id {uuid} REFERENCES account (id) ON DELETE SET NULL,
        number BIGINT NOT NULL,
        in_reply_to BIGINT,
        version BIGINT NOT NULL,
        text TEXT NOT NULL,
        html TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        edited_at BIGINT,
        deleted_at BIGINT,
        deleted_by_author BOOLEAN,
        deletion_reason TEXT,
        UNIQUE (topic_id, number)
    )",
    "CREATE INDEX post_account ON post (account_id)",
    "CREATE TABLE post_version (
        post_id {uuid} NOT NULL REFERENCES post (id) ON DELETE CASCADE,
        number BIGINT NOT NULL,
        text TEXT NOT NULL,
        html TEXT NOT NULL,
        saved_at BIGINT NOT NULL,
        PRIMARY KEY (post_id, number)
    )",
];

const DOWN: &[&str] = &[
    "DROP TABLE post_version",
    "DROP TABLE post",
    "DROP TABLE topic",
    "ALTER TABLE membership RENAME TO account_condition",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000014_communities"
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
