use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Which topics people follow, what they are told of, and how far the log has been read for that.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE topic_follow (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        topic_id {uuid} NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
        since BIGINT NOT NULL,
        PRIMARY KEY (account_id, topic_id)
    )",
    "CREATE INDEX topic_follow_topic ON topic_follow (topic_id)",
    // Whoever has written somewhere follows it.
    "INSERT INTO topic_follow (account_id, topic_id, since)
     SELECT account_id, topic_id, min(created_at) FROM post
     WHERE account_id IS NOT NULL AND deleted_at IS NULL GROUP BY account_id, topic_id",
    "CREATE TABLE notification (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        topic_id {uuid} NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
        post_number BIGINT NOT NULL,
        kind TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        read_at BIGINT,
        PRIMARY KEY (account_id, topic_id, post_number)
    )",
    "CREATE INDEX notification_time ON notification (account_id, created_at)",
    "CREATE INDEX notification_unread ON notification (account_id, topic_id) WHERE read_at IS NULL",
    "CREATE INDEX notification_post ON notification (topic_id, post_number)",
    "CREATE TABLE reader (
        name TEXT NOT NULL PRIMARY KEY,
        sequence BIGINT NOT NULL
    )",
    // Of what was written before, nobody is told.
    "INSERT INTO reader (name, sequence) SELECT 'notifications', sequence FROM event_head",
];

const DOWN: &[&str] = &[
    "DROP TABLE reader",
    "DROP TABLE notification",
    "DROP TABLE topic_follow",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000015_notifications"
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
