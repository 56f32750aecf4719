use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Naming a condition is being in its community, and what its members write to each other.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE account_condition RENAME TO membership",
    // From now on memberships move with their condition when that is merged into another one.
    "DELETE FROM membership WHERE EXISTS (
        SELECT 1 FROM condition c, membership other, condition d
        WHERE c.id = membership.condition_id AND other.account_id = membership.account_id
        AND d.id = other.condition_id
        AND (d.id = c.merged_into OR (d.merged_into = c.merged_into AND d.id < c.id))
    )",
    "UPDATE membership SET condition_id = (
        SELECT c.merged_into FROM condition c WHERE c.id = membership.condition_id
    ) WHERE EXISTS (
        SELECT 1 FROM condition c
        WHERE c.id = membership.condition_id AND c.merged_into IS NOT NULL
    )",
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
