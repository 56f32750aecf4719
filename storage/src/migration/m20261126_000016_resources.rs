use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What members of a community recommend to each other.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE resource (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        account_id {uuid} REFERENCES account (id) ON DELETE SET NULL,
        state TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        link TEXT NOT NULL,
        link_key TEXT NOT NULL,
        published TEXT,
        language TEXT NOT NULL,
        reason TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        decided_at BIGINT
    )",
    // What was declined or removed does not keep the link from being suggested again.
    "CREATE UNIQUE INDEX resource_link ON resource (condition_id, link_key)
        WHERE state IN ('waiting', 'approved')",
    "CREATE INDEX resource_condition ON resource (condition_id, state, decided_at, id)",
    "CREATE INDEX resource_kind ON resource (state, kind, decided_at, id)",
    "CREATE INDEX resource_account ON resource (account_id)",
];

const DOWN: &[&str] = &["DROP TABLE resource"];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000016_resources"
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
