use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Notifications about pages of conditions besides those about posts, what of conditions people follow,
/// and email about all of it.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE notification_next (
        id {serial},
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        topic_id {uuid} REFERENCES topic (id) ON DELETE CASCADE,
        post_number BIGINT,
        condition_id {uuid} REFERENCES condition (id),
        day BIGINT,
        kind TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        read_at BIGINT,
        mail_at BIGINT,
        mailed_at BIGINT,
        UNIQUE (account_id, topic_id, post_number),
        UNIQUE (account_id, condition_id, day)
    )",
    // Nobody gets a letter about what was told before there were letters.
    "INSERT INTO notification_next
        (account_id, topic_id, post_number, kind, created_at, read_at)
     SELECT account_id, topic_id, post_number, kind, created_at, read_at FROM notification
     ORDER BY created_at, topic_id, post_number",
    "DROP TABLE notification",
    "ALTER TABLE notification_next RENAME TO notification",
    "CREATE INDEX notification_time ON notification (account_id, created_at, id)",
    "CREATE INDEX notification_unread ON notification (account_id, topic_id) WHERE read_at IS NULL",
    "CREATE INDEX notification_post ON notification (topic_id, post_number)",
    "CREATE INDEX notification_condition ON notification (condition_id)
        WHERE condition_id IS NOT NULL",
    "CREATE INDEX notification_mail_due ON notification (mail_at, account_id)
        WHERE mail_at IS NOT NULL",
    "CREATE INDEX notification_read ON notification (read_at) WHERE read_at IS NOT NULL",
    "CREATE INDEX notification_created ON notification (created_at)",
    "CREATE TABLE condition_follow (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        kind TEXT NOT NULL,
        since BIGINT NOT NULL,
        PRIMARY KEY (account_id, condition_id, kind)
    )",
    "CREATE INDEX condition_follow_condition ON condition_follow (condition_id, kind)",
    "CREATE TABLE notification_mail (
        account_id {uuid} NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        replies TEXT NOT NULL,
        mentions TEXT NOT NULL,
        topics TEXT NOT NULL,
        communities TEXT NOT NULL,
        sent_at BIGINT NOT NULL
    )",
    "CREATE TABLE unsubscribe_link (
        token_hash {bytes} NOT NULL PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX unsubscribe_link_account ON unsubscribe_link (account_id)",
    "CREATE INDEX unsubscribe_link_created ON unsubscribe_link (created_at)",
];

const DOWN: &[&str] = &[
    "DROP TABLE unsubscribe_link",
    "DROP TABLE notification_mail",
    "DROP TABLE condition_follow",
    "CREATE TABLE notification_before (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        topic_id {uuid} NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
        post_number BIGINT NOT NULL,
        kind TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        read_at BIGINT,
        PRIMARY KEY (account_id, topic_id, post_number)
    )",
    "INSERT INTO notification_before
        (account_id, topic_id, post_number, kind, created_at, read_at)
     SELECT account_id, topic_id, post_number, kind, created_at, read_at FROM notification
     WHERE topic_id IS NOT NULL",
    "DROP TABLE notification",
    "ALTER TABLE notification_before RENAME TO notification",
    "CREATE INDEX notification_time ON notification (account_id, created_at)",
    "CREATE INDEX notification_unread ON notification (account_id, topic_id) WHERE read_at IS NULL",
    "CREATE INDEX notification_post ON notification (topic_id, post_number)",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000020_notification_mail"
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
