use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Who leads communities, what leaders do there, and requests for others.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE leadership (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        state TEXT NOT NULL,
        words TEXT NOT NULL,
        reason TEXT NOT NULL,
        appointed_by {uuid} REFERENCES account (id) ON DELETE SET NULL,
        invited_at BIGINT NOT NULL,
        since BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX leadership_open ON leadership (account_id, condition_id)
        WHERE state IN ('invited', 'leading')",
    "CREATE INDEX leadership_account ON leadership (account_id, since)",
    "CREATE INDEX leadership_condition ON leadership (condition_id, state, since, id)",
    "CREATE INDEX leadership_state ON leadership (state, since, id)",
    "CREATE INDEX leadership_appointed ON leadership (appointed_by)",
    "CREATE TABLE community_welcome (
        condition_id {uuid} PRIMARY KEY REFERENCES condition (id),
        text TEXT NOT NULL,
        html TEXT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    // As many places as there can be, so that two at once never become one too many.
    "CREATE TABLE pinned_topic (
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        place BIGINT NOT NULL,
        topic_id {uuid} NOT NULL UNIQUE REFERENCES topic (id) ON DELETE CASCADE,
        pinned_at BIGINT NOT NULL,
        PRIMARY KEY (condition_id, place)
    )",
    "CREATE TABLE community_request (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        why TEXT NOT NULL,
        links TEXT NOT NULL,
        leads BOOLEAN NOT NULL,
        state TEXT NOT NULL,
        words TEXT NOT NULL,
        condition_id {uuid} REFERENCES condition (id),
        made_at BIGINT NOT NULL,
        decided_at BIGINT
    )",
    "CREATE INDEX community_request_account ON community_request (account_id, made_at)",
    "CREATE INDEX community_request_state ON community_request (state, made_at, id)",
    "CREATE INDEX community_request_decided ON community_request (decided_at, id)
        WHERE decided_at IS NOT NULL",
    "CREATE INDEX community_request_condition ON community_request (condition_id)",
    // The newest of what visitors read in each community.
    "CREATE INDEX topic_public ON topic (condition_id, last_post_at)
        WHERE audience = 'everyone' AND (title <> '' OR posts > 1)",
    "CREATE INDEX resource_approved ON resource (condition_id, decided_at)
        WHERE state = 'approved'",
    "CREATE INDEX resource_waiting ON resource (created_at, id) WHERE state = 'waiting'",
];

const DOWN: &[&str] = &[
    "DROP INDEX resource_waiting",
    "DROP INDEX resource_approved",
    "DROP INDEX topic_public",
    "DROP TABLE community_request",
    "DROP TABLE pinned_topic",
    "DROP TABLE community_welcome",
    "DROP TABLE leadership",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000019_leaders"
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
