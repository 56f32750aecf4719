use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::{changed::Shown, dialect::run};

/// Reactions to posts, content notes before them, and who has muted whom.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE post ADD COLUMN content_note TEXT",
    "ALTER TABLE post_version ADD COLUMN content_note TEXT",
    "CREATE TABLE reaction (
        post_id {uuid} NOT NULL REFERENCES post (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (post_id, kind, account_id)
    )",
    "CREATE INDEX reaction_account ON reaction (account_id)",
    // A mute is of a person by their name, or, with a topic, of who is without one there. What else there
    // will be to mute in a topic names no account.
    "CREATE TABLE mute (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        muted_account_id {uuid} REFERENCES account (id) ON DELETE CASCADE,
        topic_id {uuid} REFERENCES topic (id) ON DELETE CASCADE,
        created_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX mute_person ON mute (account_id, muted_account_id)
        WHERE topic_id IS NULL",
    "CREATE UNIQUE INDEX mute_unnamed ON mute (account_id, muted_account_id, topic_id)
        WHERE topic_id IS NOT NULL",
    "CREATE INDEX mute_author ON mute (account_id, muted_account_id, topic_id)",
    "CREATE INDEX mute_list ON mute (account_id, created_at, id)",
    "CREATE INDEX mute_muted ON mute (muted_account_id)",
    "CREATE INDEX mute_topic ON mute (topic_id)",
];

const DOWN: &[&str] = &[
    "DROP TABLE mute",
    "DROP TABLE reaction",
    "ALTER TABLE post_version DROP COLUMN content_note",
    "ALTER TABLE post DROP COLUMN content_note",
];

const REACTION: Shown = Shown {
    when: "EXISTS (SELECT 1 FROM post p JOIN topic t ON t.id = p.topic_id \
           WHERE p.id = {row}.post_id AND p.deleted_at IS NULL AND t.audience = 'everyone')",
    tags: &[
        "(SELECT 'topic:' || t.public_id FROM post p JOIN topic t ON t.id = p.topic_id \
             WHERE p.id = {row}.post_id)",
    ],
    ..Shown::whole("reaction")
};

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000026_reactions_and_mutes"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await?;
        REACTION.note(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        REACTION.forget(manager).await?;
        run(DOWN, manager).await
    }
}
