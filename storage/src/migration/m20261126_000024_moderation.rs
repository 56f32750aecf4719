use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What moderators do with posts and topics, and appeals.
///
/// Whom it concerns is the author of the post: no row of what was done names an account but that of who
/// did it.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE topic ADD COLUMN lock_reason TEXT",
    "ALTER TABLE topic ADD COLUMN hidden_at BIGINT",
    "ALTER TABLE post ADD COLUMN hidden_at BIGINT",
    "ALTER TABLE post ADD COLUMN hidden_reason TEXT",
    "CREATE TABLE content_moderation (
        id {uuid} PRIMARY KEY,
        public_id {key} NOT NULL UNIQUE,
        topic_id {uuid} NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
        post_number BIGINT NOT NULL,
        kind TEXT NOT NULL,
        from_condition_id {uuid} REFERENCES condition (id),
        to_condition_id {uuid} REFERENCES condition (id),
        reason TEXT NOT NULL,
        actor_id {uuid},
        created_at BIGINT NOT NULL,
        lifted_at BIGINT
    )",
    "CREATE INDEX content_moderation_post
        ON content_moderation (topic_id, post_number, created_at, id)",
    // A text that nobody else reads is in no table that others are shown.
    "CREATE TABLE hidden_text (
        post_id {uuid} PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
        moderation_id {uuid} NOT NULL REFERENCES content_moderation (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        html TEXT NOT NULL,
        title TEXT NOT NULL,
        title_words TEXT NOT NULL
    )",
    "CREATE INDEX hidden_text_moderation ON hidden_text (moderation_id)",
    "ALTER TABLE moderation_action ADD COLUMN public_id {key} NOT NULL DEFAULT ''",
    "UPDATE moderation_action SET public_id = {random_id}",
    "CREATE UNIQUE INDEX moderation_action_public_id ON moderation_action (public_id)",
    "CREATE TABLE appeal (
        id {uuid} PRIMARY KEY,
        public_id {key} NOT NULL UNIQUE,
        content_moderation_id {uuid} UNIQUE
            REFERENCES content_moderation (id) ON DELETE CASCADE,
        moderation_action_id {uuid} UNIQUE
            REFERENCES moderation_action (id) ON DELETE CASCADE,
        words TEXT NOT NULL,
        state TEXT NOT NULL,
        made_at BIGINT NOT NULL,
        answer TEXT NOT NULL,
        decided_at BIGINT
    )",
    "CREATE INDEX appeal_waiting ON appeal (made_at, id) WHERE state = 'waiting'",
    "CREATE INDEX appeal_decided ON appeal (decided_at, id) WHERE decided_at IS NOT NULL",
    "ALTER TABLE notification ADD COLUMN decision {key}",
    "CREATE UNIQUE INDEX notification_decision ON notification (account_id, decision, kind)
        WHERE decision IS NOT NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX notification_decision",
    "DELETE FROM notification WHERE decision IS NOT NULL",
    "ALTER TABLE notification DROP COLUMN decision",
    "DROP TABLE appeal",
    "DROP INDEX moderation_action_public_id",
    "ALTER TABLE moderation_action DROP COLUMN public_id",
    // What is hidden was never deleted.
    "UPDATE post SET
        text = coalesce((SELECT h.text FROM hidden_text h WHERE h.post_id = post.id), text),
        html = coalesce((SELECT h.html FROM hidden_text h WHERE h.post_id = post.id), html)
     WHERE hidden_at IS NOT NULL AND deleted_at IS NULL",
    "UPDATE topic SET
        title = coalesce((SELECT h.title FROM hidden_text h JOIN post p ON p.id = h.post_id
            WHERE p.topic_id = topic.id AND p.number = 1), title),
        title_words = coalesce((SELECT h.title_words FROM hidden_text h
            JOIN post p ON p.id = h.post_id
            WHERE p.topic_id = topic.id AND p.number = 1), title_words)
     WHERE hidden_at IS NOT NULL",
    "DROP TABLE hidden_text",
    "DROP TABLE content_moderation",
    "ALTER TABLE post DROP COLUMN hidden_reason",
    "ALTER TABLE post DROP COLUMN hidden_at",
    "ALTER TABLE topic DROP COLUMN hidden_at",
    "ALTER TABLE topic DROP COLUMN lock_reason",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000024_moderation"
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
